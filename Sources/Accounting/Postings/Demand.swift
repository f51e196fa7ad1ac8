import Domain

/// What one attempt, or all of them together, takes of an instance: units of weight by resource.
struct Demand: Equatable {
  var cpu: Int64 = 0
  var memory: Int64 = 0
  var gpu: Int64 = 0
  /// What is reserved, for resource-time; unweighted.
  var reserved = Resources.zero
  var exclusive = false

  static let zero = Demand()

  init() {}

  init(of resources: Resources, in capacity: Resources, _ weights: Weights, _ scheme: WeightScheme) {
    reserved = resources
    guard scheme == .maxShare else {
      cpu = weights.milliVCPU * resources.milliVCPUs
      memory = weights.mib * resources.memoryMiB
      gpu = weights.gpu * resources.gpus
      return
    }
    // The largest share, in millionths of the instance, counts as the only resource.
    func share(_ amount: Int64, _ whole: Int64) -> Int64 {
      whole > 0 ? min(1 << 40, Int64(dividedHalfToEven(Int128(amount) * 1_000_000, by: Int128(whole)))) : 0
    }
    cpu = max(
      share(resources.milliVCPUs, capacity.milliVCPUs),
      max(share(resources.memoryMiB, capacity.memoryMiB), share(resources.gpus, capacity.gpus)))
  }

  var weight: Int64 { cpu + memory + gpu }

  func fits(_ capacity: Demand) -> Bool {
    cpu <= capacity.cpu && memory <= capacity.memory && gpu <= capacity.gpu
  }

  /// This attempt's weight·ms when all attempts together exceed the capacity of a resource: then the capacity is shared
  /// in proportion to the allocations.
  func crowded(_ sum: Demand, _ capacity: Demand, _ duration: Int64) -> Int64 {
    Self.crowded(cpu, sum.cpu, capacity.cpu, duration) + Self.crowded(memory, sum.memory, capacity.memory, duration)
      + Self.crowded(gpu, sum.gpu, capacity.gpu, duration)
  }

  private static func crowded(_ own: Int64, _ sum: Int64, _ capacity: Int64, _ duration: Int64) -> Int64 {
    if sum <= capacity { return own * duration }
    return Int64(Int128(own) * Int128(capacity) * Int128(duration) / Int128(sum))
  }

  /// Capacity that nobody reserves, as resource-time; never negative.
  func freeTime(in nominal: Resources, _ duration: Int64) -> Resources {
    let left = nominal - reserved
    return Resources(
      milliVCPUs: max(0, left.milliVCPUs), memoryMiB: max(0, left.memoryMiB), gpus: max(0, left.gpus)
    ).over(duration)
  }

  static func += (a: inout Demand, b: Demand) {
    a.cpu += b.cpu
    a.memory += b.memory
    a.gpu += b.gpu
    a.reserved = a.reserved + b.reserved
  }

  static func -= (a: inout Demand, b: Demand) {
    a.cpu -= b.cpu
    a.memory -= b.memory
    a.gpu -= b.gpu
    a.reserved = a.reserved - b.reserved
  }
}
