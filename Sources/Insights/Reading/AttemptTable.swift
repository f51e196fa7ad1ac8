import Domain
import Store

/// All attempts as columns, ordered by id: the attempts of a job are neighbours.
struct AttemptTable: Sendable {
  /// `attempt.id`, which is the job's × 1024 + ordinal.
  private(set) var id: ContiguousArray<Int64> = []
  private(set) var queue: ContiguousArray<Int32> = []
  private(set) var definition: ContiguousArray<Int32> = []
  /// −1 where it has not started.
  private(set) var started: ContiguousArray<Int64> = []
  /// −1 where it still runs.
  private(set) var stopped: ContiguousArray<Int64> = []

  init(_ connection: Connection) throws {
    let count = Int(try connection.integer("SELECT COUNT(*) FROM attempt"))
    id.reserveCapacity(count)
    queue.reserveCapacity(count)
    definition.reserveCapacity(count)
    started.reserveCapacity(count)
    stopped.reserveCapacity(count)
    let rows = try connection.prepare(
      """
      SELECT id, job_queue, job_definition, COALESCE(started_at_ms, -1), COALESCE(stopped_at_ms, -1)
      FROM attempt ORDER BY id
      """)
    while try rows.step() {
      id.append(rows.integer(0))
      queue.append(Int32(truncatingIfNeeded: rows.integer(1)))
      definition.append(Int32(truncatingIfNeeded: rows.integer(2)))
      started.append(rows.integer(3))
      stopped.append(rows.integer(4))
    }
  }

  var count: Int { id.count }

  static func job(of attempt: Int64) -> Int64 { attempt >> 10 }
  static func ordinal(of attempt: Int64) -> Int64 { attempt & 1023 }

  /// Another attempt of the job followed.
  func isRetried(_ index: Int) -> Bool {
    index + 1 < id.count && Self.job(of: id[index + 1]) == Self.job(of: id[index])
  }

  /// - Complexity: O(log n)
  func position(of attempt: Int64) -> Int? {
    var (low, high) = (0, id.count)
    while low < high {
      let middle = (low + high) / 2
      if id[middle] < attempt { low = middle + 1 } else { high = middle }
    }
    return low < id.count && id[low] == attempt ? low : nil
  }
}
