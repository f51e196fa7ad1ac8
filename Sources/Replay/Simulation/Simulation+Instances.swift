import Domain

/// What happens to instances: launched, idle, ended, reclaimed by EC2.
extension Simulation {
  /// - Returns: nil if the environment may not launch, or has no type for the job.
  mutating func launch(for job: Int32, in environment: Int, _ given: Trace.Try, at now: Int64) -> Int32? {
    let facts = trace.jobs[Int(job)]
    let place = traits[environment]
    let need = Int64(facts.need.milliVCPUs)
    let maximum =
      hasShares ? waiting[Int(facts.queue)].limit(place.maximum, share: facts.share) : place.maximum
    if place.isFargate {
      guard inUse[environment] + need <= maximum else { return nil }
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
        facts.need, given, at: now,
        (type: draw.share(.choice, Int(job), key(job)), zone: draw.share(.zone, Int(job), key(job))))
    else { return nil }
    // EC2 launches no fraction of an instance.
    guard place.capacity == .max || inUse[environment] + sizes[pool.type] <= place.capacity else { return nil }
    if place.isManaged {
      guard inUse[environment] + need <= maximum else { return nil }
    } else if place.mayExceedMaximum {
      guard inUse[environment] < maximum else { return nil }
    } else {
      guard inUse[environment] + sizes[pool.type] <= maximum else { return nil }
    }
    var boot = delays.value(.boot, of: environment, at: draw.share(.boot, Int(job), key(job)))
    let isSame = given.type >= 0 && pool.type == Int(given.type) && pool.zone == Int(given.zone)
    let life = isSame && place.following == .market ? given.life : -1
    if life >= 0, trace.courses[Int(life)].boot >= 0 { boot = Int64(trace.courses[Int(life)].boot) }
    let index = start(environment, pool, isSame ? given.fate : Trace.Fate(), at: now, booted: now + boot)
    instances[Int(index)].life = life
    launchSpare(environment, pool, beside: job, at: now)
    return index
  }

  func key(_ job: Int32) -> Int { Int(progress[Int(job)].run) * 64 + Int(progress[Int(job)].lost) }

  mutating func start(
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

  /// Sometimes one instance too many is launched and ends without ever having had a job.
  mutating func launchSpare(_ environment: Int, _ pool: TypeChooser.Pool, beside job: Int32, at now: Int64) {
    let share = traits[environment].idlePerLaunch
    guard share > 0, draw.share(.idle, Int(job), key(job)) < share else { return }
    let life = delays.value(.idleLife, of: environment, at: draw.share(.idleLife, Int(job), key(job)))
    let cheapest = choosers[environment].smallest ?? pool
    var spare = ReplayedInstance(
      environment: Int32(environment), type: Int16(cheapest.type), zone: Int16(cheapest.zone), slot: -1, started: now,
      booted: now, stopped: now + life)
    spare.isSpare = true
    instances.append(spare)
  }

  mutating func becomeIdle(_ index: Int32, at now: Int64) {
    let instance = instances[Int(index)]
    let environment = Int(instance.environment)
    var tail = delays.value(.tail, of: environment, at: draw.share(.tail, Int(index), Int(instance.token)))
    if instance.life >= 0 {
      let course = trace.courses[Int(instance.life)]
      if instance.idles < course.idles {
        let known = Int64(trace.idles[Int(course.firstIdle + instance.idles)])
        // If another job came, the instance would have waited at least this long.
        tail = course.endsItself && instance.idles == course.idles - 1 ? known : max(tail, known)
      }
      instances[Int(index)].idles += 1
    }
    instances[Int(index)].token += 1
    foresee(
      .expiry, at: max(now, instance.heldUntil) + tail + (instance.hadJobs ? traits[environment].scaleDownDelay : 0),
      index,
      token: instances[Int(index)].token)
  }

  mutating func expire(_ index: Int32, token: Int32, at now: Int64) {
    let instance = instances[Int(index)]
    guard !instance.isGone, instance.running == 0, instance.token == token else { return }
    let environment = Int(instance.environment)
    // A minimum keeps whole instances.
    let minimum = traits[environment].minimum
    if minimum > 0, inUse[environment] - sizes[Int(instance.type)] < minimum { return }
    terminate(index, at: now)
    serveWaiting(at: now)
  }

  mutating func terminate(_ index: Int32, at now: Int64) {
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

  mutating func reclaim(_ index: Int32, at now: Int64) {
    instances[Int(index)].isReclaimed = true
    let environment = Int(instances[Int(index)].environment)
    let isFargate = traits[environment].isFargate
    terminate(index, at: now)
    var position = instances[Int(index)].firstRunning
    while position >= 0 {
      let next = attempts[Int(position)].next
      let attempt = attempts[Int(position)]
      leave(position, at: now)
      let job = Int(attempt.job)
      if isFargate { inUse[environment] -= Int64(trace.jobs[job].need.milliVCPUs) }
      attempts[Int(position)].placed = min(attempt.placed, now)
      attempts[Int(position)].started = min(attempt.started, now)
      attempts[Int(position)].stopped = now
      let known = knownTry(of: attempt.job, in: environment)?.pause ?? -1
      let pause =
        known >= 0 ? Int64(known) : delays.value(.retry, of: environment, at: draw.share(.retry, job, key(attempt.job)))
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

  mutating func foreseeReclaim(_ index: Int32, _ fate: Trace.Fate, at now: Int64) {
    let instance = instances[Int(index)]
    let environment = Int(instance.environment)
    guard traits[environment].isSpot, !instance.isOnDemand else { return }
    var from = now
    if traits[environment].knowsMarket, fate.until > now {
      if fate.isReclaimed { return foresee(.reclaim, at: fate.until, index) }
      from = fate.until
    }
    // Memoryless: the past says nothing about the future.
    let rate = model.environments[environment].behaviour.reclaims.rate(of: Int(instance.type))
    guard rate > 0 else { return }
    let hours = -(1 - draw.share(.reclaim, Int(index))).logarithm / rate
    if hours < 24 * 365 { foresee(.reclaim, at: from + Int64(hours * Double(millisecondsPerHour)), index) }
  }

  /// Minimum vCPUs are there from the start; reclaimed ones are launched again.
  mutating func keepMinimum(_ environment: Int, at now: Int64) {
    let place = traits[environment]
    guard place.minimum > 0, !place.isFargate, !place.isManaged else { return }
    while inUse[environment] < place.minimum, let pool = choosers[environment].smallest {
      let boot = delays.median(.boot, of: environment)
      _ = start(environment, pool, Trace.Fate(), at: now, booted: now + boot)
    }
  }

  // MARK: What already runs

  mutating func carry() {
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
      if carried.life >= 0 {
        lives[Int(carried.life)] = index
        if place.following == .market { instances[Int(index)].life = carried.life }
      }
      for present in carried.present {
        let job = Int(present.job)
        progress[job].run = present.run
        if place.isFargate { inUse[carried.environment] += Int64(trace.jobs[job].need.milliVCPUs) }
        let duration = trace.runs[Int(trace.jobs[job].firstRun + present.run)].duration
        add(
          ReplayedAttempt(
            job: present.job, instance: index, placed: present.placed, started: present.started,
            stopped: max(present.started + duration, trace.span.start.milliseconds)), trace.jobs[job],
          at: trace.span.start.milliseconds)
      }
      foreseeReclaim(index, carried.fate, at: trace.span.start.milliseconds)
      if carried.present.isEmpty { becomeIdle(index, at: trace.span.start.milliseconds) }
    }
  }
}
