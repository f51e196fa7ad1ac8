/// `InstanceLifecycle` of EC2 (botocore 1.44.8, ec2 `InstanceLifecycleType`): how an instance was launched.
package enum Lifecycle: Hashable, Sendable {
  /// EC2 gives no lifecycle.
  case onDemand
  case spot
  case capacityBlock
  /// An On-Demand reservation of another account, which lends it and may take it back.
  case interruptibleReservation
  /// On an Outpost, whose capacity is paid for by a contract of years: EC2 has no price for its instances.
  case outpost
  /// `scheduled`, which AWS has retired, and values that AWS adds later: never priced, and a finding.
  case other(String)

  /// - Parameter description: the value as stored; EC2 gives none for On-Demand, and has no value for Outposts.
  package init(description: String?) {
    switch description {
    case nil, "", "on-demand": self = .onDemand
    case "spot": self = .spot
    case "capacity-block": self = .capacityBlock
    case "outpost": self = .outpost
    case "interruptible-capacity-reservation": self = .interruptibleReservation
    case let name?: self = .other(name)
    }
  }

  /// How an instance launched so is paid for, before any Savings Plan or reservation.
  package var option: PurchaseOption {
    switch self {
    case .onDemand: .onDemand
    case .spot: .spot
    case .capacityBlock: .capacityBlock
    case .interruptibleReservation: .interruptibleReservation
    case .outpost, .other: .unknown
    }
  }
}

extension PurchaseOption {
  /// The lifecycle of instances with this purchase option; nil if several are possible.
  package var lifecycle: Lifecycle? {
    switch self {
    case .spot: .spot
    case .capacityBlock: .capacityBlock
    case .interruptibleReservation: .interruptibleReservation
    default: nil
    }
  }
}

/// `computeResources.type` of a compute environment (botocore 1.44.8, batch `CRType`).
package enum EnvironmentType: Hashable, Sendable {
  case ec2, spot, fargate, fargateSpot, managedInstances
  /// A value that AWS added later.
  case other(String)

  package init(_ name: String) {
    switch name {
    case "EC2": self = .ec2
    case "SPOT": self = .spot
    case "FARGATE": self = .fargate
    case "FARGATE_SPOT": self = .fargateSpot
    case Self.managedInstancesName: self = .managedInstances
    default: self = .other(name)
    }
  }

  /// As Batch writes it.
  package static let managedInstancesName = "ECS_MANAGED_INSTANCES"

  /// The purchase option of an instance that nobody described; nil if it cannot be known.
  package var option: PurchaseOption? {
    switch self {
    case .ec2: .onDemand
    case .spot: .spot
    case .fargate, .fargateSpot, .managedInstances, .other: nil
    }
  }
}
