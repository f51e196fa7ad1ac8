import Domain

/// Walks through an instance's life event by event and adds up, for each piece of a charge, how much of it every
/// attempt and every kind of unused capacity had, in units of weight × milliseconds.
struct Sweep: ~Copyable {
  /// Weight·ms of each attempt while running and while starting, in the current piece.
  private(set) var running: [Int64] = []
  private(set) var starting: [Int64] = []
  /// Milliseconds of each attempt running and starting in the current piece.
  private(set) var runningTime: [Int64] = []
  private(set) var startingTime: [Int64] = []
  /// Attempts present in the current piece, in order.
  private(set) var present: [Int] = []
  /// Weight·ms, free resource-time and time by unused account, in the current piece.
  private(set) var unused = [Int64](repeating: 0, count: Account.allCases.count)
  private(set) var unusedTime = [Int64](repeating: 0, count: Account.allCases.count)
  private(set) var free = [Resources](repeating: .zero, count: Account.allCases.count)

  /// Claims on unused cost under the other policies.
  var policies = PolicySweep()

  /// Time in which reservations together exceeded the capacity.
  private(set) var crowdedTime: Int64 = 0

  private var events: [UInt64] = []
  private var next = 0
  private var active: [Int] = []
  private var demand: [Demand] = []
  private var began: [Bool] = []
  private var inPiece: [Bool] = []
  private var sum = Demand.zero
  private var exclusive = 0
  private var capacity = Demand.zero
  private var nominal = Resources.zero
  private var origin: Int64 = 0
  private var now: Int64 = 0
  private var placedSoFar = 0
  private var total = 0

  private enum Kind: UInt64 {
    case stop = 0
    case start, place
  }

  mutating func begin(span: TimeSpan, residences: [Residence], capacity: Resources?, scheme: WeightScheme) {
    origin = span.start.milliseconds
    now = origin
    next = 0
    placedSoFar = 0
    crowdedTime = 0
    sum = .zero
    exclusive = 0
    active.removeAll(keepingCapacity: true)
    present.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    let count = residences.count
    running.reset(count)
    starting.reset(count)
    runningTime.reset(count)
    startingTime.reset(count)
    began.reset(count)
    inPiece.reset(count)
    for index in unused.indices {
      unused[index] = 0
      unusedTime[index] = 0
      free[index] = .zero
    }
    nominal = capacity ?? residences.reduce(.zero) { $0.union($1.allocated) }
    let weights = scheme.weights(for: nominal)
    self.capacity = Demand(of: nominal, in: nominal, weights, scheme)
    demand.removeAll(keepingCapacity: true)
    total = 0
    policies.begin(count: count)
    for (index, residence) in residences.enumerated() {
      var share = Demand(of: residence.allocated, in: nominal, weights, scheme)
      share.reserved = residence.reserved
      share.exclusive = residence.exclusive
      demand.append(share)
      let (low, high) = (span.start.milliseconds, span.end.milliseconds)
      let placed = min(max(residence.placed.milliseconds, low), high)
      let started = min(max(residence.started.milliseconds, placed), high)
      let stopped = min(max(residence.stopped.milliseconds, started), high)
      guard stopped > placed else { continue }
      total += 1
      add(.place, placed, index)
      if started > placed { add(.start, started, index) } else { began[index] = true }
      add(.stop, stopped, index)
    }
    events.sort()
  }

  private mutating func add(_ kind: Kind, _ time: Int64, _ index: Int) {
    // Time since the start in the high bits: `RunningSpan.longest`, 34 years; 2^22 attempts per instance.
    events.append(UInt64(time - origin) << 24 | kind.rawValue << 22 | UInt64(index))
  }

  /// Adds up the piece `[piece.start, piece.end)` and any billing extension beyond it.
  mutating func advance(to piece: Charge) {
    for index in present {
      running[index] = 0
      starting[index] = 0
      runningTime[index] = 0
      startingTime[index] = 0
      inPiece[index] = false
    }
    present.removeAll(keepingCapacity: true)
    for index in unused.indices {
      unused[index] = 0
      unusedTime[index] = 0
      free[index] = .zero
    }
    for index in active { enter(index) }
    policies.price(piece)
    let end = piece.span.end.milliseconds
    now = piece.span.start.milliseconds
    while true {
      while next < events.count, origin + Int64(events[next] >> 24) <= now { apply(events[next]) }
      guard now < end else { break }
      let until = next < events.count ? min(end, origin + Int64(events[next] >> 24)) : end
      interval(until - now)
      now = until
    }
    let extra = piece.billedMilliseconds - piece.span.milliseconds
    if extra > 0 {
      // The extension is billed with the hour in which the resource ended.
      vacant(total == 0 ? .idle : .tail, extra, at: max(piece.span.start.milliseconds, end - 1))
    }
    present.sort()
  }

  private mutating func enter(_ index: Int) {
    if inPiece[index] { return }
    inPiece[index] = true
    present.append(index)
  }

  private mutating func apply(_ event: UInt64) {
    next += 1
    let index = Int(event & 0x3F_FFFF)
    switch Kind(rawValue: event >> 22 & 3) {
    case .place:
      active.append(index)
      sum += demand[index]
      if demand[index].exclusive { exclusive += 1 }
      placedSoFar += 1
    case .start: began[index] = true
    case .stop:
      active.removeAll { $0 == index }
      sum -= demand[index]
      if demand[index].exclusive { exclusive -= 1 }
    case nil: break
    }
  }

  /// Time in which nothing changes.
  private mutating func interval(_ duration: Int64) {
    guard !active.isEmpty else {
      vacant(total == 0 ? .idle : placedSoFar == 0 ? .boot : placedSoFar < total ? .gap : .tail, duration, at: nil)
      return
    }
    var shared: Int64 = 0
    if exclusive > 0 {
      // A node has its instance to itself: it takes all of it, and nodes that overlap share it evenly.
      let whole = capacity.weight * duration
      let takers = active.filter { demand[$0].exclusive }
      for (position, index) in takers.enumerated() {
        let part = whole / Int64(takers.count) + (position == 0 ? whole % Int64(takers.count) : 0)
        allot(index, part, duration)
      }
      for index in active where !demand[index].exclusive { allot(index, 0, duration) }
      return
    }
    if sum.reserved.exceeds(nominal) { crowdedTime += duration }
    let fits = sum.fits(capacity)
    for index in active {
      let part = fits ? demand[index].weight * duration : demand[index].crowded(sum, capacity, duration)
      shared += part
      allot(index, part, duration)
    }
    let packing = Account.packing.rawValue
    let left = capacity.weight * duration - shared
    policies.interval(from: now, to: now + duration, active: active, demand: demand, sum: sum, capacity: capacity)
    if left > 0, shared > 0 {
      for index in active {
        let part = fits ? demand[index].weight * duration : demand[index].crowded(sum, capacity, duration)
        policies.claim(index, of: left, share: part, shares: shared)
      }
    }
    unused[packing] += left
    unusedTime[packing] += duration
    free[packing] = free[packing] + sum.freeTime(in: nominal, duration)
  }

  private mutating func allot(_ index: Int, _ part: Int64, _ duration: Int64) {
    enter(index)
    if began[index] {
      running[index] += part
      runningTime[index] += duration
    } else {
      starting[index] += part
      startingTime[index] += duration
    }
  }

  /// - Parameter moment: the moment to which all of it belongs, for time that is billed but did not pass.
  private mutating func vacant(_ account: Account, _ duration: Int64, at moment: Int64?) {
    if let moment {
      policies.extend(by: duration, at: moment, capacity: capacity)
    } else {
      policies.vacant(from: now, to: now + duration, capacity: capacity)
    }
    unused[account.rawValue] += capacity.weight * duration
    unusedTime[account.rawValue] += duration
    free[account.rawValue] = free[account.rawValue] + nominal.over(duration)
  }
}

extension Resources {
  /// Resource-time: each amount times a duration.
  func over(_ milliseconds: Int64) -> Resources {
    Resources(
      milliVCPUs: product(milliVCPUs, milliseconds), memoryMiB: product(memoryMiB, milliseconds),
      gpus: product(gpus, milliseconds))
  }
}

extension Array where Element: ExpressibleByIntegerLiteral {
  mutating func reset(_ count: Int) {
    removeAll(keepingCapacity: true)
    append(contentsOf: repeatElement(0, count: count))
  }
}

extension [Bool] {
  mutating func reset(_ count: Int) {
    removeAll(keepingCapacity: true)
    append(contentsOf: repeatElement(false, count: count))
  }
}
