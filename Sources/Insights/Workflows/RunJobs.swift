import Domain
import Store

/// A job's contribution to its workflow run: the row of `run_job`. Money is in nanodollars.
struct RunJob: Sendable {
  /// Nil if it ran but none of it is priced.
  var cost: Int64?
  /// The part of the cost for attempts that were lost with their Spot host.
  var lost: Int64
  var attempts: Int
  /// Of its attempts.
  var time: PricedTime

  /// Nil if nothing of it ran.
  var isPriced: Bool? { attempts == 0 ? nil : cost != nil }
}

/// The jobs of clients, from which runs are added up.
struct RunJobs: Sendable {
  private(set) var ended: [EndedJob] = []
  private(set) var unfinished: [UnfinishedJob] = []
  /// By position among the jobs with a client.
  private var rows: ContiguousArray<RunJob?> = []
  /// Jobs whose attempts are not read for a part.
  private var stored: [Int64: RunJob] = [:]

  /// No jobs yet.
  init() {}

  /// With the stored rows of jobs whose attempts are not read for a part.
  init(storedIn connection: Connection) throws {
    enum Field: Int32, SelectedColumn {
      case job, cost, lost, attempts, ms, unpricedMs
      var sql: String { "r.\(name)" }
    }
    let kept = try connection.prepare(
      """
      SELECT \(Field.list) FROM part_job CROSS JOIN run_job r ON r.job = part_id WHERE told = 0
      """)
    while try kept.step() {
      stored[kept.integer(Field.job)] = RunJob(
        cost: kept.optionalInteger(Field.cost), lost: kept.integer(Field.lost),
        attempts: Int(kept.integer(Field.attempts)),
        time: PricedTime(billed: kept.integer(Field.ms), unpriced: kept.integer(Field.unpricedMs)))
    }
  }

  /// Nil for a job whose attempts are read.
  func stored(_ job: Int64) -> RunJob? { stored.isEmpty ? nil : stored[job] }

  /// Nil for a job without a client.
  func row(_ job: Int64, _ identities: JobIdentities) -> RunJob? {
    stored(job) ?? identities.clientPosition(of: job).flatMap { rows.isEmpty ? nil : rows[$0] }
  }

  /// Adds the jobs of a block that have a client.
  mutating func add(_ block: JobBlock, _ identities: JobIdentities, _ resources: ResourceTable) {
    if identities.countOfClients == 0 { return }
    if rows.isEmpty { rows = ContiguousArray(repeating: nil, count: identities.countOfClients) }
    for job in block.ended where identities.hasClient(Int64(job.id)) {
      ended.append(job)
      add(Int64(job.id), cost: job.cost, block, identities)
    }
    for job in block.unfinished where identities.hasClient(Int64(job.id)) {
      unfinished.append(job)
      add(Int64(job.id), cost: job.cost, block, identities)
    }
    for posting in block.postings
    where block.failed.isLost(posting.attempt) && resources[Int64(posting.resource)]?.isSpot == true {
      if let position = identities.clientPosition(of: posting.job) { rows[position]?.lost += posting.cost ?? 0 }
    }
  }

  private mutating func add(_ job: Int64, cost: Int64, _ block: JobBlock, _ identities: JobIdentities) {
    guard stored(job) == nil, let position = identities.clientPosition(of: job) else { return }
    let ran = block.attempts.positions(ofJob: job)
    let isPriced = cost != 0 || ran.isEmpty || ran.contains { block.costs.isPriced($0) }
    rows[position] = RunJob(cost: isPriced ? cost : nil, lost: 0, attempts: ran.count, time: block.time(ofJob: job))
  }
}

extension Insight {
  static let runJobs = Insight("jobs of runs", tables: ["run_job"], by: .job) { view, connection in
    let rows = try RowFeed(connection, into: "run_job", columns: 6)
    for job in (view.runJobs.ended.map(\.id) + view.runJobs.unfinished.map(\.id)).sorted() {
      guard view.runJobs.stored(Int64(job)) == nil, let row = view.runJobs.row(Int64(job), view.jobs.identities) else {
        continue
      }
      rows.append(Int64(job))
      rows.append(row.cost)
      rows.append(row.lost)
      rows.append(Int64(row.attempts))
      rows.append(row.time.billed)
      rows.append(row.time.unpriced)
      try rows.endRow()
    }
    try rows.flush()
  }
}
