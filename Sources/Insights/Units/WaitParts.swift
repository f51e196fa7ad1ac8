import Domain
import Store

/// What a job waited for: other jobs, capacity, its start. The parts add up to the time from its creation to its first
/// start.
struct WaitParts: JobGathering {
  struct Sum: Equatable {
    var jobs: Int64 = 0
    /// Until the last of the jobs that it depends on ended; in milliseconds, like the next two.
    var dependency: Int64 = 0
    /// From then until it was placed.
    var capacity: Int64 = 0
    /// From then until it started.
    var start: Int64 = 0
  }

  private let view: LedgerView
  private let connection: Connection
  private let facts: WaitFacts
  private var sums = PackedSums<Starts.Key, Sum>()

  init(_ view: LedgerView, _ connection: Connection) throws {
    (self.view, self.connection) = (view, connection)
    facts = try WaitFacts(connection, view.scope)
  }

  /// - Complexity: O(n) in the number of attempts.
  mutating func add(_ block: JobBlock) throws {
    let pulls = try facts.pulls(block, view.scope, connection)
    var lastJob: Int64 = -1
    for position in 0..<block.attempts.count where block.attempts[position].started >= 0 {
      let attempt = block.attempts[position]
      let (job, started, created) = (attempt.job, attempt.started, attempt.created)
      if job == lastJob { continue }
      lastJob = job
      guard !attempt.isFurtherNode else { continue }
      let key = Starts.Key(day: Instant(milliseconds: started).day.number, queue: attempt.queue)
      guard view.scope.has(day: key.day), created >= 0, started >= created else { continue }
      let placed = max(created, min(started, facts.scheduled[job] ?? pulls[attempt.id] ?? started))
      let ready = min(placed, max(created, facts.ready[job] ?? created))
      sums.update(key, from: Sum()) {
        $0.jobs += 1
        $0.dependency += ready - created
        $0.capacity += placed - ready
        $0.start += started - placed
      }
    }
  }

  func finish() throws {
    let rows = try TableWriter<WaitPartColumn>(connection)
    for (key, sum) in sums.sorted() {
      rows.put(.day, key.day)
      rows.put(.jobQueue, key.queue)
      rows.put(.jobs, sum.jobs)
      rows.put(.dependencyMs, sum.dependency)
      rows.put(.capacityMs, sum.capacity)
      rows.put(.startMs, sum.start)
      try rows.write()
    }
  }
}

/// What facts say beside jobs and attempts, in milliseconds.
struct WaitFacts {
  /// When the last of the jobs that a job depends on ended, by the job's id.
  private(set) var ready: [Int64: Int64] = [:]
  /// When SageMaker took a service job, by its id.
  private(set) var scheduled: [Int64: Int64] = [:]
  private let knowsPulls: Bool

  init(_ connection: Connection, _ scope: InsightScope) throws {
    knowsPulls =
      try connection.integer("SELECT EXISTS (SELECT 1 FROM task WHERE pull_started_at_ms IS NOT NULL)") == 1
    let dependencies =
      scope.isPart ? "\(scope.jobs) CROSS JOIN job_dependency d ON d.job_id = job.job_id" : "job_dependency d"
    let job = scope.isPart ? "job.id" : "(SELECT id FROM job WHERE job_id = d.job_id)"
    try connection.scan(
      "\(job), b.stopped_at_ms",
      from: "\(dependencies) CROSS JOIN job b ON b.job_id = d.depends_on WHERE b.stopped_at_ms IS NOT NULL"
    ) { row in
      let (job, end) = row.timed
      ready[job] = max(ready[job] ?? .min, end)
    }
    let service =
      scope.isPart
      ? "\(scope.jobs) CROSS JOIN service_job s ON s.job_id = job.job_id"
      : "service_job s CROSS JOIN job ON job.job_id = s.job_id"
    try connection.scan("job.id, s.scheduled_at_ms", from: "\(service) WHERE s.scheduled_at_ms IS NOT NULL") { row in
      let (job, time) = row.timed
      scheduled[job] = time
    }
  }

  /// When the image pull of each attempt of a block began, by its id.
  func pulls(_ block: JobBlock, _ scope: InsightScope, _ connection: Connection) throws -> [Int64: Int64] {
    var pulls: [Int64: Int64] = [:]
    if !knowsPulls { return pulls }
    let own = block.range.map { "AND \(AttemptID.isOf("attempt.id", jobs: $0))" } ?? ""
    try connection.scan(
      "attempt.id, t.pull_started_at_ms",
      from:
        "\(scope.attempts) CROSS JOIN task t ON t.task_id = attempt.task_id WHERE t.pull_started_at_ms IS NOT NULL \(own)"
    ) { row in
      let (attempt, start) = row.timed
      pulls[attempt] = min(pulls[attempt] ?? .max, start)
    }
    return pulls
  }
}

extension ScannedRow {
  /// An id and a time, its first two columns.
  fileprivate var timed: (id: Int64, milliseconds: Int64) { (integer(0), integer(1)) }
}

private enum WaitPartColumn: Int32, TableColumns {
  case day, jobQueue, jobs, dependencyMs, capacityMs, startMs
  static let table = "wait_part"
}

extension Insight {
  static let waitParts = Insight.ofJobs("parts of waits", tables: ["wait_part"], by: .day, WaitParts.self)
}
