import Domain
import Store

/// Attempts that name the same Fargate task, as in documents that were partly anonymised: a task is charged once, and
/// one attempt bears it.
struct SharedTasks {
  /// `attempt.id` of attempts that do not bear their task.
  private(set) var doubles: Set<Int64> = []
  private(set) var findings: [Finding] = []

  /// - Parameter groups: attempts that name the same task.
  init(_ groups: [[Int64]], _ connection: Connection) throws {
    guard !groups.isEmpty else { return }
    enum Field: Int32, SelectedColumn {
      case jobId, ordinal, taskId, startedAtMs
      var sql: String {
        switch self {
        case .jobId: "j.\(name)"
        default: "t.\(name)"
        }
      }
    }
    let row = try connection.prepare(
      """
      SELECT \(Field.list) FROM attempt t JOIN job j ON j.id = t.job WHERE t.id = ?
      """)
    for group in groups {
      var claims: [Claim] = []
      for attempt in group {
        row.bind(attempt)
        guard try row.step() else { continue }
        claims.append(
          Claim(
            attempt: attempt, job: row.text(Field.jobId), ordinal: row.integer(Field.ordinal),
            task: row.text(Field.taskId), started: row.integer(Field.startedAtMs)))
        row.reset()
      }
      // Independent of the order of collection.
      claims.sort { ($0.job, $0.ordinal) < ($1.job, $1.ordinal) }
      guard let bearer = claims.first, claims.count > 1 else { continue }
      doubles.formUnion(claims.dropFirst().map(\.attempt))
      findings.append(
        Finding(
          "one-task", .warning, subject: bearer.task,
          message: "named by \(claims.map(\.name).joined(separator: ", ")): charged once, to \(bearer.name)",
          day: Instant(milliseconds: bearer.started).day))
    }
  }

  private struct Claim {
    var attempt: Int64
    var job: String
    var ordinal: Int64
    var task: String
    var started: Int64

    var name: String { "\(job) attempt \(ordinal)" }
  }
}
