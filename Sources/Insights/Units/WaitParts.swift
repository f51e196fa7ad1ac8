import Domain
import Store

/// What a job waited for: other jobs, capacity, its start. The parts add up to the time from its creation to its first
/// start.
struct WaitParts {
  struct Sum: Equatable {
    var jobs: Int64 = 0
    /// Until the last of the jobs that it depends on ended; in milliseconds, like the next two.
    var dependency: Int64 = 0
    /// From then until it was placed.
    var capacity: Int64 = 0
    /// From then until it started.
    var start: Int64 = 0
  }

  private(set) var sums = PackedSums<Starts.Key, Sum>()

  /// - Complexity: O(n) in the number of attempts.
  init(_ attempts: AttemptTable, _ jobs: JobTable, _ facts: WaitFacts, _ scope: InsightScope) {
    var lastJob: Int64 = -1
    for position in 0..<attempts.count where attempts[position].started >= 0 {
      let attempt = attempts[position]
      let (job, started) = (AttemptID.job(of: attempt.id), attempt.started)
      if job == lastJob { continue }
      lastJob = job
      guard attempts.isCounted(job) else { continue }
      let key = Starts.Key(day: Instant(milliseconds: started).day.number, queue: attempt.queue)
      guard scope.has(day: key.day) else { continue }
      let created = jobs.created(job)
      guard created >= 0, started >= created else { continue }
      let placed = max(created, min(started, facts.scheduled[job] ?? facts.pulled(position) ?? started))
      let ready = min(placed, max(created, facts.ready[job] ?? created))
      sums.update(key, from: Sum()) {
        $0.jobs += 1
        $0.dependency += ready - created
        $0.capacity += placed - ready
        $0.start += started - placed
      }
    }
  }
}

/// What facts say beside jobs and attempts, in milliseconds.
struct WaitFacts {
  /// When the last of the jobs that a job depends on ended, by the job's id.
  private(set) var ready: [Int64: Int64] = [:]
  /// When SageMaker took a service job, by its id.
  private(set) var scheduled: [Int64: Int64] = [:]
  /// When the image pull of an attempt began, by its position; empty if no task is known.
  private var pulls: ContiguousArray<Int64> = []

  init(_ connection: Connection, _ attempts: AttemptTable, _ scope: InsightScope) throws {
    let dependencies =
      scope.isPart ? "\(scope.jobs) CROSS JOIN job_dependency d ON d.job_id = job.job_id" : "job_dependency d"
    let job = scope.isPart ? "job.id" : "(SELECT id FROM job WHERE job_id = d.job_id)"
    try connection.scan(
      "\(job), b.stopped_at_ms",
      from: "\(dependencies) CROSS JOIN job b ON b.job_id = d.depends_on WHERE b.stopped_at_ms IS NOT NULL"
    ) { row in ready[row.integer(0)] = max(ready[row.integer(0)] ?? .min, row.integer(1)) }
    let service =
      scope.isPart
      ? "\(scope.jobs) CROSS JOIN service_job s ON s.job_id = job.job_id"
      : "service_job s CROSS JOIN job ON job.job_id = s.job_id"
    try connection.scan("job.id, s.scheduled_at_ms", from: "\(service) WHERE s.scheduled_at_ms IS NOT NULL") { row in
      scheduled[row.integer(0)] = row.integer(1)
    }
    guard try connection.integer("SELECT EXISTS (SELECT 1 FROM task WHERE pull_started_at_ms IS NOT NULL)") == 1 else {
      return
    }
    pulls = ContiguousArray(repeating: .max, count: attempts.count)
    try connection.scan(
      "attempt.id, t.pull_started_at_ms",
      from: "\(scope.attempts) CROSS JOIN task t ON t.task_id = attempt.task_id WHERE t.pull_started_at_ms IS NOT NULL"
    ) { row in
      if let position = attempts.position(of: row.integer(0)) { pulls[position] = min(pulls[position], row.integer(1)) }
    }
  }

  /// When the image pull of an attempt began; nil if unknown.
  func pulled(_ position: Int) -> Int64? { pulls.isEmpty || pulls[position] == .max ? nil : pulls[position] }
}

private enum WaitPartColumn: Int32, TableColumns {
  case day, jobQueue, jobs, dependencyMs, capacityMs, startMs
  static let table = "wait_part"
}

extension Insight {
  static let waitParts = Insight("parts of waits", tables: ["wait_part"], by: .day) { view, connection in
    let facts = try WaitFacts(connection, view.attempts, view.scope)
    let rows = try TableWriter<WaitPartColumn>(connection)
    for (key, sum) in WaitParts(view.attempts, view.jobs, facts, view.scope).sums.sorted() {
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
