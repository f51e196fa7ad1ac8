import DequeModule
import Domain
import HeapModule

/// One replay: jobs arrive, environments launch and end instances, EC2 takes some back.
///
/// Discrete events on one core. A job that is runnable goes to an instance that has room, of the environments in the queue's
/// order; else one is launched for it, in the first environment that may; else it waits, and nothing of its queue goes
/// before it.
///
/// - Complexity: O(n log m) in attempts n and events m that are due at once, and O(instances of an environment) a job.
struct Simulation: ~Copyable {
  let trace: Trace
  let model: Model
  let draw: Draw
  private(set) var instances: ContiguousArray<ReplayedInstance> = []
  private(set) var attempts: ContiguousArray<ReplayedAttempt> = []
  private(set) var progress: ContiguousArray<Progress> = []
  private(set) var events = 0
  private var heap = Heap<Event>()
  private var number: UInt32 = 0
  private var fleets: ContiguousArray<Fleet>
  /// Milli-vCPUs that count against an environment's maximum.
  private var inUse: ContiguousArray<Int64>
  private var waiting: ContiguousArray<Deque<Int32>>
  private var waitingJobs = 0
  private let queuesByPriority: [Int]
  private let choosers: [TypeChooser]
  private let traits: ContiguousArray<Traits>
  private let delays: DelayTable
  /// By type: nominal milli-vCPUs, and what tasks can have.
  private let sizes: ContiguousArray<Int64>
  private let rooms: ContiguousArray<Need>
  /// Environments of each queue, in its order.
  private let orders: ContiguousArray<ContiguousArray<Int>>
  /// Replayed instances by what they stand for: `Trace.Try.life`.
  private var lives: ContiguousArray<Int32>
  /// Queues all of whose environments do as they did.
  private let followsDecisions: [Bool]

  init(_ trace: Trace, _ model: Model, seed: UInt64) {
    self.trace = trace
    self.model = model
    draw = Draw(seed: seed)
    fleets = ContiguousArray(repeating: Fleet(), count: model.environments.count)
    inUse = ContiguousArray(repeating: 0, count: model.environments.count)
    waiting = ContiguousArray(repeating: [], count: model.queues.count)
    queuesByPriority = model.queues.indices.sorted {
      model.queues[$0].priority != model.queues[$1].priority
        ? model.queues[$0].priority > model.queues[$1].priority : $0 < $1
    }
    traits = ContiguousArray(model.environments.map(Traits.init))
    delays = DelayTable(model.environments)
    sizes = ContiguousArray(model.shapes.map(\.nominal.milliVCPUs))
    rooms = ContiguousArray(model.shapes.map(\.room))
    orders = ContiguousArray(model.queues.map { ContiguousArray($0.environments) })
    choosers = model.environments.indices.map { TypeChooser(model, environment: $0, zones: trace.zones) }
    lives = ContiguousArray(repeating: -1, count: trace.lives)
    followsDecisions = model.queues.map { queue in
      queue.environments.allSatisfy { model.environments[$0].following == .decisions }
    }
    attempts.reserveCapacity(trace.runs.count + trace.runs.count / 8)
    progress.reserveCapacity(trace.jobs.count)
    for job in trace.jobs {
      progress.append(Progress(spare: job.spareAttempts, predecessors: job.predecessors, ready: job.ready))
    }
  }

  /// Replays the span of the trace.
  mutating func run() {
    let end = trace.span.end.milliseconds
    carry()
    for environment in model.environments.indices { keepMinimum(environment, at: trace.span.start.milliseconds) }
    var next = 0
    while true {
      let arrival = next < trace.arrivals.count ? trace.jobs[Int(trace.arrivals[next])].ready : Int64.max
      if let due = heap.min, due.time < arrival {
        if due.time >= end { break }
        heap.removeMin()
        happen(due)
      } else {
        if arrival >= end { break }
        arrive(trace.arrivals[next], at: arrival)
        next += 1
      }
      events += 1
    }
    // What still runs is cut off there.
    for index in instances.indices where !instances[index].isGone { instances[index].stopped = end }
    for index in attempts.indices where !attempts[index].isOver {
      attempts[index].stopped = max(attempts[index].placed, min(attempts[index].stopped, end))
    }
  }

  private mutating func foresee(_ kind: Event.Kind, at time: Int64, _ subject: Int32, token: Int32 = 0) {
    heap.insert(Event(time: time, number: number, subject: subject, token: token, kind: kind))
    number &+= 1
  }

  private mutating func happen(_ event: Event) {
    switch event.kind {
    case .ready: arrive(event.subject, at: event.time)
    case .end: if !attempts[Int(event.subject)].isOver { end(event.subject, at: event.time) }
    case .expiry: expire(event.subject, token: event.token, at: event.time)
    case .reclaim: if !instances[Int(event.subject)].isGone { reclaim(event.subject, at: event.time) }
    }
  }

  // MARK: Jobs

  private mutating func arrive(_ job: Int32, at now: Int64) {
    let queue = Int(trace.jobs[Int(job)].queue)
    // Those that were run again go to the head of the queue.
    let isAgain = progress[Int(job)].firstStart >= 0
    if !isAgain, !waiting[queue].isEmpty || !place(job, at: now) {
      waiting[queue].append(job)
      waitingJobs += 1
    } else if isAgain, !place(job, at: now) {
      waiting[queue].prepend(job)
      waitingJobs += 1
    }
  }

  /// Capacity came free.
  private mutating func serveWaiting(at now: Int64) {
    if waitingJobs == 0 { return }
    for queue in queuesByPriority {
      while let job = waiting[queue].first, place(job, at: now) {
        waiting[queue].removeFirst()
        waitingJobs -= 1
      }
    }
  }

  private func attempt(of job: Int32) -> Trace.Try {
    let state = progress[Int(job)]
    let run = trace.runs[Int(trace.jobs[Int(job)].firstRun + state.run)]
    if state.lost < run.tries { return trace.tries[Int(run.firstTry + state.lost)] }
    // More losses than history had.
    let skips = draw.share(.diversion, Int(job), key(job)) < model.queues[Int(trace.jobs[Int(job)].queue)].diversion
    return Trace.Try(firstEnvironment: skips ? 1 : 0)
  }

  /// - Returns: false where it has to wait.
  private mutating func place(_ job: Int32, at now: Int64) -> Bool {
    let facts = trace.jobs[Int(job)]
    let given = attempt(of: job)
    let queue = Int(facts.queue)
    let order = orders[queue]
    let first = min(Int(given.firstEnvironment), order.count - 1)
    if first < 0 { return false }
    if followsDecisions[Int(facts.queue)], given.environment >= 0,
      repeats(given, job, in: order[Int(given.environment)], at: now)
    {
      return true
    }
    if !facts.isExclusive {
      for position in first..<order.count {
        let environment = order[position]
        let place = traits[environment]
        // The maximum of managed instances counts what jobs request.
        let isFull =
          place.isManaged && inUse[environment] + Int64(facts.need.milliVCPUs) > place.maximum
        if place.isFargate || isFull { continue }
        if let instance = fleets[environment].find(facts.need, place.rule) {
          begin(job, on: instance, at: now)
          return true
        }
      }
    }
    for position in first..<order.count {
      let own = position == Int(given.firstEnvironment) ? given : Trace.Try()
      if let instance = launch(for: job, in: order[position], own, at: now) {
        begin(job, on: instance, at: now)
        return true
      }
    }
    return false
  }

  /// Does with a job what was done with it; false where that cannot be.
  private mutating func repeats(
    _ given: Trace.Try, _ job: Int32, in environment: Int, at now: Int64
  ) -> Bool {
    if traits[environment].isFargate {
      guard let task = launch(for: job, in: environment, given, at: now) else { return false }
      begin(job, on: task, at: now)
      return true
    }
    guard given.life >= 0 else { return false }
    let known = lives[Int(given.life)]
    // It fitted there: where a job before it ends some seconds later than it did, they overlap for those.
    if known >= 0, !instances[Int(known)].isGone {
      begin(job, on: known, at: now)
      return true
    }
    if known < 0, given.type >= 0, let launched = launch(for: job, in: environment, given, at: now) {
      lives[Int(given.life)] = launched
      begin(job, on: launched, at: now)
      return true
    }
    let facts = trace.jobs[Int(job)]
    if !facts.isExclusive, let other = fleets[environment].find(facts.need, traits[environment].rule) {
      begin(job, on: other, at: now)
      return true
    }
    guard let launched = launch(for: job, in: environment, Trace.Try(), at: now) else { return false }
    begin(job, on: launched, at: now)
    return true
  }

  private mutating func begin(_ job: Int32, on index: Int32, at now: Int64) {
    let facts = trace.jobs[Int(job)]
    let instance = instances[Int(index)]
    let environment = Int(instance.environment)
    let state = progress[Int(job)]
    let key = Int(state.run) * 64 + Int(state.lost)
    let due = now + delays.value(.scheduling, of: environment, at: draw.share(.scheduling, Int(job), key))
    let placed = max(instance.booted, traits[environment].isFargate ? now : due)
    let pull = delays.value(
      instance.hadJobs ? .warmPull : .coldPull, of: environment, at: draw.share(.pull, Int(job), key))
    let started = placed + pull
    var duration = trace.runs[Int(facts.firstRun + state.run)].duration
    if traits[environment].hasSlowdown, duration < .max / 4,
      let factor = model.environments[environment].slowdown[Int(instance.type)]
    {
      duration = Int64((Double(duration) * factor).rounded())
    }
    add(
      ReplayedAttempt(
        job: job, instance: index, placed: placed, started: started, stopped: started + duration), facts)
  }

  private mutating func add(_ attempt: ReplayedAttempt, _ facts: Trace.Job) {
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
    if progress[Int(attempt.job)].firstStart < 0 { progress[Int(attempt.job)].firstStart = attempt.started }
    foresee(.end, at: attempt.stopped, position)
  }

  /// A node of a multi-node job takes all of its instance.
  private func taken(_ job: Trace.Job, _ instance: ReplayedInstance) -> Need {
    job.isExclusive ? rooms[Int(instance.type)] : job.need
  }

  /// Takes an attempt off its instance.
  private mutating func leave(_ position: Int32) {
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
    if !traits[environment].isFargate, !instances[index].isGone {
      fleets[environment].release(taken(job, instances[index]), instances[index].slot)
    }
  }

  private mutating func end(_ position: Int32, at now: Int64) {
    leave(position)
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

  private mutating func finish(_ job: Int, at now: Int64) {
    progress[job].end = now
    progress[job].isDone = true
    let facts = trace.jobs[job]
    for position in facts.firstFollower..<facts.firstFollower + facts.followers {
      let follower = Int(trace.followers[Int(position)])
      progress[follower].predecessors -= 1
      if progress[follower].predecessors == 0 {
        let ready = max(now, trace.jobs[follower].ready)
        progress[follower].ready = ready
        foresee(.ready, at: ready, Int32(follower))
      }
    }
  }

  // MARK: Instances

  /// - Returns: nil where the environment may not launch, or has no type for it.
  private mutating func launch(for job: Int32, in environment: Int, _ given: Trace.Try, at now: Int64) -> Int32? {
    let facts = trace.jobs[Int(job)]
    let place = traits[environment]
    let need = Int64(facts.need.milliVCPUs)
    if place.isFargate {
      guard inUse[environment] + need <= place.maximum else { return nil }
      inUse[environment] += need
      let index = Int32(instances.count)
      let due = delays.value(.scheduling, of: environment, at: draw.share(.scheduling, Int(job), key(job)))
      instances.append(
        ReplayedInstance(
          environment: Int32(environment), type: -1, zone: -1, slot: -1, started: now, booted: now + due, stopped: -1))
      foreseeReclaim(index, given.environment >= 0 ? given.fate : Trace.Fate(), at: now)
      return index
    }
    guard
      let pool = choosers[environment].choose(
        facts.need, given, at: now, exclusive: facts.isExclusive, share: draw.share(.choice, Int(job), key(job)))
    else { return nil }
    if place.isManaged {
      guard inUse[environment] + need <= place.maximum else { return nil }
    } else if place.mayExceedMaximum {
      guard inUse[environment] < place.maximum else { return nil }
    } else {
      guard inUse[environment] + sizes[pool.type] <= place.maximum else { return nil }
    }
    let boot = delays.value(.boot, of: environment, at: draw.share(.boot, Int(job), key(job)))
    let isSame = given.type >= 0 && pool.type == Int(given.type) && pool.zone == Int(given.zone)
    let index = start(environment, pool, isSame ? given.fate : Trace.Fate(), at: now, booted: now + boot)
    launchSpare(environment, pool, beside: job, at: now)
    return index
  }

  private func key(_ job: Int32) -> Int { Int(progress[Int(job)].run) * 64 + Int(progress[Int(job)].lost) }

  private mutating func start(
    _ environment: Int, _ pool: TypeChooser.Pool, _ fate: Trace.Fate, at now: Int64, booted: Int64
  ) -> Int32 {
    let index = Int32(instances.count)
    instances.append(
      ReplayedInstance(
        environment: Int32(environment), type: Int16(pool.type), zone: Int16(pool.zone),
        slot: fleets[environment].add(index, rooms[pool.type]), started: now, booted: booted, stopped: -1))
    let share = traits[environment].onDemandShare
    if share > 0, draw.share(.onDemand, Int(index)) < share { instances[Int(index)].isOnDemand = true }
    if !traits[environment].isManaged { inUse[environment] += sizes[pool.type] }
    if traits[environment].following == .decisions { instances[Int(index)].heldUntil = fate.lastPlaced }
    foreseeReclaim(index, fate, at: now)
    return index
  }

  /// Now and then one too many is launched, and goes without ever having had a job.
  private mutating func launchSpare(_ environment: Int, _ pool: TypeChooser.Pool, beside job: Int32, at now: Int64) {
    let share = traits[environment].idleShare
    guard share > 0, draw.share(.idle, Int(job), key(job)) < share else { return }
    let life = delays.value(.idleLife, of: environment, at: draw.share(.idleLife, Int(job), key(job)))
    let cheapest = choosers[environment].smallest ?? pool
    var spare = ReplayedInstance(
      environment: Int32(environment), type: Int16(cheapest.type), zone: Int16(cheapest.zone), slot: -1, started: now,
      booted: now, stopped: now + life)
    spare.isSpare = true
    instances.append(spare)
  }

  private mutating func becomeIdle(_ index: Int32, at now: Int64) {
    let instance = instances[Int(index)]
    let environment = Int(instance.environment)
    let tail = delays.value(.tail, of: environment, at: draw.share(.tail, Int(index), Int(instance.token)))
    instances[Int(index)].token += 1
    foresee(
      .expiry, at: max(now, instance.heldUntil) + tail + (instance.hadJobs ? traits[environment].scaleDownDelay : 0),
      index,
      token: instances[Int(index)].token)
  }

  private mutating func expire(_ index: Int32, token: Int32, at now: Int64) {
    let instance = instances[Int(index)]
    guard !instance.isGone, instance.running == 0, instance.token == token else { return }
    let environment = Int(instance.environment)
    // A minimum keeps whole instances.
    let minimum = traits[environment].minimum
    if minimum > 0, inUse[environment] - sizes[Int(instance.type)] < minimum { return }
    terminate(index, at: now)
    serveWaiting(at: now)
  }

  private mutating func terminate(_ index: Int32, at now: Int64) {
    let instance = instances[Int(index)]
    let environment = Int(instance.environment)
    instances[Int(index)].stopped = now
    if instance.type < 0 { return }
    if !traits[environment].isManaged { inUse[environment] -= sizes[Int(instance.type)] }
    fleets[environment].remove(instance.slot)
    if fleets[environment].isSparse {
      for (other, slot) in fleets[environment].compact() { instances[Int(other)].slot = slot }
    }
  }

  private mutating func reclaim(_ index: Int32, at now: Int64) {
    instances[Int(index)].isReclaimed = true
    let environment = Int(instances[Int(index)].environment)
    let isFargate = traits[environment].isFargate
    terminate(index, at: now)
    var position = instances[Int(index)].firstRunning
    while position >= 0 {
      let next = attempts[Int(position)].next
      let attempt = attempts[Int(position)]
      leave(position)
      let job = Int(attempt.job)
      if isFargate { inUse[environment] -= Int64(trace.jobs[job].need.milliVCPUs) }
      attempts[Int(position)].placed = min(attempt.placed, now)
      attempts[Int(position)].started = min(attempt.started, now)
      attempts[Int(position)].stopped = now
      let pause = delays.value(.retry, of: environment, at: draw.share(.retry, job, key(attempt.job)))
      if progress[job].spare > 0 {
        progress[job].spare -= 1
        progress[job].lost += 1
        foresee(.ready, at: now + pause, attempt.job)
      } else {
        finish(job, at: now)
        progress[job].isDone = false
      }
      position = next
    }
    keepMinimum(environment, at: now)
    serveWaiting(at: now)
  }

  private mutating func foreseeReclaim(_ index: Int32, _ fate: Trace.Fate, at now: Int64) {
    let instance = instances[Int(index)]
    let environment = Int(instance.environment)
    guard traits[environment].isSpot, !instance.isOnDemand else { return }
    var from = now
    if traits[environment].following == .decisions, fate.until > now {
      if fate.isReclaimed { return foresee(.reclaim, at: fate.until, index) }
      from = fate.until
    }
    // Memoryless: what came before says nothing of what comes.
    let rate = model.environments[environment].behaviour.reclaims.rate(of: Int(instance.type))
    guard rate > 0 else { return }
    let hours = -(1 - draw.share(.reclaim, Int(index))).logarithm / rate
    if hours < 24 * 365 { foresee(.reclaim, at: from + Int64(hours * Double(millisecondsPerHour)), index) }
  }

  /// Minimum vCPUs are there from the start, and whatever is taken of them is launched again.
  private mutating func keepMinimum(_ environment: Int, at now: Int64) {
    let place = traits[environment]
    guard place.minimum > 0, !place.isFargate, !place.isManaged else { return }
    while inUse[environment] < place.minimum, let pool = choosers[environment].smallest {
      let boot = delays.median(.boot, of: environment)
      _ = start(environment, pool, Trace.Fate(), at: now, booted: now + boot)
    }
  }

  // MARK: What already runs

  private mutating func carry() {
    for (number, carried) in trace.carried.enumerated() {
      let place = traits[carried.environment]
      var instance = ReplayedInstance(
        environment: Int32(carried.environment), type: Int16(carried.type), zone: Int16(carried.zone), slot: -1,
        started: carried.started, booted: carried.booted, stopped: -1)
      let index = Int32(instances.count)
      instance.carried = Int32(number)
      instance.hadJobs = !carried.past.isEmpty
      if place.following == .decisions { instance.heldUntil = carried.fate.lastPlaced }
      if !place.isFargate {
        instance.slot = fleets[carried.environment].add(index, rooms[carried.type])
        if !place.isManaged { inUse[carried.environment] += sizes[carried.type] }
      }
      instances.append(instance)
      if carried.life >= 0 { lives[Int(carried.life)] = index }
      for present in carried.present {
        let job = Int(present.job)
        progress[job].run = present.run
        if place.isFargate { inUse[carried.environment] += Int64(trace.jobs[job].need.milliVCPUs) }
        let duration = trace.runs[Int(trace.jobs[job].firstRun + present.run)].duration
        add(
          ReplayedAttempt(
            job: present.job, instance: index, placed: present.placed, started: present.started,
            stopped: max(present.started + duration, trace.span.start.milliseconds)), trace.jobs[job])
      }
      foreseeReclaim(index, carried.fate, at: trace.span.start.milliseconds)
      if carried.present.isEmpty { becomeIdle(index, at: trace.span.start.milliseconds) }
    }
  }
}
