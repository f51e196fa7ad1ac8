import Domain

/// An instance type as the model sees it.
package struct InstanceShape: Sendable, Equatable {
  package var name: String
  /// What the price list and the ledger go by.
  package var nominal: Resources
  /// What tasks can have: ECS registers less memory than the type is named with.
  package var room: Need
  /// x86_64, arm64; empty where unknown.
  package var architecture: String

  package init(name: String, nominal: Resources, registeredMiB: Int64, architecture: String = "x86_64") {
    self.name = name
    self.nominal = nominal
    room = Need(
      Resources(milliVCPUs: nominal.milliVCPUs, memoryMiB: registeredMiB, gpus: nominal.gpus))
    self.architecture = architecture
  }
}
