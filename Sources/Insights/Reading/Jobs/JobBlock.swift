import Domain
import Store

/// Some jobs, with everything about them that insights need.
struct JobBlock: Sendable {
  /// The ids of all jobs that may be in it; nil for any.
  let range: Range<Int64>?
  /// In the order of their ids, each with the cost of all its attempts.
  private(set) var ended: ContiguousArray<EndedJob>
  private(set) var unfinished: [UnfinishedJob]
  private(set) var attempts: AttemptTable
  /// In the order of their resources.
  let postings: ContiguousArray<AttemptPosting>
  let costs: AttemptCosts
  let failed: FailedAttempts
  /// The time of each attempt, by position, volumes and addresses aside; what was on an unknown host has no price.
  private let times: ContiguousArray<PricedTime>

  init(_ number: Int, of view: LedgerView, _ connection: Connection) throws {
    range = view.division.jobs(of: number)
    ended = try view.jobs.ended.take(number)
    // The known jobs of a part come before the others.
    if view.scope.isPart { ended.sort { $0.id < $1.id } }
    unfinished = Self.jobs(of: range, in: view.jobs.unfinished)
    var attempts = AttemptTable(try view.attempts.take(number))
    for job in ended { attempts.set(created: job.created, ofJob: Int64(job.id)) }
    for job in unfinished { attempts.set(created: job.created, ofJob: Int64(job.id)) }
    var costs = AttemptCosts(count: attempts.count)
    var times = ContiguousArray(repeating: PricedTime(), count: attempts.count)
    var postings: ContiguousArray<AttemptPosting> = []
    postings.reserveCapacity(view.postings.ofAttempts.count(number))
    try view.postings.ofAttempts.drain(number) { rows in
      for var row in rows {
        guard let position = attempts.position(of: row.attempt) else { continue }
        row.position = Int32(position)
        costs.add(position, day: row.day, cost: row.cost, onDemand: row.onDemand)
        if view.resources[Int64(row.resource)]?.isAttached != true {
          times[position] += PricedTime(billed: row.milliseconds, unpriced: Int64(row.unpriced))
        }
        postings.append(row)
      }
    }
    try Self.readUnplaced(connection, range, isPart: view.scope.isPart) { attempt, milliseconds in
      guard let position = attempts.position(of: attempt) else { return }
      times[position] += PricedTime(billed: milliseconds, unpriced: milliseconds)
    }
    (self.attempts, self.postings, self.costs, self.times) = (attempts, postings, costs, times)
    let failures =
      ended.filter { $0.failure != .none }.map { (Int64($0.id), $0.failure) }
      + unfinished.filter { $0.failure != .none }.map { (Int64($0.id), $0.failure) }
    failed = try FailedAttempts(connection, attempts, failures, view.reruns)
    addCosts(view.runJobs)
  }

  /// Whether the posting is that of the running time of an attempt that began on its day.
  func begins(_ posting: AttemptPosting) -> Bool {
    attempts.begins(Int(posting.position), on: posting.day, posting.account)
  }

  /// The time of a job's attempts.
  func time(ofJob job: Int64) -> PricedTime {
    attempts.positions(ofJob: job).reduce(into: PricedTime()) { $0 += times[$1] }
  }

  /// Reads attempts on unknown hosts, and their milliseconds.
  private static func readUnplaced(
    _ connection: Connection, _ jobs: Range<Int64>?, isPart: Bool, _ visit: (Int64, Int64) -> Void
  ) throws {
    enum Field: Int32, SelectedColumn {
      case attempt, ms
      var sql: String { "u.\(name)" }
    }
    let source =
      if isPart {
        "part_job CROSS JOIN unplaced u ON \(AttemptID.isOf("u.attempt", job: "part_id"))"
      } else if let jobs {
        "unplaced u WHERE \(AttemptID.isOf("u.attempt", jobs: jobs))"
      } else {
        "unplaced u"
      }
    try connection.scan(Field.list, from: source) { visit($0.integer(Field.attempt), $0.integer(Field.ms)) }
  }

  private static func jobs(of range: Range<Int64>?, in unfinished: [UnfinishedJob]) -> [UnfinishedJob] {
    guard let range else { return unfinished }
    return unfinished.filter { range.contains(Int64($0.id)) }
  }

  /// - Parameter stored: the costs of clients' jobs whose attempts were not read.
  private mutating func addCosts(_ stored: RunJobs) {
    let totals = costs.totals
    func cost(_ job: Int32) -> Int64 {
      if let known = stored.stored(Int64(job)) { return known.cost ?? 0 }
      return attempts.positions(ofJob: Int64(job)).reduce(0) { $0 + totals[$1] }
    }
    for index in ended.indices {
      let id = ended[index].id
      ended[index].cost = cost(id)
      ended[index].isPriced = (stored.stored(Int64(id))?.time ?? time(ofJob: Int64(id))).isPriced
    }
    for index in unfinished.indices { unfinished[index].cost = cost(unfinished[index].id) }
  }
}
