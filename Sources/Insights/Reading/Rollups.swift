import Domain
import Store

/// What is told by day without looking at a job: the ledger's own rollup, and until when there is one.
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
