import Accounting
import Domain
import Store

/// Failures before the start: attempts that ended without having started, and jobs without any attempt that a queue's
/// time limit cancelled because nothing could be placed (`jobStateTimeLimitActions`).
///
/// They have no cost of their own, except for the image pull of a Fargate task, so they have no postings; the queries
/// about failures add them.
struct NeverStarted: Equatable {
  /// Row of `job`.
  var job: Int64
  /// 0 for a job without any attempt.
  var ordinal: Int64
  var day: Day
  var queue: Int64
  var definition: Int64
  var outcome: Outcome
  var isRetried: Bool

  /// The attempts of a block.
  static func rows(_ attempts: AttemptTable, _ connection: Connection) throws -> [NeverStarted] {
    enum Field: Int32, SelectedColumn {
      case statusReason, containerReason, exitCode
    }
    let row = try connection.prepare("SELECT \(Field.list) FROM attempt WHERE id = ?")
    var rows: [NeverStarted] = []
    for position in 0..<attempts.count {
      let attempt = attempts[position]
      guard attempt.started < 0, let stopped = Instant(plausible: attempt.stopped) else { continue }
      row.bind(attempt.id)
      guard try row.step() else { continue }
      rows.append(
        NeverStarted(
          job: attempt.job, ordinal: AttemptID.ordinal(of: attempt.id), day: stopped.day, queue: Int64(attempt.queue),
          definition: Int64(attempt.definition),
          outcome: Outcome(
            statusReason: row.optionalText(Field.statusReason),
            containerReason: row.optionalText(Field.containerReason), exitCode: row.optionalInteger(Field.exitCode)),
          isRetried: attempts.isRetried(position)))
      row.reset()
    }
    return rows
  }

  /// Jobs without any attempt.
  static func jobs(_ scope: InsightScope, _ connection: Connection) throws -> [NeverStarted] {
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
      FROM \(scope.isPart ? scope.jobs : "job")
      -- The index is of jobs that have not succeeded.
      WHERE status = 'FAILED' AND status <> 'SUCCEEDED' AND attempts = 0 AND kind IN (\(kinds)) ORDER BY +id
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

private struct FailuresBeforeStart: JobGathering {
  private let view: LedgerView
  private let connection: Connection
  private let writer: RowWriter

  init(_ view: LedgerView, _ connection: Connection) throws {
    (self.view, self.connection) = (view, connection)
    writer = try RowWriter(connection, "never_started", columns: 8)
  }

  func add(_ block: JobBlock) throws { try write(NeverStarted.rows(block.attempts, connection)) }

  func finish() throws { try write(NeverStarted.jobs(view.scope, connection)) }

  private func write(_ rows: [NeverStarted]) throws {
    for row in rows {
      try writer.write(
        .integer(row.job), .integer(row.ordinal), .integer(Int64(row.day.number)), .integer(row.queue),
        .integer(row.definition), .integer(Int64(view.jobs.identities.step(of: row.job))),
        .integer(Int64(row.outcome.rawValue)), .flag(row.isRetried))
    }
  }
}

extension Insight {
  static let neverStarted = Insight.ofJobs(
    "failures before the start", tables: ["never_started"], by: .job, FailuresBeforeStart.self)
}
