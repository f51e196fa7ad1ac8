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

  /// `r6i.4xlarge` → letter `r`, generation `6i`.
  struct Family: Hashable, Comparable {
    var letter: String
    var generation: String

    init?(ofType type: String) {
      guard let name = type.split(separator: ".").first, let digit = name.firstIndex(where: \.isNumber),
        digit > name.startIndex
      else { return nil }
      letter = String(name[..<digit])
      generation = String(name[digit...])
    }

    var name: String { letter + generation }
    static func < (a: Family, b: Family) -> Bool { a.name < b.name }
  }

  /// The least rate of a vCPU-hour among the listed types of a family, and the MiB that a vCPU brings there.
  func vcpu(of family: Family, week: String? = nil) -> (rate: Int64, mib: Int64)? {
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

  var families: [Family] { Set(shapes.keys.compactMap { Family(ofType: $0) }).sorted() }
}
