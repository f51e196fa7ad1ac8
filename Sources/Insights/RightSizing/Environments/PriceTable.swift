import Domain

/// Prices for advice, in one account and region in one week: those in force at its middle, for Linux on shared tenancy,
/// in nanodollars per hour.
package struct PriceTable: Sendable {
  /// An instance type as EC2 describes it.
  package struct Shape: Sendable {
    /// Nominal.
    package var capacity: Resources
    /// `x86_64`, `arm64`; empty if unknown.
    package var architecture: String
    /// The memory that jobs can have.
    package var registeredMiB: Int64
    /// Of a family with CPU credits, such as t3, whose price is not for all of its vCPUs all the time.
    package var isBurstable: Bool

    package init(capacity: Resources, architecture: String, registeredMiB: Int64, isBurstable: Bool = false) {
      self.capacity = capacity
      self.architecture = architecture
      self.registeredMiB = registeredMiB
      self.isBurstable = isBurstable
    }
  }

  /// The region's list price by instance type.
  package var onDemand: [String: Int64] = [:]
  /// The mean of the Spot prices in the region's own zones, by instance type.
  package var spot: [String: Int64] = [:]
  /// By instance type, whether or not it has a price.
  package var shapes: [String: Shape]
  /// Of a vCPU; 0 if unknown.
  package var fargateVCPU: Int64 = 0
  /// Of a GB; 0 if unknown.
  package var fargateGB: Int64 = 0

  package init(shapes: [String: Shape] = [:]) { self.shapes = shapes }

  func rates(isSpot: Bool) -> [String: Int64] { isSpot ? spot : onDemand }

  /// The lowest rate of a vCPU-hour among the priced types of a family, and the MiB per vCPU there.
  func vcpu(of family: InstanceFamily, isSpot: Bool = false) -> (rate: Int64, mib: Int64)? {
    let rates = rates(isSpot: isSpot)
    let prefix = family.name + "."
    var offers: [(Int64, Int64)] = []
    for (type, shape) in shapes where !shape.isBurstable && shape.capacity.gpus == 0 && type.hasPrefix(prefix) {
      guard let rate = rates[type] else { continue }
      offers.append((rate * 1000 / shape.capacity.milliVCPUs, shape.registeredMiB * 1000 / shape.capacity.milliVCPUs))
    }
    guard let rate = offers.map(\.0).min(), let mib = offers.map(\.1).min() else { return nil }
    return (rate, mib)
  }

  var families: [InstanceFamily] { Set(shapes.keys.compactMap { InstanceFamily(ofType: $0) }).sorted() }
}
