import Domain
import Store

/// The currency of a bill. A database has bills in one currency, the currency of the places they cover.
package enum BillCurrency {
  /// - Parameter code: the code in the row; empty means dollars.
  /// - Throws: `BillFault` for a currency in which AWS bills no place.
  static func read(_ code: UnsafeRawBufferPointer) throws -> Currency {
    if code.isEmpty || code == "USD" { return .usd }
    if code == "CNY" { return .cny }
    throw BillFault(message: "is in \(code.string); batchcost reads bills in USD, and in CNY for China", isFatal: true)
  }

  /// The currency of the imported bills; nil if there are none.
  package static func of(_ connection: Connection) throws -> Currency? {
    try connection.first("SELECT currency FROM bill LIMIT 1", of: String.self).flatMap(Currency.init(rawValue:))
  }

  /// - Throws: `BillFault` if the other bills are in a different currency.
  static func check(_ currency: Currency, beside connection: Connection) throws {
    guard let known = try of(connection), known != currency else { return }
    throw BillFault(
      message:
        "is in \(currency.rawValue), but the imported bills are in \(known.rawValue): keep the two in databases "
        + "of their own, because amounts in two currencies are never added", isFatal: true)
  }

  /// Why a bill cannot be for what ran in its accounts: they are billed in another currency.
  static func contradiction(_ connection: Connection) throws -> String? {
    enum Field: Int32, SelectedColumn {
      case period, currency, account, region
      var sql: String {
        switch self {
        case .account: "c.\(name)"
        case .region: "MIN(a.\(name))"
        default: "b.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list) FROM bill b
      JOIN bill_coverage c ON c.bill = b.id JOIN account_region a ON a.account = c.account AND a.account <> ''
      GROUP BY b.id, c.account HAVING MAX((\(Currency.isCNY("a.region"))) = (b.currency = 'CNY')) = 0
      """)
    defer { rows.reset() }
    guard try rows.step() else { return nil }
    return
      "the bill of \(rows.text(Field.period)) is in \(rows.text(Field.currency)), and account \(rows.text(Field.account)) in \(rows.text(Field.region)) is not"
  }
}
