import Domain

/// The properties of an environment that events need again and again, without arrays and strings, so that a copy is
/// cheap.
struct Traits {
  let isFargate: Bool
  let isManaged: Bool
  let isSpot: Bool
  let rule: PlacementRule
  let mayExceedMaximum: Bool
  let following: Following
  /// Whether the market repeats itself when asked for the same.
  let knowsMarket: Bool
  /// In milli-vCPUs, like `maximum` and `capacity`.
  let minimum: Int64
  let maximum: Int64
  let capacity: Int64
  let scaleDownDelay: Int64
  let idlePerLaunch: Double
  let shortage: Double
  let onDemandShare: Double
  let hasSlowdown: Bool

  init(_ environment: Environment) {
    isFargate = environment.kind.isFargate
    isManaged = environment.kind.isManaged
    isSpot = environment.kind.isSpot
    rule = environment.behaviour.placement
    mayExceedMaximum = environment.strategy.mayExceedMaximum(isSpot: environment.kind.isSpot)
    following = environment.following
    knowsMarket = following == .decisions || following == .market
    minimum = environment.minimumMilliVCPUs
    maximum = environment.maximumMilliVCPUs
    capacity = environment.capacityMilliVCPUs
    scaleDownDelay = environment.scaleDownDelay
    idlePerLaunch = environment.behaviour.idlePerLaunch
    shortage = environment.behaviour.shortage
    onDemandShare = environment.onDemandShare
    hasSlowdown = !environment.slowdown.isEmpty
  }
}

/// The same of a queue.
struct QueueTraits {
  /// All of its environments follow what happened.
  let followsDecisions: Bool
  /// The market repeats itself in all of its environments.
  let knowsMarket: Bool
  let takesRoomFirst: Bool
  let diversion: Double

  init(_ queue: Model.Queue, _ traits: ContiguousArray<Traits>) {
    followsDecisions = queue.environments.allSatisfy { traits[$0].following == .decisions }
    knowsMarket = queue.environments.allSatisfy { traits[$0].knowsMarket }
    takesRoomFirst = queue.takesRoomFirst
    diversion = queue.diversion
  }
}

/// The delays of all environments, in one array.
struct DelayTable {
  enum Kind: Int, CaseIterable { case boot, coldPull, warmPull, scheduling, tail, retry, idleLife }

  private static let steps = 100
  private var values: ContiguousArray<Int64> = []

  init(_ environments: [Environment]) {
    values.reserveCapacity(environments.count * Kind.allCases.count * (Self.steps + 1))
    for environment in environments {
      let behaviour = environment.behaviour
      let delays = [
        behaviour.boot, behaviour.coldPull, behaviour.warmPull, behaviour.scheduling, behaviour.tail, behaviour.retry,
        behaviour.idleLife,
      ]
      for delay in delays {
        for step in 0...Self.steps { values.append(delay.value(at: Double(step) / Double(Self.steps))) }
      }
    }
  }

  /// The value below which a share of all observations lies.
  @inline(__always)
  func value(_ kind: Kind, of environment: Int, at share: Double) -> Int64 {
    let base = (environment * Kind.allCases.count + kind.rawValue) * (Self.steps + 1)
    let position = share * Double(Self.steps)
    let below = min(Int(position), Self.steps - 1)
    let low = values[base + below]
    return low + Int64((position - Double(below)) * Double(values[base + below + 1] - low))
  }

  func median(_ kind: Kind, of environment: Int) -> Int64 { value(kind, of: environment, at: 0.5) }
}

/// The environments of all queues, each queue's in order, in one array.
struct QueueOrders {
  private var starts: ContiguousArray<Int> = [0]
  private var environments: ContiguousArray<Int> = []

  init(_ queues: [Model.Queue]) {
    for queue in queues {
      environments += queue.environments
      starts.append(environments.count)
    }
  }

  @inline(__always)
  func count(_ queue: Int) -> Int { starts[queue + 1] - starts[queue] }

  @inline(__always)
  subscript(queue: Int, position: Int) -> Int { environments[starts[queue] + position] }
}
