import Domain
import Store

/// A job in a single pass over the table that serves all readers, valid until the next row. Parents of arrays and
/// multi-node jobs are left out.
struct JobRow {
  let row: ScannedRow

  private enum Column: Int32, SelectedColumn {
    case id, name, jobDefinition, tagSet, parent, jobId, kind, childIndex, jobQueue, createdAtMs, startedAtMs
    case stoppedAtMs, flags

    var sql: String {
      switch self {
      case .startedAtMs: "COALESCE(job.started_at_ms, job.created_at_ms)"
      case .flags: Flags.sql
      default: "job.\(name)"
      }
    }
  }

  /// How a job ended: together, because each column of a million rows takes time.
  private struct Flags: OptionSet {
    let rawValue: Int64

    static let succeeded = Flags(rawValue: 1)
    static let lostHost = Flags(rawValue: 2)
    static let unsuccessful = Flags(rawValue: 4)
    static let endedByUser = Flags(rawValue: 8)

    static let sql = """
      CASE WHEN job.status = 'SUCCEEDED' THEN \(succeeded.rawValue)
        ELSE COALESCE(job.status_reason LIKE 'Host EC2%', 0) * \(lostHost.rawValue)
          + (job.attempts > 0) * \(unsuccessful.rawValue) END
        + (job.cancelled + job.terminated > 0) * \(endedByUser.rawValue)
      """
  }

  private var flags: Flags { Flags(rawValue: row.integer(Column.flags)) }

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
  var succeeded: Bool { flags.contains(.succeeded) }
  var created: Int64 { row.integer(Column.createdAtMs) }
  /// Its creation time if it has not started.
  var started: Int64 { row.integer(Column.startedAtMs) }
  /// Nil if it has not ended.
  var stopped: Int64? { row.optionalInteger(Column.stoppedAtMs) }
  /// It failed because its host was lost.
  var lostHost: Bool { flags.contains(.lostHost) }
  /// It has attempts but has not succeeded, or not yet.
  var isUnsuccessful: Bool { flags.contains(.unsuccessful) }
  /// Somebody cancelled or terminated it.
  var isEndedByUser: Bool { flags.contains(.endedByUser) }

  /// The UTF-8 bytes of its name.
  func withName<T>(_ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
    try row.withBytes(Column.name, body)
  }
}
