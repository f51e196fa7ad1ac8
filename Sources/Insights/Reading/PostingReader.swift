import Accounting
import Domain
import Store

/// Postings in the order of their resources, some hundreds at a time, with what is asked of their attempts.
///
/// Attempts lie scattered in memory, and a read takes longer than all that is done with a posting: looked up together,
/// many reads are under way at once.
struct PostingReader {
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
    /// Of the attempt, −1 for unused cost, as are the next two.
    var position = -1
    var queue: Int32 = -1
    var definition: Int32 = -1
    /// The attempt began on this day, and this is the row of its running time.
    var begins = false

    /// What it adds to the work of its queue and definition; nil where it is not priced.
    var work: WorkTable.Sum? {
      cost.map {
        WorkTable.Sum(
          cost: $0, attempts: begins ? 1 : 0, milliseconds: milliseconds, resourceTime: resourceTime)
      }
    }
  }

  private let attempts: AttemptTable
  private var batch: [Row] = []
  private static let size = 512

  init(_ attempts: AttemptTable) {
    self.attempts = attempts
    batch.reserveCapacity(Self.size)
  }

  mutating func read(_ connection: Connection, _ scope: InsightScope, _ visit: ([Row]) throws -> Void) throws {
    let columns = "attempt, resource, day, account, ms, cost, on_demand, milli_vcpu_ms, mib_ms, gpu_ms"
    try connection.scan(columns, from: scope.postings) { row in
      batch.append(
        Row(
          attempt: row.isNull(0) ? -1 : row.integer(0), resource: row.integer(1), day: Int32(row.integer(2)),
          account: Int(row.integer(3)), milliseconds: row.integer(4), cost: row.optionalInteger(5),
          onDemand: row.optionalInteger(6),
          resourceTime: Resources(milliVCPUs: row.integer(7), memoryMiB: row.integer(8), gpus: row.integer(9))))
      if batch.count == Self.size { try handOver(visit) }
    }
    try handOver(visit)
  }

  private mutating func handOver(_ visit: ([Row]) throws -> Void) throws {
    for index in batch.indices where batch[index].attempt >= 0 {
      batch[index].position = attempts.position(of: batch[index].attempt) ?? -1
    }
    for index in batch.indices where batch[index].position >= 0 {
      let attempt = attempts[batch[index].position]
      batch[index].queue = attempt.queue
      batch[index].definition = attempt.definition
      batch[index].begins =
        batch[index].account == Account.attempt.rawValue
        && attempt.started / millisecondsPerDay == Int64(batch[index].day)
    }
    try visit(batch)
    batch.removeAll(keepingCapacity: true)
  }
}
