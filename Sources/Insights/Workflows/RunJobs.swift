import Domain
import Store

/// A job's contribution to its workflow run: the row of `run_job`.
struct RunJob: Sendable {
  /// Nil if it ran but none of it is priced.
  var cost: Int64?
  /// The part of the cost for attempts that were lost with their Spot host.
  var lost: Int64
  var attempts: Int
}

/// Stored values for clients' jobs whose attempts are not read for a part.
struct StoredRunJobs: Sendable {
  private var rows: [Int64: RunJob] = [:]

  /// No jobs.
  init() {}

  init(_ connection: Connection) throws {
    enum Field: Int32, SelectedColumn {
      case job, cost, lost, attempts
      var sql: String { "r.\(name)" }
    }
    let stored = try connection.prepare(
      """
      SELECT \(Field.list) FROM part_job CROSS JOIN run_job r ON r.job = part_id WHERE told = 0
      """)
    while try stored.step() {
      rows[stored.integer(Field.job)] = RunJob(
        cost: stored.optionalInteger(Field.cost), lost: stored.integer(Field.lost),
        attempts: Int(stored.integer(Field.attempts)))
    }
  }

  /// Nil for jobs whose attempts are read.
  subscript(job: Int64) -> RunJob? { rows[job] }
}

extension LedgerView {
  /// Whether any of a job has a price; nil if nothing of it ran.
  func isPriced(_ job: Int64) -> Bool? {
    if let stored = runJobs[job] { return stored.attempts == 0 ? nil : stored.cost != nil }
    let ran = attempts.positions(ofJob: job)
    return ran.isEmpty ? nil : ran.contains { postings.costs.isPriced($0) }
  }

  /// The cost of attempts that were lost with their Spot host, by job.
  var lostOnSpot: [Int64: Int64] {
    var lost: [Int64: Int64] = [:]
    for posting in postings.audited where failed.isLost(posting.attempt) && resources[posting.resource]?.isSpot == true
    {
      lost[AttemptID.job(of: posting.attempt), default: 0] += posting.cost ?? 0
    }
    return lost
  }
}

extension Insight {
  static let runJobs = Insight("jobs of runs", tables: ["run_job"], by: .job) { view, connection in
    let lost = view.lostOnSpot
    let rows = try RowFeed(connection, into: "run_job", columns: 4)
    func write(_ job: Int64, cost: Int64) throws {
      guard view.jobs.identities.hasClient(job), view.runJobs[job] == nil else { return }
      rows.append(job)
      rows.append(cost == 0 && view.isPriced(job) == false ? nil : cost)
      rows.append(lost[job] ?? 0)
      rows.append(Int64(view.attempts.positions(ofJob: job).count))
      try rows.endRow()
    }
    for job in view.jobs.ended { try write(Int64(job.id), cost: job.cost) }
    for job in view.jobs.unfinished { try write(Int64(job.id), cost: job.cost) }
    try rows.flush()
  }
}
