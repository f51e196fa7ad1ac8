import Domain

/// Attempts as columns: a million of them are walked several times, and strings and optionals would cost more than
/// the arithmetic.
struct AttemptColumns {
  /// `attempt.id`, ascending.
  var id: ContiguousArray<Int64> = []
  /// Position in `World.resources`, −1 where the instance is unknown.
  var resource: ContiguousArray<Int32> = []
  var placed: ContiguousArray<Int64> = []
  var started: ContiguousArray<Int64> = []
  var stopped: ContiguousArray<Int64> = []
  var milliVCPUs: ContiguousArray<Int32> = []
  var memoryMiB: ContiguousArray<Int32> = []
  var gpus: ContiguousArray<Int16> = []
  var jobQueue: ContiguousArray<Int32> = []
  /// Number in `World.groups`.
  var group: ContiguousArray<Int32> = []
  var flags: ContiguousArray<Flags> = []

  struct Flags: OptionSet {
    let rawValue: UInt8

    /// Has its instance to itself.
    static let node = Flags(rawValue: 1)
    /// Still running at the time of collection.
    static let open = Flags(rawValue: 2)
    /// Runs on Fargate.
    static let fargate = Flags(rawValue: 4)
    /// Another attempt of the job followed.
    static let retried = Flags(rawValue: 8)
  }

  var count: Int { id.count }

  func reserved(_ index: Int) -> Resources {
    Resources(
      milliVCPUs: Int64(milliVCPUs[index]), memoryMiB: Int64(memoryMiB[index]), gpus: Int64(gpus[index]))
  }

  mutating func reserveCapacity(_ count: Int) {
    id.reserveCapacity(count)
    resource.reserveCapacity(count)
    placed.reserveCapacity(count)
    started.reserveCapacity(count)
    stopped.reserveCapacity(count)
    milliVCPUs.reserveCapacity(count)
    memoryMiB.reserveCapacity(count)
    gpus.reserveCapacity(count)
    jobQueue.reserveCapacity(count)
    group.reserveCapacity(count)
    flags.reserveCapacity(count)
  }
}
