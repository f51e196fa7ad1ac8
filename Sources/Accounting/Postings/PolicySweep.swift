import Domain

/// Who would bear unused cost under the two policies that assign it to attempts (method page, §3): each attempt's claim
/// on the unused cost of one resource and day.
///
/// Claims are doubles: they only set the proportions in which whole nanodollars are then divided.
struct PolicySweep {
  /// By attempt: unused cost at instants when it was there, in proportion to shares (policy `instance`).
  private(set) var instance: [Double] = []
  /// By attempt: unused cost of each resource in clock hours, in proportion to allocations (policy `aws`).
  private(set) var aws: [Double] = []
  /// Unused cost of hours, or of resources, on which no attempt has a claim under `aws`.
  private(set) var awsUnclaimed = 0.0

  private var rate = 0.0
  private var hour: Int64 = .min
  private var hourUnused = Triple.zero
  private var hourAllocated = Triple.zero
  private var allocated: [Triple] = []
  private var inHour: [Int] = []
  private var seen: [Bool] = []

  struct Triple {
    var cpu = 0.0
    var memory = 0.0
    var gpu = 0.0

    static let zero = Triple()

    mutating func add(_ demand: Demand, _ factor: Double) {
      cpu += Double(demand.cpu) * factor
      memory += Double(demand.memory) * factor
      gpu += Double(demand.gpu) * factor
    }
  }

  mutating func begin(count: Int) {
    instance.removeAll(keepingCapacity: true)
    aws.removeAll(keepingCapacity: true)
    allocated.removeAll(keepingCapacity: true)
    seen.removeAll(keepingCapacity: true)
    instance.append(contentsOf: repeatElement(0, count: count))
    aws.append(contentsOf: repeatElement(0, count: count))
    allocated.append(contentsOf: repeatElement(.zero, count: count))
    seen.append(contentsOf: repeatElement(false, count: count))
    inHour.removeAll(keepingCapacity: true)
    hourUnused = .zero
    hourAllocated = .zero
    awsUnclaimed = 0
    hour = .min
  }

  /// Begins a piece of a charge: from here on a millisecond costs this much.
  mutating func price(_ piece: Charge) {
    let billed = max(piece.billedMilliseconds, piece.span.milliseconds)
    rate = billed > 0 ? Double(piece.cost?.nanodollars ?? 0) / Double(billed) : 0
  }

  /// Time in which nothing changes, without attempts that have the instance to themselves.
  mutating func interval(
    from: Int64, to: Int64, active: [Int], demand: [Demand], sum: Demand, capacity: Demand
  ) {
    forEachHour(from, to) { sweep, duration in
      sweep.hourUnused.add(sum.left(in: capacity), sweep.rate * duration)
      for index in active {
        sweep.allocated[index].add(demand[index], duration)
        sweep.hourAllocated.add(demand[index], duration)
        if !sweep.seen[index] {
          sweep.seen[index] = true
          sweep.inHour.append(index)
        }
      }
    }
  }

  /// An attempt's claim under `instance` on free capacity beside it: in proportion to its share of all shares.
  mutating func claim(_ index: Int, of free: Int64, share: Int64, shares: Int64) {
    instance[index] += rate * Double(free) * Double(share) / Double(shares)
  }

  /// Time in which no attempt is present.
  mutating func vacant(from: Int64, to: Int64, capacity: Demand) {
    forEachHour(from, to) { sweep, duration in sweep.hourUnused.add(capacity, sweep.rate * duration) }
  }

  /// Billed time that did not pass: it belongs to the clock hour of one moment.
  mutating func extend(by duration: Int64, at moment: Int64, capacity: Demand) {
    let current = floorDivide(moment, millisecondsPerHour)
    if current != hour { settleHour(next: current) }
    hourUnused.add(capacity, rate * Double(duration))
  }

  private mutating func forEachHour(_ from: Int64, _ to: Int64, _ body: (inout PolicySweep, Double) -> Void) {
    var at = from
    while at < to {
      let current = floorDivide(at, millisecondsPerHour)
      if current != hour { settleHour(next: current) }
      let until = min(to, (current + 1) * millisecondsPerHour)
      body(&self, Double(until - at))
      at = until
    }
  }

  /// Divides the unused cost of the hour that ends among the attempts that were present in it.
  private mutating func settleHour(next: Int64) {
    hour = next
    func part(_ own: Double, _ all: Double, _ unused: Double) -> Double { all > 0 ? own / all * unused : 0 }
    for index in inHour {
      let own = allocated[index]
      aws[index] +=
        part(own.cpu, hourAllocated.cpu, hourUnused.cpu) + part(own.memory, hourAllocated.memory, hourUnused.memory)
        + part(own.gpu, hourAllocated.gpu, hourUnused.gpu)
      allocated[index] = .zero
      seen[index] = false
    }
    if hourAllocated.cpu == 0 { awsUnclaimed += hourUnused.cpu }
    if hourAllocated.memory == 0 { awsUnclaimed += hourUnused.memory }
    if hourAllocated.gpu == 0 { awsUnclaimed += hourUnused.gpu }
    inHour.removeAll(keepingCapacity: true)
    hourUnused = .zero
    hourAllocated = .zero
  }

  /// Ends the day and settles its last hour. Claims remain until `beginDay`.
  mutating func endDay() { settleHour(next: .min) }

  mutating func beginDay() {
    for index in instance.indices {
      instance[index] = 0
      aws[index] = 0
    }
    awsUnclaimed = 0
  }
}

extension Demand {
  /// What this leaves of a capacity, resource by resource; never negative.
  func left(in capacity: Demand) -> Demand {
    var left = Demand()
    left.cpu = max(0, capacity.cpu - cpu)
    left.memory = max(0, capacity.memory - memory)
    left.gpu = max(0, capacity.gpu - gpu)
    return left
  }
}
