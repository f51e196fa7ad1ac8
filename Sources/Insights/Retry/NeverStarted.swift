import Accounting
import Domain
import Store

/// Failures before the start: attempts that ended without having started, and jobs without any attempt that a queue's
/// time limit cancelled because nothing could be placed (`jobStateTimeLimitActions`).
///
/// They have no cost of their own, except for the image pull of a Fargate task, so they have no postings; the queries
/// about failures add them.
struct NeverStarted: Equatable {
  var job: Int64
  /// 0 for a job without any attempt.
  var ordinal: Int64
  var day: Day
  var queue: Int64
  var definition: Int64
  var outcome: Outcome
  var isRetried: Bool

  static func rows(_ view: LedgerView, _ connection: Connection) throws -> [NeverStarted] {
    try attempts(view, connection) + jobs(view.scope, connection)
  }

  private static func attempts(_ view: LedgerView, _ connection: Connection) throws -> [NeverStarted] {
    enum Field: Int32, SelectedColumn {
      case statusReason, containerReason, exitCode
    }
    let row = try connection.prepare("SELECT \(Field.list) FROM attempt WHERE id = ?")
    var rows: [NeverStarted] = []
    for position in 0..<view.attempts.count {
      let attempt = view.attempts[position]
      guard attempt.started < 0, let stopped = Instant(plausible: attempt.stopped) else { continue }
      row.bind(1, attempt.id)
      guard try row.step() else { continue }
      rows.append(
        NeverStarted(
          job: AttemptID.job(of: attempt.id), ordinal: AttemptID.ordinal(of: attempt.id), day: stopped.day,
          queue: Int64(attempt.queue), definition: Int64(attempt.definition),
          outcome: Outcome(
            statusReason: row.optionalText(Field.statusReason),
            containerReason: row.optionalText(Field.containerReason), exitCode: row.optionalInteger(Field.exitCode)),
          isRetried: view.attempts.isRetried(position)))
      row.reset()
    }
    return rows
  }

  private static func jobs(_ scope: InsightScope, _ connection: Connection) throws -> [NeverStarted] {
    let kinds = [JobKind.single, .arrayChild, .node].numbers
    enum Field: Int32, SelectedColumn {
      case id, stoppedAtMs, jobQueue, jobDefinition, statusReason
      var sql: String {
        switch self {
        case .stoppedAtMs: "COALESCE(\(name), created_at_ms)"
        default: name
        }
      }
    }
    let row = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM \(scope.isPart ? scope.jobs : "job") WHERE status = 'FAILED' AND attempts = 0 AND kind IN (\(kinds)) ORDER BY id
      """)
    var rows: [NeverStarted] = []
    while try row.step() {
      guard let ended = Instant(plausible: row.integer(Field.stoppedAtMs)) else { continue }
      let cause = Outcome(statusReason: row.optionalText(Field.statusReason), containerReason: nil, exitCode: nil)
      // Jobs that a user cancelled, or whose dependency failed, had no chance to start.
      guard cause == .noCapacity || cause == .misconfiguration else { continue }
      rows.append(
        NeverStarted(
          job: row.integer(Field.id), ordinal: 0, day: ended.day, queue: row.integer(Field.jobQueue),
          definition: row.integer(Field.jobDefinition),
          outcome: cause, isRetried: false))
    }
    return rows
  }
}

extension Insight {
  static let neverStarted = Insight("failures before the start", tables: ["never_started"], by: .job) {
    view, connection in
    let writer = try RowWriter(connection, "never_started", columns: 8)
    for row in try NeverStarted.rows(view, connection) {
      try writer.write(
        .integer(row.job), .integer(row.ordinal), .integer(Int64(row.day.number)), .integer(row.queue),
        .integer(row.definition), .integer(Int64(view.jobs.identities.step(of: row.job))),
        .integer(Int64(row.outcome.rawValue)), .flag(row.isRetried))
    }
  }
}
