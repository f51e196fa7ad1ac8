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
    let row = try connection.prepare(
      """
      SELECT j.job_id, t.ordinal, t.task_id, t.started_at_ms FROM attempt t JOIN job j ON j.id = t.job WHERE t.id = ?
      """)
    for group in groups {
      var claims: [Claim] = []
      for attempt in group {
        row.bind(1, attempt)
        guard try row.step() else { continue }
        claims.append(
          Claim(
            attempt: attempt, job: row.text(0), ordinal: row.integer(1), task: row.text(2), started: row.integer(3)))
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
