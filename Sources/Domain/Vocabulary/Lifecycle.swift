/// `InstanceLifecycle` of EC2 (botocore 1.44.8, ec2 `InstanceLifecycleType`): how an instance was launched.
package enum Lifecycle: Hashable, Sendable {
  case onDemand
  case spot
  case capacityBlock
  /// An On-Demand reservation of another account, which it lends and may take back.
  case interruptibleReservation
  /// `scheduled`, which AWS has retired, and what AWS adds: priced by nothing, and a finding.
  case other(String)

  /// - Parameter description: what a description says; EC2 says nothing of On-Demand.
  package init(description: String?) {
    switch description {
    case nil, "", "on-demand": self = .onDemand
    case "spot": self = .spot
    case "capacity-block": self = .capacityBlock
    case "interruptible-capacity-reservation": self = .interruptibleReservation
    case let name?: self = .other(name)
    }
  }

  package var option: PurchaseOption {
    switch self {
    case .onDemand: .onDemand
    case .spot: .spot
    case .capacityBlock: .capacityBlock
    case .interruptibleReservation: .interruptibleReservation
    case .other: .unknown
    }
  }
}

extension PurchaseOption {
  /// How an instance was launched that was bought so; nil where several ways are.
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

  package static let managedInstancesName = "ECS_MANAGED_INSTANCES"

  /// How an instance of it was bought that nobody described; nil where that cannot be told.
  package var option: PurchaseOption? {
    switch self {
    case .ec2: .onDemand
    case .spot: .spot
    case .fargate, .fargateSpot, .managedInstances, .other: nil
    }
  }
}
