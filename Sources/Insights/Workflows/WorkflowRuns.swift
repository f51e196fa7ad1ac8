import Domain
import Store

extension Insight {
  static let workflowRuns = Insight(
    "workflow runs", tables: ["workflow_run", "job_step", "job_identity", "client_rerun"]
  ) { view, connection in
    let identities = view.jobs.identities
    let runs = WorkflowRuns(view).runs
    try writeRuns(runs, view, connection)
    try writeSteps(identities, connection)
    try writeIdentities(runs, identities, connection)
    let writer = try RowWriter(connection, "client_rerun", columns: 3)
    for (job, link) in view.reruns.links.sorted(by: { $0.key < $1.key }) {
      try writer.write(.integer(job), .integer(link.next), .flag(link.isSure))
    }
  }

  private static func writeRuns(_ runs: [WorkflowRun], _ view: LedgerView, _ connection: Connection) throws {
    let identities = view.jobs.identities
    var series: [WorkflowRun.Series: Int] = [:]
    let writer = try RowWriter(connection, "workflow_run", columns: 18)
    for (index, run) in runs.enumerated() {
      let number = series[run.series, default: series.count + 1]
      series[run.series] = number
      try writer.write(
        .integer(index + 1), .text(identities.clients[Int(run.client)]), .optional(identities.text(run.workflow)),
        .optional(identities.text(run.run)), .optional(identities.text(run.user)), .integer(number),
        .integer(Int64(run.queue)), .integer(Int64(Instant(milliseconds: run.stopped).day.number)),
        .integer(run.created), run.unfinished == 0 ? .integer(run.stopped) : .null, .integer(run.steps.count),
        .integer(run.jobs), .integer(run.unfinished), .integer(run.failed), .integer(run.retries), .optional(run.cost),
        .integer(run.lost), .text(name(of: run, identities)))
    }
  }

  /// As its client calls it; else the workflow or the client, and when it began: `nf-core/sarek@2026-10-24T11:11:55Z`.
  private static func name(of run: WorkflowRun, _ identities: JobIdentities) -> String {
    if let name = identities.text(run.run) { return name }
    let began = Instant(milliseconds: run.created / 1000 * 1000)
    return "\(identities.text(run.workflow) ?? identities.clients[Int(run.client)])@\(began)"
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

  private static func writeIdentities(
    _ runs: [WorkflowRun], _ identities: JobIdentities, _ connection: Connection
  ) throws {
    var runOfJob = ContiguousArray<Int64>(repeating: RowFeed.null, count: identities.count)
    for (index, run) in runs.enumerated() {
      for job in run.members { runOfJob[Int(job)] = Int64(index + 1) }
    }
    let rows = try RowFeed(connection, into: "job_identity", columns: 3)
    for job in 0..<identities.count where identities[Int64(job)].step >= 0 {
      rows.append(Int64(job))
      rows.append(Int64(identities[Int64(job)].step))
      rows.append(runOfJob[job])
      try rows.endRow()
    }
    try rows.flush()
  }
}

/// All runs that are known, in the order in which they began.
private struct WorkflowRuns {
  private(set) var runs: [WorkflowRun] = []

  private struct Key: Hashable {
    var client, workflow, place, run: Int32
  }

  init(_ view: LedgerView) {
    let identities = view.jobs.identities
    var groups: [Key: [RunMember]] = [:]
    func add(_ member: RunMember) {
      let identity = identities[Int64(member.id)]
      guard identity.client >= 0 else { return }
      // A run that has a name may use several queues.
      let place =
        identity.run >= 0 ? view.queues[Int64(member.queue)]?.accountRegion ?? 0 : member.queue
      groups[
        Key(client: identity.client, workflow: identity.workflow, place: place, run: identity.run), default: []
      ].append(member)
    }
    for job in view.jobs.ended { add(RunMember(job, identities[Int64(job.id)])) }
    for job in view.jobs.unfinished {
      add(RunMember(job, identities[Int64(job.id)], asOf: view.asOf.milliseconds))
    }
    let lost = Self.lost(view)
    for (key, jobs) in groups {
      let members: [[RunMember]] =
        if key.run >= 0 {
          [jobs.sorted { ($0.created, $0.id) < ($1.created, $1.id) }]
        } else if key.workflow >= 0 {
          RunsByTime.windows(jobs)
        } else {
          RunsByTime.runs(jobs) { view.reruns.links[Int64($0)].map { Int32($0.next) } ?? -1 }
        }
      for members in members {
        runs.append(
          WorkflowRun(
            members, identities,
            retries: { id in
              max(view.attempts.positions(ofJob: id).count - 1, 0) + (view.reruns.place(of: id) > 0 ? 1 : 0)
            }, lost: { lost[$0] ?? 0 },
            isPriced: { id in
              let ran = view.attempts.positions(ofJob: id)
              return ran.isEmpty ? nil : ran.contains { view.postings.costs.isPriced($0) }
            }))
      }
    }
    runs.sort { Self.order($0) < Self.order($1) }
  }

  /// What attempts cost that were lost with their Spot host, by job.
  private static func lost(_ view: LedgerView) -> [Int64: Int64] {
    var lost: [Int64: Int64] = [:]
    for posting in view.postings.audited
    where view.failed.isLost(posting.attempt) && view.resources[posting.resource]?.isSpot == true {
      lost[AttemptID.job(of: posting.attempt), default: 0] += posting.cost ?? 0
    }
    return lost
  }

  private static func order(_ run: WorkflowRun) -> (Int64, Int32, Int32) {
    (run.created, run.client, run.members[0])
  }
}

extension WorkflowRun {
  /// What runs of one workflow have in common: its name; where the client names none the queue and the steps.
  struct Series: Hashable {
    var client, workflow, queue: Int32
    var steps: Set<Int32>
  }

  var series: Series {
    workflow >= 0
      ? Series(client: client, workflow: workflow, queue: -1, steps: [])
      : Series(client: client, workflow: -1, queue: queue, steps: steps)
  }
}
