import Domain

/// What the ledger needs to know about one attempt, without strings and optionals: millions of them are kept in memory
/// or, if there are too many, in a file.
struct AttemptFacts: BitwiseCopyable {
  /// `attempt.id`.
  var id: Int64
  /// Milliseconds since 1970, like the next two: the start of image pull, or of the attempt if that is unknown.
  var placed: Int64
  var started: Int64
  /// The time of collection if it is still running.
  var stopped: Int64
  /// Position in `World.instances`, −1 if the instance is unknown. Before attempts are placed: what the attempt or its
  /// task says, as a position in `InstanceReader`.
  var resource: Int32
  /// Row of `container_instance`, −1 if unknown.
  var registration: Int32
  /// What it reserves, like the next two.
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
    /// Read only for the sake of its job's other attempts.
    static let context = Flags(rawValue: 16)
    /// Ended after the time of collection, at which it is cut off.
    static let cut = Flags(rawValue: 32)

    /// The first attempt of its job that started; for a multi-node job, of its first node.
    static let first = Flags(rawValue: 64)
    /// A Fargate task that ended before its container started: it is charged for its image pull.
    static let neverStarted = Flags(rawValue: 128)

    /// On ECS Managed Instances.
    static let managed = Flags(rawValue: 256)
    /// A SageMaker training job.
    static let training = Flags(rawValue: 512)

    /// Was still running at the time of collection: a later collection will know more.
    var goesOn: Bool { !isDisjoint(with: [.open, .cut]) }
  }

  var reserved: Resources {
    Resources(milliVCPUs: Int64(milliVCPUs), memoryMiB: Int64(memoryMiB), gpus: Int64(gpus))
  }
}
