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
    /// The part of `milliseconds` without a price.
    var unpriced: Int64
    /// Read only if the rollup of the ledger is recomputed.
    var rollup = Rollup()
  }

  /// Columns that only the ledger's own rollup needs.
  struct Rollup {
    var option = 0
    var source = 0
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

  /// The ledger's own rollup needs those from the purchase option on.
  private enum Field: Int32, SelectedColumn {
    case attempt, resource, day, account, ms, cost, onDemand, milliVcpuMs, mibMs, gpuMs, unpricedMs
    case purchaseOption, priceSource, unusedByInstance, unusedByAws
  }

  mutating func read(_ connection: Connection, _ scope: InsightScope, _ visit: ([Row]) throws -> Void) throws {
    let columns = readsRollup ? Field.list : Field.allCases.prefix { $0 != .purchaseOption }.list
    try connection.scan(columns, from: scope.postings) { row in
      batch.append(
        Row(
          attempt: row.isNull(Field.attempt) ? -1 : row.integer(Field.attempt), resource: row.integer(Field.resource),
          day: Int32(row.integer(Field.day)), account: Int(row.integer(Field.account)),
          milliseconds: row.integer(Field.ms), cost: row.optionalInteger(Field.cost),
          onDemand: row.optionalInteger(Field.onDemand),
          resourceTime: Resources(
            milliVCPUs: row.integer(Field.milliVcpuMs), memoryMiB: row.integer(Field.mibMs),
            gpus: row.integer(Field.gpuMs)),
          unpriced: row.integer(Field.unpricedMs),
          rollup: readsRollup
            ? Rollup(
              option: Int(row.integer(Field.purchaseOption)), source: Int(row.integer(Field.priceSource)),
              unusedByInstance: row.integer(Field.unusedByInstance),
              unusedByAWS: row.integer(Field.unusedByAws)) : Rollup()))
      if batch.count == Self.size { try handOver(visit) }
    }
    try handOver(visit)
  }

  private mutating func handOver(_ visit: ([Row]) throws -> Void) throws {
    try visit(batch)
    batch.removeAll(keepingCapacity: true)
  }
}
