/// What a run of a workflow cost: its jobs, from the first created to the last ended.
///
/// If the client names the run, jobs of one account, region, client, workflow and run belong together. Otherwise runs
/// are inferred from times, see `RunsByTime`, and marked as approximate. Jobs without a recognised client belong to no
/// run.
///
/// Money is in nanodollars, moments in milliseconds since 1970; client, workflow and user are numbers of
/// `JobIdentities`, −1 if unknown.
struct WorkflowRun {
  var client: Int32
  var workflow: Int32
  /// −1 if it is inferred from times.
  var run: Int32
  var user: Int32
  /// The queue of its first job.
  var queue: Int32
  var jobs = 0
  var unfinished = 0
  var failed = 0
  /// Tries beyond the first for each piece of work, by Batch or by the client.
  var retries = 0
  /// Positions in `JobIdentities.steps`.
  var steps: Set<Int32> = []
  /// Nil if none of it is priced, or if all of it ran on unknown hosts.
  var cost: Int64?
  /// The cost of attempts that were lost with their Spot host.
  var lost: Int64 = 0
  /// Of the attempts of its jobs.
  var time = PricedTime()
  var created: Int64
  /// When the last job ended; the time of collection if one has not.
  var stopped: Int64
  /// In order of creation.
  let members: [Int32]

  /// - Parameters:
  ///   - members: in order of creation; at least one.
  ///   - retries, lost, time: for a job, by its id.
  ///   - isPriced: whether any of a job has a price; nil if nothing of it ran.
  init(
    _ members: [RunMember], _ identities: JobIdentities, retries: (Int64) -> Int, lost: (Int64) -> Int64,
    isPriced: (Int64) -> Bool?, time: (Int64) -> PricedTime
  ) {
    let first = identities[Int64(members[0].id)]
    (client, workflow, run, user) = (first.client, first.workflow, first.run, first.user)
    (queue, created, stopped) = (members[0].queue, members[0].created, members[0].stopped)
    self.members = members.map(\.id)
    var sum: Int64 = 0
    for job in members {
      let id = Int64(job.id)
      if job.isCounted {
        jobs += 1
        if !job.hasEnded { unfinished += 1 }
        if job.hasEnded, !job.succeeded { failed += 1 }
      }
      self.retries += retries(id)
      self.lost += lost(id)
      self.time += time(id)
      sum += job.cost
      stopped = max(stopped, job.stopped)
      steps.insert(identities[id].step)
      if user < 0 { user = identities[id].user }
    }
    let priced = sum == 0 ? members.compactMap { isPriced(Int64($0.id)) } : []
    cost = priced.isEmpty || priced.contains(true) ? sum : nil
  }
}

/// A job of a run. Units are those of `WorkflowRun`.
struct RunMember: Sendable {
  var id: Int32
  var queue: Int32
  var step: Int32
  /// −1 if the client names none.
  var task: Int32
  var created: Int64
  /// The time of collection if it has not ended.
  var stopped: Int64
  var cost: Int64
  var isCounted: Bool
  var succeeded: Bool
  var hasEnded: Bool

  init(_ job: EndedJob, _ identity: JobIdentities.Identity) {
    (id, queue, step, task) = (job.id, job.queue, identity.step, identity.task)
    (created, stopped, cost) = (job.created, job.stopped, job.cost)
    (isCounted, succeeded, hasEnded) = (job.isCounted, job.succeeded, true)
  }

  init(_ job: UnfinishedJob, _ identity: JobIdentities.Identity, asOf: Int64) {
    (id, queue, step, task) = (job.id, job.queue, identity.step, identity.task)
    (created, stopped, cost) = (job.created, max(asOf, job.created), job.cost)
    (isCounted, succeeded, hasEnded) = (job.isCounted, false, false)
  }
}
