import Domain
import Store

/// Attempts ordered by id, so that a job's attempts are adjacent.
struct AttemptTable: Sendable {
  /// Moments are in milliseconds since 1970; queue and definition are rows of their tables.
  struct Attempt: Sendable {
    /// `attempt.id`: the job's id × 1024 + the ordinal.
    var id: Int64
    /// −1 if it has not started.
    var started: Int64
    /// −1 if it is still running.
    var stopped: Int64
    /// When its job was created; −1 if unknown.
    var created: Int64 = -1
    var queue: Int32
    var definition: Int32
    /// `job_parent.id`; −1 for single jobs.
    var parent: Int32
    /// Its own, not its parent's; 0 if it has none.
    var tagSet: Int32
    /// A node of a multi-node job, but not the first, which counts the job.
    var isFurtherNode: Bool

    var job: Int64 { AttemptID.job(of: id) }
  }

  private var attempts: ContiguousArray<Attempt> = []
  private var firstJob: Int64 = 0
  /// Position of each job's first attempt from `firstJob` on, −1 if it has none.
  private var firstOfJob: ContiguousArray<Int32> = []

  /// - Parameter attempts: in the order of their ids.
  init(_ attempts: ContiguousArray<Attempt>) {
    self.attempts = attempts
    guard let first = attempts.first, let last = attempts.last else { return }
    firstJob = first.job
    firstOfJob = ContiguousArray(repeating: -1, count: Int(last.job - firstJob) + 1)
    for position in attempts.indices.reversed() {
      firstOfJob[Int(attempts[position].job - firstJob)] = Int32(position)
    }
  }

  /// Reads attempts in the order of their ids.
  static func scan(_ connection: Connection, _ scope: InsightScope, _ visit: (Attempt) throws -> Void) throws {
    enum Field: Int32, SelectedColumn {
      case id, jobQueue, jobDefinition, startedAtMs, stoppedAtMs, parent, tagSet, isFurtherNode
      var sql: String {
        switch self {
        case .startedAtMs, .stoppedAtMs, .parent: "COALESCE(\(name), -1)"
        case .tagSet: "COALESCE(\(name), 0)"
        case .isFurtherNode: JobKind.isFurtherNode("attempt.kind", job: "attempt.job")
        default: name
        }
      }
    }
    try connection.scan(Field.list, from: scope.attempts) { row in
      try visit(
        Attempt(
          id: row.integer(Field.id), started: row.integer(Field.startedAtMs), stopped: row.integer(Field.stoppedAtMs),
          queue: Int32(truncatingIfNeeded: row.integer(Field.jobQueue)),
          definition: Int32(truncatingIfNeeded: row.integer(Field.jobDefinition)),
          parent: Int32(truncatingIfNeeded: row.integer(Field.parent)),
          tagSet: Int32(truncatingIfNeeded: row.integer(Field.tagSet)),
          isFurtherNode: row.integer(Field.isFurtherNode) == 1))
    }
  }

  var count: Int { attempts.count }

  subscript(position: Int) -> Attempt { attempts[position] }

  /// Another attempt of the job followed.
  func isRetried(_ index: Int) -> Bool { index + 1 < count && attempts[index + 1].job == attempts[index].job }

  /// Whether it counts its job: no earlier attempt of the job started, and it is not a further node of a multi-node
  /// job.
  func isFirst(_ index: Int) -> Bool {
    let attempt = attempts[index]
    if attempt.isFurtherNode { return false }
    var before = index - 1
    while before >= 0, attempts[before].job == attempt.job {
      if attempts[before].started >= 0 { return false }
      before -= 1
    }
    return true
  }

  /// Whether an attempt began on a day and a row of this account is that of its running time.
  func begins(_ position: Int, on day: Int32, _ account: Int) -> Bool {
    account == Account.attempt.rawValue && attempts[position].started / millisecondsPerDay == Int64(day)
  }

  /// - Complexity: O(attempts of the job)
  func position(of attempt: Int64) -> Int? {
    var position = first(ofJob: AttemptID.job(of: attempt)) ?? count
    while position < count, attempts[position].id < attempt { position += 1 }
    return position < count && attempts[position].id == attempt ? position : nil
  }

  /// The positions of a job's attempts.
  func positions(ofJob job: Int64) -> Range<Int> {
    guard let first = first(ofJob: job) else { return 0..<0 }
    var end = first
    while end < count, attempts[end].job == job { end += 1 }
    return first..<end
  }

  private func first(ofJob job: Int64) -> Int? {
    guard job >= firstJob, job - firstJob < firstOfJob.count else { return nil }
    let first = firstOfJob[Int(job - firstJob)]
    return first < 0 ? nil : Int(first)
  }

  /// Tells the attempts of a job when it was created.
  mutating func set(created: Int64, ofJob job: Int64) {
    for position in positions(ofJob: job) { attempts[position].created = created }
  }
}
