import Domain
import Store

/// A job in a single pass over the table that serves all readers, valid until the next row. Parents of arrays and
/// multi-node jobs are left out.
struct JobRow {
  let row: ScannedRow

  private enum Column: Int32, SelectedColumn {
    case id, name, jobDefinition, tagSet, parent, jobId, kind, childIndex, jobQueue, succeeded, createdAtMs, startedAtMs
    case stoppedAtMs, lostHost, unsuccessful, endedByUser

    var sql: String {
      switch self {
      case .succeeded: "job.status = 'SUCCEEDED'"
      case .startedAtMs: "COALESCE(job.started_at_ms, job.created_at_ms)"
      case .lostHost: "job.status <> 'SUCCEEDED' AND job.status_reason LIKE 'Host EC2%'"
      case .unsuccessful: "job.status <> 'SUCCEEDED' AND job.attempts > 0"
      case .endedByUser: "job.cancelled + job.terminated > 0"
      default: "job.\(name)"
      }
    }
  }

  /// - Parameters:
  ///   - jobs: the jobs to read, as SQL.
  ///   - readsTexts: whether to read names and tags, from which clients are recognised.
  /// - Complexity: O(n) in the number of jobs.
  static func scan(
    _ connection: Connection, _ jobs: String, readsTexts: Bool = true, _ visit: (JobRow) throws -> Void
  ) throws {
    let texts: Set<Column> = [.name, .tagSet, .jobId]
    let columns = Column.list { !readsTexts && texts.contains($0) ? "NULL" : $0.sql }
    try connection.scan(columns, from: "\(jobs) WHERE job.kind IN (\(JobKind.thatRun.numbers))") {
      try visit(JobRow(row: $0))
    }
  }

  var id: Int64 { row.integer(Column.id) }
  var definition: Int64 { row.integer(Column.jobDefinition) }
  var tagSet: Int64? { row.optionalInteger(Column.tagSet) }
  /// `job_parent.id`; nil for single jobs.
  var parent: Int64? { row.optionalInteger(Column.parent) }
  /// Batch's own id.
  var jobID: String { row.optionalText(Column.jobId) ?? "" }
  var name: String { row.optionalText(Column.name) ?? "" }
  var kind: JobKind? { JobKind(rawValue: row.integer(Column.kind)) }
  var childIndex: Int64 { row.integer(Column.childIndex) }
  var queue: Int64 { row.integer(Column.jobQueue) }
  var succeeded: Bool { row.integer(Column.succeeded) == 1 }
  var created: Int64 { row.integer(Column.createdAtMs) }
  /// Its creation time if it has not started.
  var started: Int64 { row.integer(Column.startedAtMs) }
  /// Nil if it has not ended.
  var stopped: Int64? { row.optionalInteger(Column.stoppedAtMs) }
  /// It failed because its host was lost.
  var lostHost: Bool { row.integer(Column.lostHost) == 1 }
  /// It has attempts but has not succeeded, or not yet.
  var isUnsuccessful: Bool { row.integer(Column.unsuccessful) == 1 }
  /// Somebody cancelled or terminated it.
  var isEndedByUser: Bool { row.integer(Column.endedByUser) == 1 }

  /// The UTF-8 bytes of its name.
  func withName<T>(_ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
    try row.withBytes(Column.name, body)
  }
}
