import Accounting
import Domain

/// Charges replayed instances as the ledger charges real ones, and posts the charges, with the same code.
struct Settlement: ~Copyable {
  private let trace: Trace
  private let model: Model
  private let days: Range<Day>
  private var poster: Poster
  private var environments: [EnvironmentResult]
  private var byOption: [Int64]
  private var terms: [Key: InstanceTerms] = [:]
  private var charges: [Charge] = []
  private var residences: [Residence] = []
  /// For each residence, whether it is a chosen job's; only if answers are narrowed.
  private var isChosen: [Bool] = []
  private var narrowed = NarrowedResult()

  private struct Key: Hashable {
    var environment: Int32
    var type: Int16
    var zone: Int16
    var isReclaimed: Bool
    var isOnDemand: Bool
  }

  /// - Parameter days: of the period, half-open.
  init(_ trace: Trace, _ model: Model, days: Range<Day>) {
    self.trace = trace
    self.model = model
    self.days = days
    poster = Poster(scheme: model.scheme)
    environments = model.environments.map { EnvironmentResult(name: $0.name) }
    byOption = [Int64](repeating: 0, count: PurchaseOption.allCases.count)
  }

  /// - Parameter posts: whether cost is divided by account, which takes longer than the replay itself.
  mutating func result(of simulation: borrowing Simulation, posts: Bool) -> ReplayResult {
    let order = Self.byInstance(simulation.attempts, count: simulation.instances.count)
    for index in simulation.instances.indices {
      let instance = simulation.instances[index]
      let attempts = order.attempts[order.starts[index]..<order.starts[index + 1]]
      gather(simulation, instance, attempts)
      let environment = model.environments[Int(instance.environment)]
      if environment.kind.isFargate {
        if let job = attempts.first.map({ trace.jobs[Int(simulation.attempts[Int($0)].job)] }) {
          fargate(instance, environment, job)
        }
      } else {
        ec2(instance, instance.isOnDemand ? environment.boughtOnDemand : environment, posts: posts)
      }
    }
    var all: [Int64] = []
    let queues = waits(simulation, &all)
    var result = ReplayResult(
      environments: environments, queues: queues, byOption: byOption, events: simulation.events)
    result.waitP95 = all.isEmpty ? 0 : QueueResult.percentile(all, 95)
    if trace.isNarrowed {
      narrowed.waitP95 = waitOfChosen(simulation)
      result.narrowed = narrowed
    }
    return result
  }

  /// Positions of attempts by instance, in the order they began.
  private static func byInstance(
    _ attempts: ContiguousArray<ReplayedAttempt>, count: Int
  ) -> (starts: ContiguousArray<Int>, attempts: ContiguousArray<Int32>) {
    var starts = ContiguousArray(repeating: 0, count: count + 1)
    for attempt in attempts { starts[Int(attempt.instance) + 1] += 1 }
    for index in 0..<count { starts[index + 1] += starts[index] }
    var next = starts
    var order = ContiguousArray(repeating: Int32(0), count: attempts.count)
    for (position, attempt) in attempts.enumerated() {
      order[next[Int(attempt.instance)]] = Int32(position)
      next[Int(attempt.instance)] += 1
    }
    return (starts, order)
  }

  private mutating func gather(
    _ simulation: borrowing Simulation, _ instance: ReplayedInstance, _ attempts: ContiguousArray<Int32>.SubSequence
  ) {
    residences.removeAll(keepingCapacity: true)
    isChosen.removeAll(keepingCapacity: true)
    if instance.carried >= 0 {
      for past in trace.carried[Int(instance.carried)].past {
        add(past.job, past.placed, past.started, past.stopped)
      }
    }
    for position in attempts {
      let attempt = simulation.attempts[Int(position)]
      // Its instance was reclaimed before anything ran.
      if attempt.placed == attempt.stopped { continue }
      add(attempt.job, attempt.placed, attempt.started, attempt.stopped)
    }
    guard trace.isNarrowed else { return residences.sort { $0.started < $1.started } }
    let order = residences.indices.sorted { residences[$0].started < residences[$1].started }
    residences = order.map { residences[$0] }
    isChosen = order.map { isChosen[$0] }
  }

  private mutating func add(_ job: Int32, _ placed: Int64, _ started: Int64, _ stopped: Int64) {
    let facts = trace.jobs[Int(job)]
    residences.append(
      Residence(
        placed: Instant(milliseconds: placed), started: Instant(milliseconds: min(started, stopped)),
        stopped: Instant(milliseconds: stopped), reserved: facts.need.resources, exclusive: facts.isExclusive))
    if trace.isNarrowed { isChosen.append(facts.isChosen) }
  }

  private mutating func ec2(_ instance: ReplayedInstance, _ environment: Environment, posts: Bool) {
    let span = TimeSpan(Instant(milliseconds: instance.started), Instant(milliseconds: instance.stopped))
    let key = Key(
      environment: instance.environment, type: instance.type, zone: instance.zone,
      isReclaimed: instance.isReclaimed, isOnDemand: instance.isOnDemand)
    let own =
      terms[key]
      ?? model.terms(
        environment, type: Int(instance.type), zone: instance.zone >= 0 ? trace.zones[Int(instance.zone)] : nil,
        interrupted: instance.isReclaimed)
    terms[key] = own
    charges.removeAll(keepingCapacity: true)
    own.forEachCharge(over: span) { charges.append($0) }
    scale(by: environment.priceFactor)
    count(instance, environment, span)
    let shape = model.shapes[Int(instance.type)]
    let position = Int(instance.environment)
    for residence in residences { environments[position].reserved += reserved(residence) }
    guard posts else {
      for charge in charges { for piece in charge.cutAtMidnight() { add(piece, environment, position) } }
      return
    }
    let days = self.days
    var accounts = environments[position].accounts
    var (cost, unpriced, ofChosen): (Int64, Int64, Int64) = (0, 0, 0)
    let (isChosen, isNarrowed) = (self.isChosen, trace.isNarrowed)
    poster.post(charges, span: span, residences: residences, capacity: shape.nominal) { posting in
      guard days.contains(posting.day) else { return }
      accounts[posting.account.rawValue] += posting.cost?.nanodollars ?? 0
      cost += posting.cost?.nanodollars ?? 0
      unpriced += posting.unpricedMilliseconds
      if isNarrowed, let attempt = posting.attempt, isChosen[attempt] { ofChosen += posting.cost?.nanodollars ?? 0 }
    }
    narrowed.cost += ofChosen
    environments[position].accounts = accounts
    environments[position].cost += cost
    environments[position].unpricedMilliseconds += unpriced
    byOption[environment.kind.option.rawValue] += cost
  }

  private mutating func add(_ piece: Charge, _ environment: Environment, _ position: Int) {
    guard days.contains(piece.span.start.day) else { return }
    environments[position].cost += piece.cost?.nanodollars ?? 0
    if piece.cost == nil { environments[position].unpricedMilliseconds += piece.billedMilliseconds }
    byOption[environment.kind.option.rawValue] += piece.cost?.nanodollars ?? 0
  }

  private mutating func fargate(_ task: ReplayedInstance, _ environment: Environment, _ job: Trace.Job) {
    guard let residence = residences.first else { return }
    let span = TimeSpan(residence.placed, max(residence.placed, residence.stopped))
    let position = Int(task.environment)
    let need = FargateTask.size(holding: Need(residence.reserved)) ?? residence.reserved
    let terms = FargateTerms(
      resources: need, ephemeralGiB: Int64(job.ephemeralGiB), architecture: job.isARM ? .arm : .x86,
      isSpot: environment.kind.isSpot, region: environment.region)
    charges.removeAll(keepingCapacity: true)
    charges.append(terms.charge(over: span, prices: model.prices))
    scale(by: environment.priceFactor)
    count(task, environment, span)
    environments[position].reserved += reserved(residence)
    for posting in FargatePosting.postings(charges[0], residence) where days.contains(posting.day) {
      let cost = posting.cost?.nanodollars ?? 0
      environments[position].accounts[posting.account.rawValue] += cost
      environments[position].cost += cost
      if trace.isNarrowed, job.isChosen { narrowed.cost += cost }
      environments[position].unpricedMilliseconds += posting.unpricedMilliseconds
      byOption[environment.kind.option.rawValue] += cost
    }
  }

  private mutating func scale(by factor: Double) {
    if factor == 1 { return }
    for index in charges.indices {
      charges[index].cost = charges[index].cost.map {
        Money(nanodollars: Int64((Double($0.nanodollars) * factor).rounded()))
      }
    }
  }

  private mutating func count(_ instance: ReplayedInstance, _ environment: Environment, _ span: TimeSpan) {
    let (from, to) = (days.lowerBound.start.milliseconds, days.upperBound.start.milliseconds)
    let within = max(0, min(span.end.milliseconds, to) - max(span.start.milliseconds, from))
    guard within > 0 else { return }
    let position = Int(instance.environment)
    environments[position].instanceMilliseconds += within
    environments[position].instances += 1
    if instance.isReclaimed, instance.stopped < to, instance.stopped >= from { environments[position].reclaims += 1 }
    let size = instance.type >= 0 ? model.shapes[Int(instance.type)].nominal.milliVCPUs : 0
    environments[position].offered += size * within
  }

  private func reserved(_ residence: Residence) -> Int64 {
    let (from, to) = (days.lowerBound.start, days.upperBound.start)
    let within = min(residence.stopped, to).milliseconds - max(residence.started, from).milliseconds
    return max(0, within) * residence.reserved.milliVCPUs
  }

  private func waitOfChosen(_ simulation: borrowing Simulation) -> Int64 {
    let (from, to) = (days.lowerBound.start.milliseconds, days.upperBound.start.milliseconds)
    var waits: [Int64] = []
    for (job, state) in zip(trace.jobs, simulation.progress)
    where job.isChosen && state.ready >= from && state.ready < to && state.firstStart >= 0 {
      waits.append(state.firstStart - state.ready)
    }
    return waits.isEmpty ? 0 : QueueResult.percentile(waits.sorted(), 95)
  }

  private func waits(_ simulation: borrowing Simulation, _ all: inout [Int64]) -> [QueueResult] {
    var waits = [[Int64]](repeating: [], count: model.queues.count)
    var first = [Int64](repeating: .max, count: model.queues.count)
    var last = [Int64](repeating: .min, count: model.queues.count)
    var waiting = [Int](repeating: 0, count: model.queues.count)
    let (from, to) = (days.lowerBound.start.milliseconds, days.upperBound.start.milliseconds)
    for (job, state) in zip(trace.jobs, simulation.progress) where state.ready >= from && state.ready < to {
      let queue = Int(job.queue)
      first[queue] = min(first[queue], state.ready)
      if state.firstStart >= 0 {
        waits[queue].append(state.firstStart - state.ready)
        last[queue] = max(last[queue], min(to, state.end >= 0 ? state.end : to))
      } else if state.predecessors == 0 {
        waiting[queue] += 1
      }
    }
    all = waits.flatMap { $0 }.sorted()
    return model.queues.indices.map {
      QueueResult(
        name: model.queues[$0].name, waits: &waits[$0], waiting: waiting[$0],
        first: first[$0] == .max ? 0 : first[$0], last: last[$0] == .min ? 0 : last[$0])
    }
  }
}
