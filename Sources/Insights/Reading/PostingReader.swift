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

  private let rows: Statement
  private var batch: [Row] = []
  private var isAtEnd = false
  private static let size = 512

  init(_ connection: Connection) throws {
    rows = try connection.prepare(
      """
      SELECT attempt, resource, day, account, ms, cost, on_demand, milli_vcpu_ms, mib_ms, gpu_ms FROM posting
      ORDER BY id
      """)
  }

  /// - Returns: nil at the end.
  mutating func next(_ attempts: AttemptTable) throws -> [Row]? {
    batch.removeAll(keepingCapacity: true)
    while !isAtEnd, batch.count < Self.size {
      guard try rows.step() else {
        isAtEnd = true
        break
      }
      batch.append(
        Row(
          attempt: rows.isNull(0) ? -1 : rows.integer(0), resource: rows.integer(1), day: Int32(rows.integer(2)),
          account: Int(rows.integer(3)), milliseconds: rows.integer(4), cost: rows.optionalInteger(5),
          onDemand: rows.optionalInteger(6),
          resourceTime: Resources(milliVCPUs: rows.integer(7), memoryMiB: rows.integer(8), gpus: rows.integer(9))))
    }
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
    return batch.isEmpty ? nil : batch
  }
}
