import Domain
import Store

/// All attempts as columns, ordered by id: the attempts of a job are neighbours.
struct AttemptTable: Sendable {
  /// `attempt.id`, which is the job's × 1024 + ordinal.
  private(set) var id: ContiguousArray<Int64> = []
  private(set) var queue: ContiguousArray<Int32> = []
  private(set) var definition: ContiguousArray<Int32> = []
  /// `job_parent.id`; −1 of single jobs.
  private(set) var parent: ContiguousArray<Int32> = []
  /// −1 where it has not started.
  private(set) var started: ContiguousArray<Int64> = []
  /// −1 where it still runs.
  private(set) var stopped: ContiguousArray<Int64> = []

  /// Position of each job's first attempt, −1 where it has none.
  private var firstOfJob: ContiguousArray<Int32> = []

  init(_ connection: Connection) throws {
    let count = Int(try connection.integer("SELECT COUNT(*) FROM attempt"))
    id.reserveCapacity(count)
    queue.reserveCapacity(count)
    definition.reserveCapacity(count)
    parent.reserveCapacity(count)
    started.reserveCapacity(count)
    stopped.reserveCapacity(count)
    let rows = try connection.prepare(
      """
      SELECT id, job_queue, job_definition, COALESCE(started_at_ms, -1), COALESCE(stopped_at_ms, -1),
        COALESCE(parent, -1)
      FROM attempt ORDER BY id
      """)
    let lastJob = try connection.integer("SELECT COALESCE(MAX(id), 0) >> 10 FROM attempt")
    firstOfJob = ContiguousArray(repeating: -1, count: Int(lastJob) + 1)
    while try rows.step() {
      let job = Int(Self.job(of: rows.integer(0)))
      if firstOfJob[job] < 0 { firstOfJob[job] = Int32(id.count) }
      id.append(rows.integer(0))
      queue.append(Int32(truncatingIfNeeded: rows.integer(1)))
      definition.append(Int32(truncatingIfNeeded: rows.integer(2)))
      started.append(rows.integer(3))
      stopped.append(rows.integer(4))
      parent.append(Int32(truncatingIfNeeded: rows.integer(5)))
    }
  }

  var count: Int { id.count }

  static func job(of attempt: Int64) -> Int64 { attempt >> 10 }
  static func ordinal(of attempt: Int64) -> Int64 { attempt & 1023 }

  /// Another attempt of the job followed.
  func isRetried(_ index: Int) -> Bool {
    index + 1 < id.count && Self.job(of: id[index + 1]) == Self.job(of: id[index])
  }

  /// - Complexity: O(attempts of the job)
  func position(of attempt: Int64) -> Int? {
    let job = Self.job(of: attempt)
    guard job >= 0, job < firstOfJob.count, firstOfJob[Int(job)] >= 0 else { return nil }
    var position = Int(firstOfJob[Int(job)])
    while position < id.count, id[position] < attempt { position += 1 }
    return position < id.count && id[position] == attempt ? position : nil
  }

  /// The positions of a job's attempts.
  func positions(ofJob job: Int64) -> Range<Int> {
    guard job >= 0, job < firstOfJob.count, firstOfJob[Int(job)] >= 0 else { return 0..<0 }
    let first = Int(firstOfJob[Int(job)])
    var end = first
    while end < id.count, Self.job(of: id[end]) == job { end += 1 }
    return first..<end
  }
}
