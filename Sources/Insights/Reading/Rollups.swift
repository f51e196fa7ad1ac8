import Domain
import Store

/// Data by day that does not depend on single jobs: the ledger's own rollup, and how far it goes.
struct Rollups: Sendable {
  var daily: DailyCostTable
  /// The time of collection.
  var asOf: Instant

  init(_ connection: Connection) throws {
    daily = try DailyCostTable(connection)
    asOf = Instant(
      milliseconds: try connection.integer(
        "SELECT CAST(value AS INTEGER) FROM ledger_setting WHERE name = 'collected_at_ms'"))
  }
}
