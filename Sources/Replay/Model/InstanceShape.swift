import Domain

/// An instance type in the model.
package struct InstanceShape: Sendable, Equatable {
  /// As EC2 writes it: `m5.xlarge`.
  package var name: String
  /// The resources that the price list and the ledger use.
  package var nominal: Resources
  /// The resources available to tasks: ECS registers less memory than the type's nominal size.
  package var room: Need
  /// x86_64 or arm64; empty if unknown.
  package var architecture: String

  package init(name: String, nominal: Resources, registeredMiB: Int64, architecture: String = "x86_64") {
    self.name = name
    self.nominal = nominal
    room = Need(
      Resources(milliVCPUs: nominal.milliVCPUs, memoryMiB: registeredMiB, gpus: nominal.gpus))
    self.architecture = architecture
  }
}
