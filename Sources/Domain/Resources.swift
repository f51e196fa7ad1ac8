/// An amount of vCPUs, memory and GPUs, as instances offer it and attempts reserve it.
package struct Resources: Hashable, Sendable {
  /// Thousandths of a vCPU: Fargate has 0.25.
  package var milliVCPUs: Int64
  /// MiB, as Batch requests it and EC2 describes it.
  package var memoryMiB: Int64
  /// Whole devices, Neuron devices of Inferentia and Trainium among them (method page, §3).
  package var gpus: Int64

  package init(milliVCPUs: Int64, memoryMiB: Int64, gpus: Int64 = 0) {
    self.milliVCPUs = milliVCPUs
    self.memoryMiB = memoryMiB
    self.gpus = gpus
  }

  package static let zero = Resources(milliVCPUs: 0, memoryMiB: 0)

  /// The larger of each resource.
  package func union(_ other: Resources) -> Resources {
    Resources(
      milliVCPUs: max(milliVCPUs, other.milliVCPUs), memoryMiB: max(memoryMiB, other.memoryMiB),
      gpus: max(gpus, other.gpus))
  }

  /// Whether an attempt can have used this much on a host: one percent is allowed for clocks and rounding.
  package func canBeUsed(on host: Resources) -> Bool {
    milliVCPUs <= host.milliVCPUs + host.milliVCPUs / 100 && memoryMiB <= host.memoryMiB + host.memoryMiB / 100 + 1
  }

  /// Whether it is more than `capacity` in any resource.
  package func exceeds(_ capacity: Resources) -> Bool {
    milliVCPUs > capacity.milliVCPUs || memoryMiB > capacity.memoryMiB || gpus > capacity.gpus
  }

  /// A sum that does not fit is the largest number.
  package static func + (a: Resources, b: Resources) -> Resources {
    Resources(
      milliVCPUs: sum(a.milliVCPUs, b.milliVCPUs), memoryMiB: sum(a.memoryMiB, b.memoryMiB), gpus: sum(a.gpus, b.gpus))
  }

  /// May be negative. A difference that does not fit is the largest or smallest number.
  package static func - (a: Resources, b: Resources) -> Resources {
    Resources(
      milliVCPUs: difference(a.milliVCPUs, b.milliVCPUs), memoryMiB: difference(a.memoryMiB, b.memoryMiB),
      gpus: difference(a.gpus, b.gpus))
  }
}
