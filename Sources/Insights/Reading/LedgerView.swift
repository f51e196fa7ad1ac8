import Accounting
import Domain
import Store

/// What several insights need of the ledger, read once: a value from here on.
struct LedgerView: Sendable {
  var resources: ResourceTable
  var attempts: AttemptTable
  /// Attempts that were lost with their host and followed by another, wherever they ran.
  var lostWithHost: Set<Int64>
  var queues: [Int64: QueueFacts]
  /// Postings of attempts that the Spot audit looks at: see `PostingScan`.
  var audited: [AuditedPosting]
  /// The time of collection.
  var asOf: Instant

  init(_ connection: Connection) throws {
    resources = try ResourceTable(connection)
    attempts = try AttemptTable(connection)
    lostWithHost = try LostHosts.read(connection, attempts)
    queues = try QueueFacts.read(connection)
    audited = try PostingScan.audited(connection, resources, attempts, lostWithHost, queues)
    asOf = Instant(
      milliseconds: try connection.integer(
        "SELECT CAST(value AS INTEGER) FROM ledger_setting WHERE name = 'collected_at_ms'"))
  }
}
