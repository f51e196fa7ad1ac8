import Domain
import Store

/// What the bills cover and what the ledger has, to explain why nothing was compared.
package struct BillReach: Equatable, Sendable {
  /// Accounts and days, of a bill or of the ledger.
  package struct Extent: Equatable, Sendable {
    /// In ascending order; without an account that is unknown.
    package var accounts: [String]
    package var from: Day
    /// Half-open.
    package var to: Day
  }

  /// The number of the bill's lines that were compared with the ledger.
  package var held: Int64
  /// Whether bills have split cost allocation, which is for tasks and is never compared.
  package var hasShares: Bool
  /// The usage of instances and tasks on bills; nil if there is no bill, or none with such usage.
  package var bill: Extent?
  /// Nil if the ledger is empty.
  package var ledger: Extent?

  /// - Parameters:
  ///   - from: the period in which `held` counts, `[from, to)`; the extents are of everything.
  package init(_ connection: Connection, from: Day, to: Day) throws {
    held =
      try connection.first(
        "SELECT SUM(held) FROM reconciliation WHERE day >= ? AND day < ?", Int64(from.number), Int64(to.number),
        of: Int64.self) ?? 0
    hasShares = try connection.integer("SELECT EXISTS (SELECT 1 FROM bill_task)") == 1
    bill = try Self.extent(
      connection, accounts: "SELECT DISTINCT account FROM bill_coverage ORDER BY account",
      days: "SELECT MIN(day), MAX(day) + 1 FROM bill_day")
    ledger = try Self.extent(
      connection, accounts: "SELECT DISTINCT account FROM account_region ORDER BY account",
      days: "SELECT MIN(day), MAX(day) + 1 FROM daily_cost")
  }

  private static func extent(_ connection: Connection, accounts: String, days: String) throws -> Extent? {
    guard let days = try connection.days(days) else { return nil }
    let found = try connection.column(accounts, of: String.self)
    return Extent(accounts: found.filter { !$0.isEmpty }, from: days.from, to: days.to)
  }
}

extension Connection {
  /// The days from a query's first column until before its second, of its first row; nil if it finds none.
  package func days(_ sql: String) throws -> (from: Day, to: Day)? {
    try first(sql) { (from: Int64?, to: Int64) in
      from.map { (from: Day(number: Int32($0)), to: Day(number: Int32(to))) }
    } ?? nil
  }
}
