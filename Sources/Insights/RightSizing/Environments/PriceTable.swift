import Domain
import Store

/// Prices that advice compares: On-Demand list rates, and Spot rates as they stood on average in a week.
package struct PriceTable: Sendable {
  package struct Shape: Sendable {
    package var capacity: Resources
    package var architecture: String
    package var registeredMiB: Int64
    package var isBurstable: Bool

    package init(capacity: Resources, architecture: String, registeredMiB: Int64, isBurstable: Bool = false) {
      self.capacity = capacity
      self.architecture = architecture
      self.registeredMiB = registeredMiB
      self.isBurstable = isBurstable
    }
  }

  package struct Regional: Sendable {
    package var onDemand: [String: Int64] = [:]
    package var spot: [String: [String: Int64]] = [:]

    package init() {}
  }

  /// Nanodollars an hour, Linux, shared tenancy, by instance type.
  package var onDemand: [String: Int64] = [:]
  /// The mean over zones of the Spot rates at the middle of the week, by week and type.
  package var spot: [String: [String: Int64]] = [:]
  /// The same region by region.
  package var regions: [String: Regional] = [:]
  package var shapes: [String: Shape] = [:]
  package var fargateVCPU: Int64 = 0
  package var fargateGB: Int64 = 0

  package init() {}

  /// The least rate of a vCPU-hour among the listed types of a family, and the MiB that a vCPU brings there.
  func vcpu(of family: InstanceFamily, week: String? = nil) -> (rate: Int64, mib: Int64)? {
    let rates = week.map { spot[$0] ?? [:] } ?? onDemand
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
