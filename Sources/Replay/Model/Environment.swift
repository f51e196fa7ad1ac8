import Domain

/// A compute environment in the model.
package struct Environment: Sendable {
  /// The kind of its capacity. Raw values are as Batch writes `computeResources.type`; Batch has one word for both
  /// kinds of Managed Instances.
  package enum Kind: String, Sendable {
    case onDemand = "EC2"
    case spot = "SPOT"
    case fargate = "FARGATE"
    case fargateSpot = "FARGATE_SPOT"
    /// ECS Managed Instances: On-Demand, plus a fee.
    case managed = "ECS_MANAGED_INSTANCES"
    /// The same on Spot.
    case managedSpot = "ECS_MANAGED_INSTANCES (SPOT)"

    /// Each attempt is a task of its own: no instances, boot or packing.
    package var isFargate: Bool { self == .fargate || self == .fargateSpot }
    /// An instance costs a fee beside its price.
    package var isManaged: Bool { self == .managed || self == .managedSpot }
    /// May be reclaimed, and is paid at the Spot price.
    package var isSpot: Bool { self == .spot || self == .fargateSpot || self == .managedSpot }

    /// Its purchase option in postings.
    package var option: PurchaseOption {
      switch self {
      case .onDemand, .managed: .onDemand
      case .spot, .managedSpot: .spot
      case .fargate: .fargate
      case .fargateSpot: .fargateSpot
      }
    }
  }

  /// Row of `compute_environment`.
  package var id: Int64
  package var name: String
  package var kind: Kind
  /// Whose prices hold.
  package var region: String
  /// Whose Spot zones are meant: names differ between accounts.
  package var account: String
  /// How an instance type is chosen (`allocationStrategy`).
  package var strategy: Strategy
  /// Positions in `Model.shapes`, in the environment's order.
  package var types: [Int]
  /// Names of availability zones.
  package var zones: [String]
  /// Kept running without jobs: `minvCpus`.
  package var minimumMilliVCPUs: Int64
  /// `maxvCpus`; for more, jobs wait.
  package var maximumMilliVCPUs: Int64
  /// The most it ever got while jobs waited, from `CapacityFit`.
  package var capacityMilliVCPUs = Int64.max
  /// How long the environment keeps an instance after its last job, in milliseconds; instances that never ran a job end
  /// sooner.
  package var scaleDownDelay: Int64
  /// Delays, rates and shares, fitted or assumed.
  package var behaviour: Behaviour
  /// How much of the past it repeats.
  package var following: Following
  /// How much longer a job runs, by instance type; 1 if it is left out.
  package var slowdown: [Int: Double] = [:]
  /// Prices are multiplied by this.
  package var priceFactor = 1.0
  /// The share of a Spot environment's instances that is bought On-Demand.
  package var onDemandShare = 0.0

  package init(
    id: Int64, name: String, kind: Kind, region: String = "eu-west-1", account: String = "",
    strategy: Strategy = .bestFitProgressive, types: [Int] = [], zones: [String] = [], minimumMilliVCPUs: Int64 = 0,
    maximumMilliVCPUs: Int64 = .max, scaleDownDelay: Int64 = 0, behaviour: Behaviour = Behaviour(),
    following: Following = .strategy
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.region = region
    self.account = account
    self.strategy = strategy
    self.types = types
    self.zones = zones
    self.minimumMilliVCPUs = minimumMilliVCPUs
    self.maximumMilliVCPUs = maximumMilliVCPUs
    self.scaleDownDelay = scaleDownDelay
    self.behaviour = behaviour
    self.following = following
  }
}

extension Environment {
  /// The most it can have, by its description and by its history.
  var mostMilliVCPUs: Int64 { min(maximumMilliVCPUs, capacityMilliVCPUs) }

  /// The price equivalent of an instance that it buys On-Demand.
  var boughtOnDemand: Environment {
    var copy = self
    copy.kind = kind.isManaged ? .managed : .onDemand
    return copy
  }
}

/// How closely a replay follows what happened.
package enum Following: Sendable {
  /// Types are chosen by the allocation strategy, and instances are reclaimed at the measured rate.
  case strategy
  /// Types are drawn with probabilities from past launches (`TypePreference`), if there were enough of them.
  case drawn
  /// The model decides, and the market repeats itself when it is asked for the same: an attempt for which an instance
  /// was launched gets the same pool, for as long as EC2 left it alone, and Spot has no capacity for the attempts for
  /// which it had none. Otherwise as `drawn`.
  case market
  /// Every job goes where it went, as long as that is possible, and instances are reclaimed when they were. Only
  /// delays, packing and prices are replayed.
  case decisions
}

/// How an environment behaves, according to its history.
package struct Behaviour: Sendable, Equatable {
  /// From launch to the first pull.
  package var boot = Delay(constant: 0)
  /// From pull to start, on an instance that never ran a job of the environment.
  package var coldPull = Delay(constant: 0)
  /// From pull to start, on an instance that did.
  package var warmPull = Delay(constant: 0)
  /// From runnable to pull, on a running instance.
  package var scheduling = Delay(constant: 0)
  /// From the last job to the end of the instance, beyond the scale-down delay.
  package var tail = Delay(constant: 0)
  /// From the loss of a host to the next try.
  package var retry = Delay(constant: 0)
  /// Instances on which nothing ever ran, for each launch on which something did.
  package var idlePerLaunch = 0.0
  /// How long such instances live.
  package var idleLife = Delay(constant: 0)
  /// The share of launches for which EC2 has no capacity, so that the queue's next environment makes them.
  package var shortage = 0.0
  /// Which of the instances with room gets a job.
  package var placement = PlacementRule.oldest
  /// Instances that EC2 reclaims, per instance-hour.
  package var reclaims = ReclaimRates()

  package init() {}
}

/// Which of the instances with room gets a job. Fitted to what happened.
package enum PlacementRule: String, CaseIterable, Sendable {
  /// The one launched first.
  case oldest
  /// The one that would have the least memory left: ECS's `binpack`.
  case fullest
}

/// How often EC2 reclaims instances.
package struct ReclaimRates: Sendable, Equatable {
  /// For the environment as a whole, per instance-hour.
  package var hourly = 0.0
  /// By position in `Model.shapes`, if known.
  package var byType: [Int: Double] = [:]

  package init(hourly: Double = 0, byType: [Int: Double] = [:]) {
    self.hourly = hourly
    self.byType = byType
  }

  func rate(of type: Int) -> Double { byType[type] ?? hourly }
}
