import Domain

extension Scenario {
  /// The model and the jobs with the scenario's changes.
  ///
  /// - Parameter reclaims: how often EC2 reclaims instances, for environments that become Spot.
  func applied(to model: Model, _ trace: Trace, reclaims: ReclaimFit) -> (model: Model, trace: Trace) {
    var (model, trace) = (model, trace)
    let changed = changed(in: model)
    model.free(changed)
    for change in environments { change.apply(to: &model, reclaims: reclaims) }
    for change in queues {
      if let order = change.environments { model.queues[change.queue].environments = order }
      if change.retriesInOrder {
        model.queues[change.queue].diversion = 0
        trace.forgetDiversions(ofRetriesIn: change.queue)
      }
    }
    for change in sizes {
      for job in trace.jobs.indices where change.definitions.contains(trace.jobs[job].definition) {
        let own = trace.jobs[job].need
        var size = Need(
          milliVCPUs: change.milliVCPUs ?? own.milliVCPUs, memoryMiB: change.memoryMiB ?? own.memoryMiB, gpus: own.gpus)
        if change.onlyShrinks {
          size.milliVCPUs = min(size.milliVCPUs, own.milliVCPUs)
          size.memoryMiB = min(size.memoryMiB, own.memoryMiB)
        }
        if size == own { continue }
        trace.jobs[job].need = size
        trace.forgetMarket(of: job)
      }
    }
    for move in moves { move.apply(to: &model, &trace) }
    return (model, trace)
  }
}

extension Model {
  /// Lets environments decide for themselves, and with them all others that share a queue with one of them: what one
  /// gets is not known if the other decides freely.
  mutating func free(_ changed: Set<Int>) {
    var free = changed
    var count = -1
    while free.count > count {
      count = free.count
      for queue in queues where !free.isDisjoint(with: queue.environments) { free.formUnion(queue.environments) }
    }
    for index in free where environments[index].following == .decisions { environments[index].following = .market }
  }
}

extension Trace {
  /// Without the market's answers to jobs that have another size in a scenario.
  func forgettingResized(in other: Trace) -> Trace {
    var copy = self
    for job in jobs.indices where jobs[job].need != other.jobs[job].need { copy.forgetMarket(of: job) }
    return copy
  }

  /// The market's answer to a job does not apply to a job of another size.
  fileprivate mutating func forgetMarket(of job: Int) {
    for run in runs[Int(jobs[job].firstRun)..<Int(jobs[job].firstRun + jobs[job].runs)] {
      for index in Int(run.firstTry)..<Int(run.firstTry + run.tries) { tries[index] = Trace.Try() }
    }
  }

  /// Retries start with the queue's first environment.
  fileprivate mutating func forgetDiversions(ofRetriesIn queue: Int) {
    for job in jobs where Int(job.queue) == queue {
      let own = runs[Int(job.firstRun)..<Int(job.firstRun + job.runs)]
      guard let first = own.first, let last = own.last else { continue }
      for index in Int(first.firstTry) + 1..<max(Int(first.firstTry) + 1, Int(last.firstTry + last.tries)) {
        tries[index].firstEnvironment = 0
      }
    }
  }
}

extension Scenario.EnvironmentChange {
  fileprivate func apply(to model: inout Model, reclaims: ReclaimFit) {
    var place = model.environments[environment]
    if kind != nil || largestMilliVCPUs != nil || strategy ?? place.strategy != place.strategy {
      place.following = .strategy
    } else if changesTypes {
      place.following = .drawn
    }
    if let types { place.types = types }
    place.types = addedTypes + place.types.filter { !addedTypes.contains($0) }
    if let largestMilliVCPUs { place.types = model.shapes.putting(place.types, upTo: largestMilliVCPUs) }
    if let kind {
      if kind.isSpot, !place.kind.isSpot { place.behaviour.reclaims = reclaims.spotRates(in: place.region) }
      if !kind.isSpot { place.behaviour.reclaims = ReclaimRates() }
      place.kind = kind
      if kind.isSpot != (place.strategy.isForSpot && !place.strategy.isForOnDemand) {
        place.strategy = kind.isSpot ? .spotPriceCapacityOptimized : .bestFitProgressive
      }
    }
    if largestMilliVCPUs != nil, strategy == nil {
      place.strategy = place.kind.isSpot ? .spotCapacityOptimizedPrioritized : .bestFitProgressiveOrdered
    }
    place.strategy = strategy ?? place.strategy
    place.minimumMilliVCPUs = minimumMilliVCPUs ?? place.minimumMilliVCPUs
    place.maximumMilliVCPUs = maximumMilliVCPUs ?? place.maximumMilliVCPUs
    place.scaleDownDelay = scaleDownDelay ?? place.scaleDownDelay
    place.onDemandShare = onDemandShare ?? place.onDemandShare
    place.priceFactor = priceFactor ?? place.priceFactor
    // The available capacity of another kind, or elsewhere, is unknown.
    if kind != nil { place.capacityMilliVCPUs = .max }
    if let region, region != place.region {
      place.capacityMilliVCPUs = .max
      place.region = region
      place.zones = []
    }
    place.slowdown.merge(slowdown) { $1 }
    model.environments[environment] = place
  }
}

extension [InstanceShape] {
  /// Types in the order in which they are tried: those that are small enough, chosen by the strategy, then larger ones
  /// from the smallest up.
  fileprivate func putting(_ types: [Int], upTo milliVCPUs: Int64) -> [Int] {
    let small = types.filter { self[$0].nominal.milliVCPUs <= milliVCPUs }
    let large = types.filter { self[$0].nominal.milliVCPUs > milliVCPUs }
    func bySize(_ types: [Int]) -> [Int] {
      types.sorted {
        (self[$0].nominal.milliVCPUs, self[$0].room.memoryMiB, $0) < (
          self[$1].nominal.milliVCPUs, self[$1].room.memoryMiB, $1
        )
      }
    }
    return bySize(small) + bySize(large)
  }
}

extension Scenario.Move {
  fileprivate func apply(to model: inout Model, _ trace: inout Trace) {
    var moved: [Int: Int] = [:]
    for index in trace.jobs.indices {
      let own = Int(trace.jobs[index].queue)
      guard queue ?? own == own, takes(trace.jobs[index], trace) else { continue }
      if moved[own] == nil { moved[own] = model.addQueue(for: own, kind) }
      trace.jobs[index].queue = Int32(moved[own] ?? own)
    }
    let queues = Set(moved.values)
    for index in trace.jobs.indices where queues.contains(Int(trace.jobs[index].queue)) {
      trace.forgetMarket(of: index)
    }
  }

  private func takes(_ job: Trace.Job, _ trace: Trace) -> Bool {
    if job.isExclusive || job.ready == .max { return false }
    if kind.isFargate, FargateTask.size(holding: job.need) == nil { return false }
    if let largest, !job.need.fits(largest) { return false }
    guard let shorterThan else { return true }
    return trace.runs[Int(job.firstRun)..<Int(job.firstRun + job.runs)].allSatisfy { $0.duration < shorterThan }
  }
}

extension Model {
  /// Adds a queue with an environment of another kind beside a queue's own.
  fileprivate mutating func addQueue(for queue: Int, _ kind: Environment.Kind) -> Int {
    let like = queues[queue].environments.first.map { environments[$0] }
    let known = environments.first { $0.kind == kind }
    var place = Environment(
      id: 0, name: "\(queues[queue].name) on \(kind.words)", kind: kind, region: like?.region ?? "",
      account: like?.account ?? "", strategy: kind.isSpot ? .spotPriceCapacityOptimized : .bestFitProgressive,
      types: like?.types ?? [], zones: like?.zones ?? [])
    place.behaviour = known?.behaviour ?? (kind.isFargate ? Self.assumedFargate : like?.behaviour ?? Behaviour())
    environments.append(place)
    preferences.append(TypePreference())
    queues.append(
      Queue(
        id: 0, name: place.name, priority: queues[queue].priority, environments: [environments.count - 1]))
    return queues.count - 1
  }

  /// For an account without any Fargate: half a minute to place a task, and as long to pull its image (AWS Batch best
  /// practices recommend Fargate for starts within 30 seconds).
  private static var assumedFargate: Behaviour {
    var behaviour = Behaviour()
    behaviour.scheduling = Delay(constant: 30_000)
    behaviour.coldPull = Delay(constant: 30_000)
    return behaviour
  }
}

extension Environment.Kind {
  var words: String {
    switch self {
    case .onDemand: "On-Demand"
    case .spot: "Spot"
    case .fargate: "Fargate"
    case .fargateSpot: "Fargate Spot"
    case .managed: "ECS Managed Instances"
    case .managedSpot: "ECS Managed Instances on Spot"
    }
  }
}
