import Domain

/// What the ledger needs of one attempt, without strings and optionals: a million of them are kept, and walked in the
/// order of their instances, so that all of one must come with one read from memory.
struct AttemptFacts {
  /// `attempt.id`.
  var id: Int64
  /// Milliseconds since 1970, as the next two: the start of image pull, or of the attempt where that is unknown.
  var placed: Int64
  var started: Int64
  /// The time of collection where it still runs.
  var stopped: Int64
  /// Position in `World.instances`, −1 where the instance is unknown.
  var resource: Int32
  var milliVCPUs: Int32
  var memoryMiB: Int32
  /// `job_queue.id`.
  var jobQueue: Int32
  /// Number in `World.groups`.
  var group: Int32
  var gpus: Int16
  var flags: Flags

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

  var reserved: Resources {
    Resources(milliVCPUs: Int64(milliVCPUs), memoryMiB: Int64(memoryMiB), gpus: Int64(gpus))
  }
}
