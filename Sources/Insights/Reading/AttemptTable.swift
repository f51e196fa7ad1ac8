import Domain
import Store

/// All attempts ordered by id, so that a job's attempts are adjacent. Postings refer to them in the order of instances,
/// so everything about one attempt must come with a single memory read.
struct AttemptTable: Sendable {
  struct Attempt: Sendable {
    /// `attempt.id`: the job's id × 1024 + the ordinal.
    var id: Int64
    /// −1 if it has not started.
    var started: Int64
    /// −1 if it is still running.
    var stopped: Int64
    var queue: Int32
    var definition: Int32
    /// `job_parent.id`; −1 for single jobs.
    var parent: Int32
    /// Its own, not its parent's; 0 if it has none.
    var tagSet: Int32
  }

  private var attempts: ContiguousArray<Attempt> = []
  /// Position of each job's first attempt, −1 if it has none.
  private var firstOfJob: ContiguousArray<Int32> = []
  /// `job.id` of all nodes of multi-node jobs except the first, which counts the job.
  private var furtherNodes: Set<Int64> = []

  /// No attempts.
  init() {}

  init(_ connection: Connection, _ scope: InsightScope = .all) throws {
    if !scope.isPart { attempts.reserveCapacity(Int(try connection.integer("SELECT COUNT(*) FROM main.attempt"))) }
    let lastJob = AttemptID.job(of: try connection.integer("SELECT COALESCE(MAX(id), 0) FROM attempt"))
    firstOfJob = ContiguousArray(repeating: -1, count: Int(lastJob) + 1)
    let columns = """
      id, job_queue, job_definition, COALESCE(started_at_ms, -1), COALESCE(stopped_at_ms, -1), COALESCE(parent, -1),
        COALESCE(tag_set, 0), \(JobKind.isFurtherNode("attempt.kind", job: "attempt.job"))
      """
    try connection.scan(columns, from: scope.attempts) { row in
      let job = Int(AttemptID.job(of: row.integer(0)))
      if firstOfJob[job] < 0 { firstOfJob[job] = Int32(attempts.count) }
      attempts.append(
        Attempt(
          id: row.integer(0), started: row.integer(3), stopped: row.integer(4),
          queue: Int32(truncatingIfNeeded: row.integer(1)), definition: Int32(truncatingIfNeeded: row.integer(2)),
          parent: Int32(truncatingIfNeeded: row.integer(5)), tagSet: Int32(truncatingIfNeeded: row.integer(6))))
      if row.integer(7) == 1 { furtherNodes.insert(AttemptID.job(of: row.integer(0))) }
    }
  }

  var count: Int { attempts.count }

  subscript(position: Int) -> Attempt { attempts[position] }

  /// Another attempt of the job followed.
  func isRetried(_ index: Int) -> Bool {
    index + 1 < count && AttemptID.job(of: attempts[index + 1].id) == AttemptID.job(of: attempts[index].id)
  }

  /// Whether a job counts as one: for a multi-node job only the first node does.
  func isCounted(_ job: Int64) -> Bool { furtherNodes.isEmpty || !furtherNodes.contains(job) }

  /// Whether it counts its job: no earlier attempt of the job started, and it is not a further node of a multi-node
  /// job.
  func isFirst(_ index: Int) -> Bool {
    let job = AttemptID.job(of: attempts[index].id)
    guard isCounted(job) else { return false }
    var before = index - 1
    while before >= 0, AttemptID.job(of: attempts[before].id) == job {
      if attempts[before].started >= 0 { return false }
      before -= 1
    }
    return true
  }

  /// - Complexity: O(attempts of the job)
  func position(of attempt: Int64) -> Int? {
    let job = AttemptID.job(of: attempt)
    guard job >= 0, job < firstOfJob.count, firstOfJob[Int(job)] >= 0 else { return nil }
    var position = Int(firstOfJob[Int(job)])
    while position < count, attempts[position].id < attempt { position += 1 }
    return position < count && attempts[position].id == attempt ? position : nil
  }

  /// The positions of a job's attempts.
  func positions(ofJob job: Int64) -> Range<Int> {
    guard job >= 0, job < firstOfJob.count, firstOfJob[Int(job)] >= 0 else { return 0..<0 }
    let first = Int(firstOfJob[Int(job)])
    var end = first
    while end < count, AttemptID.job(of: attempts[end].id) == job { end += 1 }
    return first..<end
  }
}
