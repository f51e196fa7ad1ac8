import Domain
import Store

/// What a run of a workflow cost: its jobs, from the first created to the last ended.
///
/// Where the client names the run, jobs of one account, region, client, workflow and run belong together. Where it does
/// not, runs are told by time, see `RunsByTime`, and are called about. Jobs of which no client is recognised belong to
/// no run.
struct WorkflowRun {
  var client: Int32
  var workflow: Int32
  /// −1 where it is told by time.
  var run: Int32
  var user: Int32
  /// Of its first job.
  var queue: Int32
  var jobs = 0
  var failed = 0
  /// Tries beyond the first of each work, whether Batch or the client retried.
  var retries = 0
  var steps: Set<Int32> = []
  var cost: Int64 = 0
  /// Paid for attempts that were lost with their Spot host and run again.
  var lost: Int64 = 0
  var created: Int64
  var stopped: Int64

  init(_ first: EndedJob, _ identity: JobIdentities.Identity) {
    (client, workflow, run) = (identity.client, identity.workflow, identity.run)
    (user, queue, created, stopped) = (identity.user, first.queue, first.created, first.stopped)
  }

  mutating func add(_ job: EndedJob, _ identity: JobIdentities.Identity, retries: Int, lost: Int64) {
    jobs += job.isCounted ? 1 : 0
    failed += job.isCounted && !job.succeeded ? 1 : 0
    self.retries += retries
    self.lost += lost
    steps.insert(identity.step)
    cost += job.cost
    if (job.created, job.queue) < (created, queue) { queue = job.queue }
    created = min(created, job.created)
    stopped = max(stopped, job.stopped)
    if user < 0 { user = identity.user }
  }
}

/// Tells runs of a client that names none, of the jobs that it submitted to one queue.
///
/// A new run begins where no job had been waiting or running for an hour. Steps that always came together belong to one
/// set of steps; where two sets ran at the same time, they are two runs.
struct RunsByTime {
  /// The longest time without any job within one run.
  static let pause: Int64 = 3_600_000

  /// - Parameter jobs: with the step that each did.
  /// - Returns: the jobs of each run.
  static func runs(_ jobs: [(job: EndedJob, step: Int32)]) -> [[EndedJob]] {
    var windows: [[(job: EndedJob, step: Int32)]] = []
    var end = Int64.min
    for next in jobs.sorted(by: { ($0.job.created, $0.job.id) < ($1.job.created, $1.job.id) }) {
      if windows.isEmpty || next.job.created > end + pause { windows.append([]) }
      windows[windows.count - 1].append(next)
      end = max(end, next.job.stopped)
    }
    var seen: [Int32: [Int]] = [:]
    for (index, window) in windows.enumerated() {
      for step in Set(window.map(\.step)) { seen[step, default: []].append(index) }
    }
    return windows.flatMap { split($0, by: seen) }
  }

  private static func split(_ window: [(job: EndedJob, step: Int32)], by seen: [Int32: [Int]]) -> [[EndedJob]] {
    var sets: [[Int]: [EndedJob]] = [:]
    for (job, step) in window { sets[seen[step] ?? [], default: []].append(job) }
    var runs: [(jobs: [EndedJob], from: Int64, to: Int64)] = []
    let ordered = sets.values.map { jobs in
      (jobs, jobs.map(\.created).min() ?? 0, jobs.map(\.stopped).max() ?? 0)
    }
    for (jobs, from, to) in ordered.sorted(by: { ($0.1, $0.2, $0.0[0].id) < ($1.1, $1.2, $1.0[0].id) }) {
      if let place = runs.firstIndex(where: { from >= $0.to || to <= $0.from }) {
        runs[place].jobs += jobs
        (runs[place].from, runs[place].to) = (min(runs[place].from, from), max(runs[place].to, to))
      } else {
        runs.append((jobs, from, to))
      }
    }
    return runs.map(\.jobs)
  }
}

extension Insight {
  static let workflowRuns = Insight("workflow runs", tables: ["workflow_run", "job_step", "client_rerun"]) {
    view, connection in
    let identities = view.jobs.identities
    var lost: [Int64: Int64] = [:]
    for posting in view.postings.audited
    where view.retried.isLost(posting.attempt) && view.resources[posting.resource]?.isSpot == true {
      lost[AttemptID.job(of: posting.attempt), default: 0] += posting.cost ?? 0
    }

    struct Key: Hashable {
      var client, workflow, place, run: Int32
    }
    var named: [Key: [EndedJob]] = [:]
    var unnamed: [Key: [(job: EndedJob, step: Int32)]] = [:]
    for job in view.jobs.ended {
      let identity = identities[Int64(job.id)]
      guard identity.client >= 0 else { continue }
      if identity.run >= 0 {
        let place = view.queues[Int64(job.queue)]?.accountRegion ?? 0
        named[
          Key(client: identity.client, workflow: identity.workflow, place: place, run: identity.run), default: []
        ].append(job)
      } else {
        unnamed[Key(client: identity.client, workflow: identity.workflow, place: job.queue, run: -1), default: []]
          .append((job, identity.step))
      }
    }
    let groups = Array(named.values) + unnamed.values.flatMap { RunsByTime.runs($0) }
    var runs: [WorkflowRun] = []
    for jobs in groups {
      let jobs = jobs.sorted { ($0.created, $0.id) < ($1.created, $1.id) }
      var run = WorkflowRun(jobs[0], identities[Int64(jobs[0].id)])
      for job in jobs {
        let id = Int64(job.id)
        let attempts = view.attempts.positions(ofJob: id).count
        let retries = max(attempts - 1, 0) + (view.retried.isRerun(job: id) ? 1 : 0)
        run.add(job, identities[id], retries: retries, lost: lost[id] ?? 0)
      }
      runs.append(run)
    }
    func order(_ run: WorkflowRun) -> (Int64, Int32, String, String, Int32) {
      let (workflow, name) = (identities.text(run.workflow), identities.text(run.run))
      return (run.created, run.client, workflow ?? "", name ?? "", run.queue)
    }
    let writer = try RowWriter(connection, "workflow_run", columns: 15)
    for (index, run) in runs.sorted(by: { order($0) < order($1) }).enumerated() {
      try writer.write(
        .integer(index + 1), .text(identities.clients[Int(run.client)]), .optional(identities.text(run.workflow)),
        .optional(identities.text(run.run)), .optional(identities.text(run.user)), .integer(Int64(run.queue)),
        .integer(Int64(Instant(milliseconds: run.stopped).day.number)), .integer(run.created), .integer(run.stopped),
        .integer(run.steps.count), .integer(run.jobs), .integer(run.failed), .integer(run.retries), .integer(run.cost),
        .integer(run.lost))
    }
    try writeSteps(identities, connection)
    try writeReruns(view, connection)
  }

  private static func writeSteps(_ identities: JobIdentities, _ connection: Connection) throws {
    let writer = try RowWriter(connection, "job_step", columns: 5)
    for (index, step) in identities.steps.enumerated() {
      try writer.write(
        .integer(index), .optional(step.client < 0 ? nil : identities.clients[Int(step.client)]),
        .optional(identities.text(step.workflow)), .text(step.name.isEmpty ? step.definition : step.name),
        .text(step.definition))
    }
  }

  private static func writeReruns(_ view: LedgerView, _ connection: Connection) throws {
    let writer = try RowWriter(connection, "client_rerun", columns: 3)
    for (job, link) in view.retried.clientLinks {
      try writer.write(.integer(job), .integer(link.next), .flag(link.isSure))
    }
  }
}
