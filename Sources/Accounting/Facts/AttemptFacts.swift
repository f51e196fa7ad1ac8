import Domain

/// What the ledger needs of one attempt, without strings and optionals: millions of them go through memory and, where
/// they are too many, through a file.
struct AttemptFacts: BitwiseCopyable {
  /// `attempt.id`.
  var id: Int64
  /// Milliseconds since 1970, as the next two: the start of image pull, or of the attempt where that is unknown.
  var placed: Int64
  var started: Int64
  /// The time of collection where it still runs.
  var stopped: Int64
  /// Position in `World.instances`, −1 where the instance is unknown. Until attempts are placed, what the attempt itself
  /// or its task says, by the positions of `InstanceReader`.
  var resource: Int32
  /// Row of `container_instance`, −1 where unknown.
  var registration: Int32
  var milliVCPUs: Int32
  var memoryMiB: Int32
  /// `job_queue.id`.
  var jobQueue: Int32
  /// Number in `World.groups`.
  var group: Int32
  var gpus: Int16
  var flags: Flags

  struct Flags: OptionSet {
    let rawValue: UInt16

    /// Has its instance to itself.
    static let node = Flags(rawValue: 1)
    /// Still running at the time of collection.
    static let open = Flags(rawValue: 2)
    /// Runs on Fargate.
    static let fargate = Flags(rawValue: 4)
    /// Another attempt of the job followed.
    static let retried = Flags(rawValue: 8)
    /// Read only for the other attempts of its job.
    static let context = Flags(rawValue: 16)
    /// Ended after the time of collection, to which it is cut off.
    static let cut = Flags(rawValue: 32)

    /// The first attempt of its job that started; of a multi-node job that of its first node.
    static let first = Flags(rawValue: 64)
    /// A Fargate task that ended before its container started: its pull is charged.
    static let neverStarted = Flags(rawValue: 128)

    /// On ECS Managed Instances.
    static let managed = Flags(rawValue: 256)
    /// A training job of SageMaker.
    static let training = Flags(rawValue: 512)

    /// Still ran at the time of collection: a later one will tell more.
    var goesOn: Bool { !isDisjoint(with: [.open, .cut]) }
  }

  var reserved: Resources {
    Resources(milliVCPUs: Int64(milliVCPUs), memoryMiB: Int64(memoryMiB), gpus: Int64(gpus))
  }
}
