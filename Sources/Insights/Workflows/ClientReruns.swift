import Domain

/// Jobs that a client submitted again after a failure: tries at one task, without Batch knowing.
///
/// Two jobs with the same run, step and task are tries at the same work, unless they ran at the same time: then the
/// task does not identify jobs, and no re-run is assumed. If the client names no run, the next try is the one with the
/// next number or, if it writes no numbers, the next job of the task, created within `RunsByTime.pause` of the
/// failure's end. If a client that is known to resubmit names no task, a failed job counts as run again by the first
/// job of its run, or else of its queue, with the same step (and name, if the client keeps it) that was created within
/// `patience` of its end. If its queue has none, one in another queue of the account and region counts: clients try
/// again On-Demand what Spot took. A failed child of an array that nothing else ran again counts as run again by the first
/// single job with the same step. Each job is the re-run of at most one other.
struct ClientReruns: Sendable {
  /// How long a client takes to resubmit a failed job: Airflow waits for five minutes.
  static let patience: Int64 = 6 * 60_000
  /// The largest difference between clocks of Batch's services.
  static let skew: Int64 = 60_000

  struct Link: Equatable, Sendable {
    /// The job that ran the failed one again.
    var next: Int64
    /// False if only name and time indicate it.
    var isSure: Bool
  }

  /// By the id of the job that failed.
  private(set) var links: [Int64: Link] = [:]
  /// The first job of the tries, and the number of earlier tries, by the id of each job except the first.
  private var chains: [Int64: (first: Int64, place: Int64)] = [:]
  /// Jobs that ran another one again.
  private var followers: Set<Int64> = []

  /// The first job of the tries that this one belongs to: mostly itself.
  func first(of job: Int64) -> Int64 { chains[job]?.first ?? job }

  /// How many jobs tried before it.
  func place(of job: Int64) -> Int64 { chains[job]?.place ?? 0 }

  /// All jobs with several tries, and the first job of each.
  var works: [(job: Int64, work: Int64)] {
    chains.map { ($0.key, $0.value.first) } + Set(chains.values.map(\.first)).map { ($0, $0) }
  }

  /// Whether it and another job are tries at the same work.
  func isOneOfSeveral(_ job: Int64) -> Bool { links[job] != nil || chains[job] != nil }

  /// The last job of the tries.
  func last(of job: Int64) -> Int64 {
    var job = job
    while let link = links[job] { job = link.next }
    return job
  }

  /// What all attempts at one piece of work share: the id of the first job that tried.
  func work(of attempt: Int64) -> Int64 { first(of: AttemptID.job(of: attempt)) }

  /// The order of the attempts at one piece of work: job after job, and the attempts within each.
  func order(of attempt: Int64) -> Int64 {
    AttemptID.make(job: place(of: AttemptID.job(of: attempt)), ordinal: AttemptID.ordinal(of: attempt))
  }

  /// No re-runs.
  init() {}

  init(_ jobs: JobTable, _ queues: [Int64: QueueFacts]) {
    link(jobs, queues, acrossQueues: false)
    link(jobs, queues, acrossQueues: true)
    linkArrayChildren(jobs, queues)
    numberChains()
  }

  /// - Parameter acrossQueues: what nothing in its own queue ran again, if the client names no run.
  private mutating func link(_ jobs: JobTable, _ queues: [Int64: QueueFacts], acrossQueues: Bool) {
    let identities = jobs.identities
    func key(_ id: Int32, _ queue: Int32) -> Key? {
      let identity = identities[Int64(id)]
      // A step alone tells too little: two people may do the same in two queues.
      if acrossQueues, identity.isOfNamedRun || identity.task < 0 && identity.nameDigest == 0 { return nil }
      return Key(identity, queue: queue, queues, acrossQueues: acrossQueues)
    }
    var failed: Set<Key> = []
    for job in jobs.endedOfClients where !job.succeeded && job.isCounted && links[Int64(job.id)] == nil {
      if let key = key(job.id, job.queue) { failed.insert(key) }
    }
    guard !failed.isEmpty else { return }
    var members: [Key: [Try]] = [:]
    for job in jobs.endedOfClients where job.isCounted {
      guard let key = key(job.id, job.queue), failed.contains(key) else { continue }
      members[key, default: []].append(
        Try(
          job: Int64(job.id), queue: job.queue, created: job.created, stopped: job.stopped, failed: !job.succeeded,
          lostHost: job.lostHost, number: identities[Int64(job.id)].tryNumber))
    }
    for job in jobs.unfinished where identities.hasClient(Int64(job.id)) {
      guard let key = key(job.id, job.queue), failed.contains(key) else { continue }
      members[key, default: []].append(
        Try(
          job: Int64(job.id), queue: job.queue, created: job.created, stopped: .max, failed: false, lostHost: false,
          number: identities[Int64(job.id)].tryNumber))
    }
    for (key, tries) in members {
      let tries = tries.sorted { ($0.created, $0.job) < ($1.created, $1.job) }
      if acrossQueues, Set(tries.map(\.queue)).count < 2 { continue }
      if key.task >= 0, key.place >= 0 {
        linkTask(tries)
      } else if key.task >= 0 {
        linkByTime(tries, within: RunsByTime.pause)
      } else if identities.resubmits(key.client) {
        linkByTime(tries, within: Self.patience, isName: key.name != 0)
      }
    }
  }

  /// A client that submits tasks as an array tries a failed one again as a job of its own, which has the name of the task,
  /// where the child has that of the array: only their step is the same.
  private mutating func linkArrayChildren(_ jobs: JobTable, _ queues: [Int64: QueueFacts]) {
    func key(_ job: EndedJob) -> Key? {
      var identity = jobs.identities[Int64(job.id)]
      guard identity.task < 0, jobs.identities.resubmits(identity.client) else { return nil }
      identity.nameDigest = 0
      return Key(identity, queue: job.queue, queues, acrossQueues: false)
    }
    var members: [Key: [Try]] = [:]
    for job in jobs.endedOfClients
    where job.isArrayChild && !job.succeeded && job.isCounted && links[Int64(job.id)] == nil {
      if let key = key(job) { members[key, default: []].append(Try(job, isArrayChild: true)) }
    }
    guard !members.isEmpty else { return }
    for job in jobs.endedOfClients where !job.isArrayChild && job.isCounted {
      if let key = key(job), members[key] != nil { members[key]?.append(Try(job, isArrayChild: false)) }
    }
    for tries in members.values {
      linkByTime(tries.sorted { ($0.created, $0.job) < ($1.created, $1.job) }, within: Self.patience)
    }
  }

  private mutating func linkTask(_ tries: [Try]) {
    for (one, next) in zip(tries, tries.dropFirst()) where next.created < one.stopped.saturating(minus: Self.skew) {
      return
    }
    for (one, next) in zip(tries, tries.dropFirst()) where one.failed {
      links[one.job] = Link(next: next.job, isSure: true)
      followers.insert(next.job)
    }
  }

  /// - Parameter isName: whether the tries share only their name.
  private mutating func linkByTime(_ tries: [Try], within patience: Int64, isName: Bool = false) {
    let areNumbered = tries.contains { $0.number >= 0 }
    let failed = tries.filter { $0.failed && links[$0.job] == nil }
    for one in failed.sorted(by: { ($0.stopped, $0.job) < ($1.stopped, $1.job) }) {
      // A name that several jobs had at once does not identify a task; but a job that lost its host is run again.
      if isName, !one.lostHost, tries.contains(where: { $0.ran(beside: one) }) { continue }
      let next = tries.first {
        $0.job != one.job && !$0.isArrayChild && !followers.contains($0.job) && $0.created >= one.stopped - Self.skew
          && $0.created > one.created && $0.created <= one.stopped + patience
          && (!areNumbered || $0.number == max(one.number, 1) + 1)
      }
      guard let next else { continue }
      followers.insert(next.job)
      links[one.job] = Link(next: next.job, isSure: areNumbered)
    }
  }

  private mutating func numberChains() {
    for first in links.keys where !followers.contains(first) {
      var (job, place): (Int64, Int64) = (first, 0)
      while let link = links[job] {
        place += 1
        job = link.next
        chains[job] = (first, place)
      }
    }
  }

  fileprivate struct Try {
    var job: Int64
    var queue: Int32
    var created, stopped: Int64
    var failed, lostHost: Bool
    /// The client's number; −1 if it has none.
    var number: Int32
    /// Found among those that failed, and never as the next try.
    var isArrayChild = false

    func ran(beside other: Try) -> Bool {
      job != other.job && created < other.stopped.saturating(minus: ClientReruns.skew)
        && other.created < stopped.saturating(minus: ClientReruns.skew)
    }
  }

  /// What tries at one piece of work have in common.
  private struct Key: Hashable {
    var client, step, task: Int32
    var name: UInt32
    /// The account and region of a named run, because other accounts may have runs of the same name, and of all queues.
    var accountRegion: Int32 = 0
    /// The run; for clients that do not name runs the queue, as a negative number; −1 for all queues.
    var place: Int32
    /// A label of the run, which may come back; −1 for none.
    var label: Int32

    init(_ identity: JobIdentities.Identity, queue: Int32, _ queues: [Int64: QueueFacts], acrossQueues: Bool) {
      (client, step, task, name) = (identity.client, identity.step, identity.task, identity.nameDigest)
      place = identity.isOfNamedRun ? identity.run : acrossQueues ? -1 : -1 - queue
      label = identity.hasLabel ? identity.run : -1
      if identity.isOfNamedRun || acrossQueues { accountRegion = queues[Int64(queue)]?.accountRegion ?? 0 }
    }
  }
}

extension ClientReruns.Try {
  fileprivate init(_ job: EndedJob, isArrayChild: Bool) {
    self.init(
      job: Int64(job.id), queue: job.queue, created: job.created, stopped: job.stopped, failed: !job.succeeded,
      lostHost: job.lostHost, number: -1, isArrayChild: isArrayChild)
  }
}

extension Int64 {
  fileprivate func saturating(minus other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? .max : difference
  }
}
