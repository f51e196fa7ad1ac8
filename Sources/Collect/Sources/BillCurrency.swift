import Domain
import Store

/// Which money a bill is in. A database holds bills in one currency, which is that of the places they are about.
package enum BillCurrency {
  /// - Parameter code: as the row has it; empty where it does not say, which is dollars.
  /// - Throws: `BillFault` for a currency in which AWS bills no place.
  static func read(_ code: UnsafeRawBufferPointer) throws -> Currency {
    if code.isEmpty || code == "USD" { return .usd }
    if code == "CNY" { return .cny }
    throw BillFault(message: "is in \(code.string); batchcost reads bills in USD, and in CNY for China", isFatal: true)
  }

  /// The currency of the bills that were imported; nil where there are none.
  package static func of(_ connection: Connection) throws -> Currency? {
    let rows = try connection.prepare("SELECT currency FROM bill LIMIT 1")
    defer { rows.reset() }
    return try rows.step() ? Currency(rawValue: rows.text(0)) : nil
  }

  /// - Throws: `BillFault` where the other bills are in another currency.
  static func check(_ currency: Currency, beside connection: Connection) throws {
    guard let known = try of(connection), known != currency else { return }
    throw BillFault(
      message:
        "is in \(currency.rawValue), and the bills that are here are in \(known.rawValue): keep the two in databases "
        + "of their own, as amounts in two currencies are never added", isFatal: true)
  }

  /// Why a bill cannot be about what ran in its accounts: these are billed in another currency.
  static func contradiction(_ connection: Connection) throws -> String? {
    let rows = try connection.prepare(
      """
      SELECT b.period, b.currency, c.account, MIN(a.region) FROM bill b
      JOIN bill_coverage c ON c.bill = b.id JOIN account_region a ON a.account = c.account AND a.account <> ''
      GROUP BY b.id, c.account HAVING MAX((\(Currency.isCNY("a.region"))) = (b.currency = 'CNY')) = 0
      """)
    defer { rows.reset() }
    guard try rows.step() else { return nil }
    return "the bill of \(rows.text(0)) is in \(rows.text(1)), and account \(rows.text(2)) in \(rows.text(3)) is not"
  }
}
