import Domain
import Store

extension Insight {
  /// Runs are always computed from all jobs of their clients, even if little changed: a run inferred from times may
  /// change, or split, because of any job beside it.
  static let workflowRuns = Insight(
    "workflow runs", tables: ["workflow_run", "job_step", "job_identity", "client_rerun"], by: .own
  ) { view, connection in
    let isWhole = !view.scope.isPart
    for table in ["workflow_run", "client_rerun"] + (isWhole ? ["job_step", "job_identity"] : []) {
      try connection.execute("DELETE FROM \(table)")
    }
    let runs = WorkflowRuns(view).runs
    try writeRuns(runs, view, connection)
    try writeSteps(view, connection)
    try writeIdentities(runs, view, connection)
    let writer = try RowWriter(connection, "client_rerun", columns: 3)
    for (job, link) in view.reruns.links.sorted(by: { $0.key < $1.key }) {
      try writer.write(.integer(job), .integer(link.next), .flag(link.isSure))
    }
  }

  private static func writeRuns(_ runs: [WorkflowRun], _ view: LedgerView, _ connection: Connection) throws {
    let identities = view.jobs.identities
    var series: [WorkflowRun.Series: Int] = [:]
    let writer = try RowWriter(connection, "workflow_run", columns: 19)
    for (index, run) in runs.enumerated() {
      let number = series[run.series, default: series.count + 1]
      series[run.series] = number
      try writer.write(
        .integer(index + 1), .text(identities.clients[Int(run.client)]), .optional(identities.text(run.workflow)),
        .optional(identities.text(run.run)), .optional(identities.text(run.user)), .integer(number),
        .integer(Int64(run.queue)), .integer(Int64(Instant(milliseconds: run.stopped).day.number)),
        .integer(run.created), run.unfinished == 0 ? .integer(run.stopped) : .null, .integer(run.steps.count),
        .integer(run.jobs), .integer(run.unfinished), .integer(run.failed), .integer(run.retries), .optional(run.cost),
        .integer(run.lost), .text(name(of: run, identities)), .flag(run.time.isPriced))
    }
  }

  /// The client's name for it; else the workflow or the client, and when it began:
  /// `nf-core/sarek@2026-10-24T11:11:55Z`.
  private static func name(of run: WorkflowRun, _ identities: JobIdentities) -> String {
    if let name = identities.text(run.run) { return name }
    let began = Instant(milliseconds: run.created / 1000 * 1000)
    return "\(identities.text(run.workflow) ?? identities.clients[Int(run.client)])@\(began)"
  }

  /// Writes steps that are new or renamed; for a full build, all of them.
  private static func writeSteps(_ view: LedgerView, _ connection: Connection) throws {
    let identities = view.jobs.identities
    let statement = try connection.prepare(
      """
      INSERT INTO job_step VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET (client, workflow, name, job_definition) =
        (excluded.client, excluded.workflow, excluded.name, excluded.job_definition)
      WHERE job_definition <> excluded.job_definition
      """)
    for (index, step) in identities.steps.enumerated() where identities.areTold(index) {
      statement.bind(
        Int64(index), step.client < 0 ? nil : identities.clients[Int(step.client)],
        identities.text(step.workflow), step.shownName, step.definition)
      try statement.run()
    }
  }

  private static func writeIdentities(
    _ runs: [WorkflowRun], _ view: LedgerView, _ connection: Connection
  ) throws {
    let identities = view.jobs.identities
    let numbers = RunNumbers(runs, identities)
    if view.scope.isPart { return try changeIdentities(numbers, view, connection) }
    let rows = try RowFeed(connection, into: "job_identity", columns: 3)
    for job in 0..<identities.index.count where identities.step(of: Int64(job)) >= 0 {
      rows.append(Int64(job))
      rows.append(Int64(identities.step(of: Int64(job))))
      rows.append(numbers[Int64(job)])
      try rows.endRow()
    }
    try rows.flush()
  }

  /// Writes what changed, and removes steps that no job has any more.
  private static func changeIdentities(
    _ runs: RunNumbers, _ view: LedgerView, _ connection: Connection
  ) throws {
    let identities = view.jobs.identities
    var changed: [Int64] = []
    var left: Set<Int64> = []
    let stored = "part_job LEFT JOIN job_identity i ON i.job = part_id"
    enum Field: Int32, SelectedColumn {
      case partId, jobStep, workflowRun
      var sql: String {
        switch self {
        case .partId: "\(name)"
        default: "i.\(name)"
        }
      }
    }
    try connection.scan(Field.list, from: stored) { row in
      let job = row.integer(Field.partId)
      let (step, run) = (Int64(identities.step(of: job)), runs[job])
      let (hadStep, hadRun) = (row.optionalInteger(Field.jobStep) ?? -1, row.optionalInteger(Field.workflowRun))
      if step != hadStep || run != hadRun { changed.append(job) }
      if step != hadStep, hadStep >= 0 { left.insert(hadStep) }
    }
    let delete = try connection.prepare("DELETE FROM job_identity WHERE job = ?")
    let insert = try connection.prepare("INSERT OR REPLACE INTO job_identity VALUES (?, ?, ?)")
    for job in changed {
      let step = Int64(identities.step(of: job))
      if step < 0 {
        delete.bind(job)
        try delete.run()
        continue
      }
      insert.bind(job, step, runs[job])
      try insert.run()
    }
    for step in left.sorted() {
      try connection.execute(
        "DELETE FROM job_step WHERE id = \(step) AND NOT EXISTS (SELECT 1 FROM job_identity WHERE job_step = \(step))")
    }
  }
}

/// The numbers of runs by job, from 1.
private struct RunNumbers {
  /// By position among the jobs with a client; 0 for none.
  private var numbers: ContiguousArray<Int32>
  private let identities: JobIdentities

  init(_ runs: [WorkflowRun], _ identities: JobIdentities) {
    self.identities = identities
    numbers = ContiguousArray(repeating: 0, count: identities.countOfClients)
    for (index, run) in runs.enumerated() {
      for job in run.members {
        if let position = identities.clientPosition(of: Int64(job)) { numbers[position] = Int32(index + 1) }
      }
    }
  }

  subscript(job: Int64) -> Int64? {
    guard let position = identities.clientPosition(of: job), numbers[position] > 0 else { return nil }
    return Int64(numbers[position])
  }
}

/// All known runs, in the order in which they began.
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
      // A named run may use several queues.
      let place =
        identity.run >= 0 ? view.queues[Int64(member.queue)]?.accountRegion ?? 0 : member.queue
      groups[
        Key(client: identity.client, workflow: identity.workflow, place: place, run: identity.run), default: []
      ].append(member)
    }
    for job in view.runJobs.ended { add(RunMember(job, identities[Int64(job.id)])) }
    for job in view.runJobs.unfinished {
      add(RunMember(job, identities[Int64(job.id)], asOf: view.rollups.asOf.milliseconds))
    }
    func rerun(_ job: Int32) -> Int32 { view.reruns.links[Int64(job)].map { Int32($0.next) } ?? -1 }
    for (key, label) in Self.labels(groups, identities, rerun) {
      guard let jobs = groups.removeValue(forKey: key) else { continue }
      for job in jobs {
        groups[Key(client: key.client, workflow: label, place: job.queue, run: -1), default: []].append(job)
      }
    }
    var told: [(key: Key, members: [RunMember])] = []
    for (key, jobs) in groups {
      let found: [[RunMember]] =
        if key.run >= 0 {
          [jobs.sorted { ($0.created, $0.id) < ($1.created, $1.id) }]
        } else if key.workflow >= 0 {
          RunsByTime.runsOfOne(jobs, rerun: rerun)
        } else {
          RunsByTime.runs(jobs, areAlone: identities.submitsAlone(key.client), rerun: rerun)
        }
      told += found.map { (key, $0) }
    }
    for (key, members) in Self.joined(told, view.reruns) {
      var run = WorkflowRun(
        members, identities,
        retries: { id in
          max((view.runJobs.row(id, identities)?.attempts ?? 0) - 1, 0) + (view.reruns.place(of: id) > 0 ? 1 : 0)
        }, lost: { view.runJobs.row($0, identities)?.lost ?? 0 },
        isPriced: { view.runJobs.row($0, identities)?.isPriced },
        time: { view.runJobs.row($0, identities)?.time ?? PricedTime() })
      (run.workflow, run.run) = (key.workflow, key.run)
      runs.append(run)
    }
    runs.sort { Self.order($0) < Self.order($1) }
  }

  /// Labels that come back, and so name no run but what runs again and again: their groups, and the workflow that each
  /// names.
  ///
  /// A label comes back if most of what it seems to have run, see `RunsByTime.runsOfOne`, has the same steps: several
  /// steps in at least three runs or, if it is the only label of its client there, in two; or one step in three.
  private static func labels(
    _ groups: [Key: [RunMember]], _ identities: JobIdentities, _ rerun: (Int32) -> Int32
  ) -> [(Key, Int32)] {
    let labelled = groups.filter { key, jobs in
      key.run >= 0 && jobs.allSatisfy { identities[Int64($0.id)].hasLabel }
    }
    let labels = Dictionary(grouping: labelled.keys) { Key(client: $0.client, workflow: -1, place: $0.place, run: -1) }
    return labelled.compactMap { key, jobs in
      let isOnly = labels[Key(client: key.client, workflow: -1, place: key.place, run: -1)]?.count == 1
      let runs = RunsByTime.runsOfOne(jobs, rerun: rerun).map { Set($0.map(\.step)) }
      let counts = Dictionary(runs.map { ($0, 1) }, uniquingKeysWith: +)
      let comesBack = counts.contains { steps, count in
        let isOne = steps.count == 1
        return count * 2 > runs.count && runs.count >= (isOnly && !isOne ? 2 : 3) && (isOnly || !isOne)
      }
      return comesBack ? (key, key.workflow >= 0 ? key.workflow : key.run) : nil
    }
  }

  /// Runs told by time in several queues are one if a job of one of them ran a job of the other again.
  private static func joined(
    _ told: [(key: Key, members: [RunMember])], _ reruns: ClientReruns
  ) -> [(key: Key, members: [RunMember])] {
    var placeOfJob: [Int32: Int] = [:]
    for (place, run) in told.enumerated() where run.key.run < 0 {
      for job in run.members { placeOfJob[job.id] = place }
    }
    var joined = told
    var target = Array(told.indices)
    for link in reruns.links.sorted(by: { $0.key < $1.key }) {
      guard var failed = placeOfJob[Int32(link.key)], var next = placeOfJob[Int32(link.value.next)] else { continue }
      while target[failed] != failed { failed = target[failed] }
      while target[next] != next { next = target[next] }
      guard failed != next, told[failed].key.place != told[next].key.place else { continue }
      joined[failed].members += joined[next].members
      joined[next].members = []
      target[next] = failed
    }
    return joined.filter { !$0.members.isEmpty }.map { run in
      (run.key, run.members.sorted { ($0.created, $0.id) < ($1.created, $1.id) })
    }
  }

  private static func order(_ run: WorkflowRun) -> (Int64, Int32, Int32) {
    (run.created, run.client, run.members[0])
  }
}

extension WorkflowRun {
  /// What runs of one workflow share: its name or, if the client gives none, the queue and the steps.
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
