import Domain

/// One replay: jobs arrive, environments launch and end instances, EC2 reclaims some.
///
/// Discrete events on one core. A runnable job goes to an instance with room, in the queue's order of environments.
/// Otherwise one is launched for it in the first environment that may launch. Otherwise it waits, and no job of its
/// queue overtakes it unless the fair-share policy prefers that job.
///
/// - Complexity: O(n log m) in attempts n and events m that are due at once, and O(instances of an environment) a job.
struct Simulation: ~Copyable {
  let trace: Trace
  let model: Model
  let draw: Draw
  var instances: ContiguousArray<ReplayedInstance> = []
  var attempts: ContiguousArray<ReplayedAttempt> = []
  var progress: ContiguousArray<Progress> = []
  var events = 0
  var upcoming = EventQueue()
  var number: UInt32 = 0
  var fleets: ContiguousArray<Fleet>
  /// Milli-vCPUs that count against an environment's maximum.
  var inUse: ContiguousArray<Int64>
  var waiting: ContiguousArray<WaitingJobs>
  var waitingJobs = 0
  /// Whether any queue has a fair-share policy.
  let hasShares: Bool
  let queuesByPriority: [Int]
  var choosers: [TypeChooser]
  let traits: ContiguousArray<Traits>
  let delays: DelayTable
  /// By type: nominal milli-vCPUs, and the room for tasks.
  let sizes: ContiguousArray<Int64>
  let rooms: ContiguousArray<Need>
  let orders: QueueOrders
  /// Replayed instances by the real ones they stand for: `Trace.Try.life`.
  var lives: ContiguousArray<Int32>
  let queueTraits: ContiguousArray<QueueTraits>
  /// Whether jobs run longer on some families than on others.
  let knowsSpeeds: Bool

  init(_ trace: Trace, _ model: Model, seed: UInt64) {
    self.trace = trace
    self.model = model
    draw = Draw(seed: seed)
    fleets = ContiguousArray(repeating: Fleet(), count: model.environments.count)
    inUse = ContiguousArray(repeating: 0, count: model.environments.count)
    waiting = ContiguousArray(model.queues.map { WaitingJobs($0.fairShare, shares: trace.shares) })
    hasShares = model.queues.contains { $0.fairShare != nil }
    queuesByPriority = model.queues.indices.sorted {
      model.queues[$0].priority != model.queues[$1].priority
        ? model.queues[$0].priority > model.queues[$1].priority : $0 < $1
    }
    traits = ContiguousArray(model.environments.map(Traits.init))
    delays = DelayTable(model.environments)
    sizes = ContiguousArray(model.shapes.map(\.nominal.milliVCPUs))
    rooms = ContiguousArray(model.shapes.map(\.room))
    orders = QueueOrders(model.queues)
    choosers = model.environments.indices.map {
      TypeChooser(model, environment: $0, zones: trace.zones, at: trace.span.start)
    }
    lives = ContiguousArray(repeating: -1, count: trace.lives)
    queueTraits = ContiguousArray(model.queues.map { [traits] in QueueTraits($0, traits) })
    knowsSpeeds = model.speeds.isKnown && trace.runTypes.count == trace.runs.count
    attempts.reserveCapacity(trace.runs.count + trace.runs.count / 8)
    progress.reserveCapacity(trace.jobs.count)
    for job in trace.jobs {
      progress.append(Progress(spare: job.spareAttempts, predecessors: job.predecessors, ready: job.ready))
    }
  }

  /// Replays the trace's span.
  mutating func run() {
    let end = trace.span.end.milliseconds
    carry()
    for environment in model.environments.indices { keepMinimum(environment, at: trace.span.start.milliseconds) }
    var next = 0
    while true {
      let arrival = next < trace.arrivals.count ? trace.jobs[Int(trace.arrivals[next])].ready : Int64.max
      if let due = upcoming.first, due.time < arrival {
        if due.time >= end { break }
        upcoming.removeFirst()
        happen(due)
      } else {
        if arrival >= end { break }
        arrive(trace.arrivals[next], at: arrival)
        next += 1
      }
      events += 1
    }
    // What is still running is cut off there.
    for index in instances.indices where !instances[index].isGone { instances[index].stopped = end }
    for index in attempts.indices where !attempts[index].isOver {
      attempts[index].stopped = max(attempts[index].placed, min(attempts[index].stopped, end))
    }
  }

  mutating func foresee(_ kind: Event.Kind, at time: Int64, _ subject: Int32, token: Int32 = 0) {
    upcoming.insert(Event(time: time, number: number, subject: subject, token: token, kind: kind))
    number &+= 1
  }

  mutating func happen(_ event: Event) {
    switch event.kind {
    case .ready: arrive(event.subject, at: event.time)
    case .end: if !attempts[Int(event.subject)].isOver { end(event.subject, at: event.time) }
    case .expiry: expire(event.subject, token: event.token, at: event.time)
    case .reclaim: if !instances[Int(event.subject)].isGone { reclaim(event.subject, at: event.time) }
    }
  }

  // MARK: Jobs

  mutating func arrive(_ job: Int32, at now: Int64) {
    let queue = Int(trace.jobs[Int(job)].queue)
    // A job that ran before goes to the head of the queue, or of its share.
    let isAgain = progress[Int(job)].firstStart >= 0
    let standsInLine = !waiting[queue].isEmpty && (!isAgain || waiting[queue].isShared)
    if !standsInLine, place(job, at: now) { return }
    let facts = trace.jobs[Int(job)]
    waiting[queue].insert(job, share: facts.share, priority: facts.priority, isAgain: isAgain)
    waitingJobs += 1
    // It may now be its share's turn.
    if standsInLine, waiting[queue].isShared { serve(queue, at: now) }
  }

  /// Capacity has become free.
  mutating func serveWaiting(at now: Int64) {
    if waitingJobs == 0 { return }
    for queue in queuesByPriority { serve(queue, at: now) }
  }

  private mutating func serve(_ queue: Int, at now: Int64) {
    while let next = waiting[queue].next(at: now), place(next.job, at: now) {
      waiting[queue].removeFirst(ofLine: next.line)
      waitingJobs -= 1
    }
  }

  /// A job that is to be placed.
  struct Placing {
    var job: Int32
    var facts: Trace.Job
    var run: Trace.Run
    /// What history knows about this try; without its market, if that does not repeat itself in the job's queue.
    var given: Trace.Try
    /// How long its placement and its pull took in history, in milliseconds; −1 if unknown.
    var scheduling: Int32
    var pull: Int32
  }

  /// A job with what is known about its next try, and which of its queue's environments comes first.
  func placing(_ job: Int32) -> Placing {
    let state = progress[Int(job)]
    let facts = trace.jobs[Int(job)]
    let run = trace.runs[Int(facts.firstRun + state.run)]
    let known = state.lost < run.tries ? trace.tries[Int(run.firstTry + state.lost)] : Trace.Try()
    let queue = queueTraits[Int(facts.queue)]
    var given = queue.knowsMarket ? known : Trace.Try()
    if given.firstEnvironment < 0 {
      let isAgain = state.lost > 0 || state.run > 0
      let isDiverted = isAgain && draw.share(.diversion, Int(job), key(job)) < queue.diversion
      given.firstEnvironment = isDiverted ? 1 : 0
    }
    return Placing(
      job: job, facts: facts, run: run, given: given, scheduling: known.scheduling, pull: known.pull)
  }

  /// - Returns: false if it has to wait.
  mutating func place(_ job: Int32, at now: Int64) -> Bool {
    let placing = placing(job)
    let queue = Int(placing.facts.queue)
    let count = orders.count(queue)
    let first = min(Int(placing.given.firstEnvironment), count - 1)
    if first < 0 { return false }
    if queueTraits[queue].followsDecisions, placing.given.environment >= 0,
      repeats(placing, in: orders[queue, Int(placing.given.environment)], at: now)
    {
      return true
    }
    if queueTraits[queue].takesRoomFirst {
      for position in first..<count where takeRoom(placing, in: orders[queue, position], at: now) { return true }
      for position in first..<count where launches(placing, queue, position, at: now) { return true }
    } else {
      for position in first..<count {
        if takeRoom(placing, in: orders[queue, position], at: now) { return true }
        if launches(placing, queue, position, at: now) { return true }
      }
    }
    return false
  }

  /// - Returns: false if no instance of the environment has room.
  private mutating func takeRoom(_ placing: Placing, in environment: Int, at now: Int64) -> Bool {
    let place = traits[environment]
    if placing.facts.isExclusive || place.isFargate { return false }
    // The maximum of managed instances counts what jobs request.
    let need = placing.facts.need
    if place.isManaged && inUse[environment] + Int64(need.milliVCPUs) > place.maximum { return false }
    guard let instance = fleets[environment].find(need, place.rule) else { return false }
    begin(placing, on: instance, at: now)
    return true
  }

  /// - Returns: false if nothing may be launched in that environment of the queue's order, or EC2 has no capacity.
  private mutating func launches(
    _ placing: Placing, _ queue: Int, _ position: Int, at now: Int64
  ) -> Bool {
    let environment = orders[queue, position]
    let given = placing.given
    let own = given.type < 0 || position == Int(given.environment) ? given : Trace.Try()
    if position + 1 < orders.count(queue), given.type < 0, isShort(environment, placing.job) { return false }
    guard let instance = launch(for: placing.job, in: environment, own, at: now) else { return false }
    begin(placing, on: instance, at: now)
    return true
  }

  /// Whether EC2 has no capacity for an environment that may launch.
  private func isShort(_ environment: Int, _ job: Int32) -> Bool {
    let share = traits[environment].shortage
    return share > 0 && draw.share(.shortage, Int(job), key(job) * 64 + environment) < share
  }

  /// Repeats what was done with a job; false if that is impossible.
  mutating func repeats(_ placing: Placing, in environment: Int, at now: Int64) -> Bool {
    let (job, given) = (placing.job, placing.given)
    if traits[environment].isFargate {
      guard let task = launch(for: job, in: environment, given, at: now) else { return false }
      begin(placing, on: task, at: now)
      return true
    }
    guard given.life >= 0 else { return false }
    let known = lives[Int(given.life)]
    // It fitted there: if an earlier job now ends some seconds later than it did, the two overlap for that time.
    if known >= 0, !instances[Int(known)].isGone {
      begin(placing, on: known, at: now)
      return true
    }
    if known < 0, given.type >= 0, let launched = launch(for: job, in: environment, given, at: now) {
      lives[Int(given.life)] = launched
      begin(placing, on: launched, at: now)
      return true
    }
    let facts = placing.facts
    if !facts.isExclusive, let other = fleets[environment].find(facts.need, traits[environment].rule) {
      begin(placing, on: other, at: now)
      return true
    }
    guard let launched = launch(for: job, in: environment, Trace.Try(), at: now) else { return false }
    begin(placing, on: launched, at: now)
    return true
  }

  /// What history knows about a job's try in an environment where the market repeats itself; nil for a try that history
  /// did not have.
  func knownTry(of job: Int32, in environment: Int) -> Trace.Try? {
    let state = progress[Int(job)]
    let run = trace.runs[Int(trace.jobs[Int(job)].firstRun + state.run)]
    guard traits[environment].following == .market, state.lost < run.tries else { return nil }
    return trace.tries[Int(run.firstTry + state.lost)]
  }

  mutating func begin(_ placing: Placing, on index: Int32, at now: Int64) {
    let instance = instances[Int(index)]
    let environment = Int(instance.environment)
    let place = traits[environment]
    // What history knows counts where the market repeats itself.
    let repeatsItself = place.following == .market
    let scheduling =
      repeatsItself && placing.scheduling >= 0
      ? Int64(placing.scheduling)
      : delays.value(.scheduling, of: environment, at: draw.share(.scheduling, Int(placing.job), key(placing.job)))
    let pull =
      repeatsItself && placing.pull >= 0
      ? Int64(placing.pull)
      : delays.value(
        instance.hadJobs ? .warmPull : .coldPull, of: environment,
        at: draw.share(.pull, Int(placing.job), key(placing.job)))
    let placed = max(instance.booted, place.isFargate ? now : now + scheduling)
    let started = placed + pull
    var duration = placing.run.duration
    if place.hasSlowdown || knowsSpeeds, duration < .max / 4, instance.type >= 0 {
      let slowdown = slowdown(of: placing, on: Int(instance.type), in: environment)
      if slowdown != 1 { duration = Int64((Double(duration) * slowdown).rounded()) }
    }
    add(
      ReplayedAttempt(
        job: placing.job, instance: index, placed: placed, started: started, stopped: started + duration),
      placing.facts, at: now)
  }

  /// How much longer a run takes than it took. What a scenario says comes first.
  private func slowdown(of placing: Placing, on type: Int, in environment: Int) -> Double {
    if traits[environment].hasSlowdown, let given = model.environments[environment].slowdown[type] { return given }
    guard knowsSpeeds else { return 1 }
    let run = Int(placing.facts.firstRun + progress[Int(placing.job)].run)
    return model.speeds.factor(from: Int(trace.runTypes[run]), to: type)
  }

  mutating func add(_ attempt: ReplayedAttempt, _ facts: Trace.Job, at now: Int64) {
    let position = Int32(attempts.count)
    let index = Int(attempt.instance)
    var added = attempt
    added.next = instances[index].firstRunning
    if added.next >= 0 { attempts[Int(added.next)].previous = position }
    attempts.append(added)
    instances[index].firstRunning = position
    instances[index].running += 1
    instances[index].hadJobs = true
    instances[index].token += 1
    let environment = Int(instances[index].environment)
    if !traits[environment].isFargate {
      fleets[environment].take(taken(facts, instances[index]), instances[index].slot)
    }
    if traits[environment].isManaged { inUse[environment] += Int64(facts.need.milliVCPUs) }
    if hasShares { waiting[Int(facts.queue)].use(Int64(facts.need.milliVCPUs), share: facts.share, at: now) }
    if progress[Int(attempt.job)].firstStart < 0 { progress[Int(attempt.job)].firstStart = attempt.started }
    foresee(.end, at: attempt.stopped, position)
  }

  /// A node of a multi-node job takes its whole instance.
  func taken(_ job: Trace.Job, _ instance: ReplayedInstance) -> Need {
    job.isExclusive ? rooms[Int(instance.type)] : job.need
  }

  /// Removes an attempt from its instance.
  mutating func leave(_ position: Int32, at now: Int64) {
    let attempt = attempts[Int(position)]
    let index = Int(attempt.instance)
    if attempt.previous >= 0 {
      attempts[Int(attempt.previous)].next = attempt.next
    } else {
      instances[index].firstRunning = attempt.next
    }
    if attempt.next >= 0 { attempts[Int(attempt.next)].previous = attempt.previous }
    instances[index].running -= 1
    attempts[Int(position)].isOver = true
    let environment = Int(instances[index].environment)
    let job = trace.jobs[Int(attempt.job)]
    if traits[environment].isManaged { inUse[environment] -= Int64(job.need.milliVCPUs) }
    if hasShares { waiting[Int(job.queue)].use(-Int64(job.need.milliVCPUs), share: job.share, at: now) }
    if !traits[environment].isFargate, !instances[index].isGone {
      fleets[environment].release(taken(job, instances[index]), instances[index].slot)
    }
  }

  mutating func end(_ position: Int32, at now: Int64) {
    leave(position, at: now)
    let attempt = attempts[Int(position)]
    let job = Int(attempt.job)
    let facts = trace.jobs[job]
    progress[job].run += 1
    progress[job].lost = 0
    if progress[job].run < facts.runs {
      foresee(.ready, at: now + trace.runs[Int(facts.firstRun + progress[job].run)].pause, attempt.job)
    } else {
      finish(job, at: now)
    }
    let index = Int(attempt.instance)
    let environment = Int(instances[index].environment)
    if traits[environment].isFargate {
      instances[index].stopped = now
      inUse[environment] -= Int64(facts.need.milliVCPUs)
    } else if instances[index].running == 0 {
      becomeIdle(attempt.instance, at: now)
    }
    serveWaiting(at: now)
  }

  mutating func finish(_ job: Int, at now: Int64) {
    progress[job].end = now
    progress[job].isDone = true
    let facts = trace.jobs[job]
    for position in facts.firstFollower..<facts.firstFollower + facts.followers {
      let follower = Int(trace.followers[Int(position)])
      progress[follower].predecessors -= 1
      if progress[follower].predecessors == 0 {
        if trace.jobs[follower].isBarrier {
          finish(follower, at: now)
          continue
        }
        let ready = max(now + trace.jobs[follower].lag, trace.jobs[follower].ready)
        progress[follower].ready = ready
        foresee(.ready, at: ready, Int32(follower))
      }
    }
  }
}
