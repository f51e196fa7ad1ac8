import Domain
import Store

/// Postings in the order of their resources, several hundred at a time.
struct PostingReader {
  /// A row of `posting`, with its units: days since 1970, milliseconds, nanodollars. A cost of nil is unpriced.
  struct Row {
    /// −1 for unused cost.
    var attempt: Int64
    var resource: Int64
    var day: Int32
    var account: Int
    var milliseconds: Int64
    var cost: Int64?
    var onDemand: Int64?
    var resourceTime: Resources
    /// Read only if the rollup of the ledger is recomputed.
    var rollup = Rollup()
  }

  /// Columns that only the ledger's own rollup needs.
  struct Rollup {
    var option = 0
    var source = 0
    var unpriced: Int64 = 0
    var unusedByInstance: Int64 = 0
    var unusedByAWS: Int64 = 0
  }

  private let readsRollup: Bool
  private var batch: [Row] = []
  private static let size = 512

  init(readsRollup: Bool) {
    self.readsRollup = readsRollup
    batch.reserveCapacity(Self.size)
  }

  mutating func read(_ connection: Connection, _ scope: InsightScope, _ visit: ([Row]) throws -> Void) throws {
    var columns = "attempt, resource, day, account, ms, cost, on_demand, milli_vcpu_ms, mib_ms, gpu_ms"
    if readsRollup { columns += ", purchase_option, price_source, unpriced_ms, unused_by_instance, unused_by_aws" }
    try connection.scan(columns, from: scope.postings) { row in
      batch.append(
        Row(
          attempt: row.isNull(0) ? -1 : row.integer(0), resource: row.integer(1), day: Int32(row.integer(2)),
          account: Int(row.integer(3)), milliseconds: row.integer(4), cost: row.optionalInteger(5),
          onDemand: row.optionalInteger(6),
          resourceTime: Resources(milliVCPUs: row.integer(7), memoryMiB: row.integer(8), gpus: row.integer(9)),
          rollup: readsRollup
            ? Rollup(
              option: Int(row.integer(10)), source: Int(row.integer(11)), unpriced: row.integer(12),
              unusedByInstance: row.integer(13), unusedByAWS: row.integer(14)) : Rollup()))
      if batch.count == Self.size { try handOver(visit) }
    }
    try handOver(visit)
  }

  private mutating func handOver(_ visit: ([Row]) throws -> Void) throws {
    try visit(batch)
    batch.removeAll(keepingCapacity: true)
  }
}
