import Accounting
import Domain

/// Attempts of job definitions with measured usage, and what the ledger posted to them, as columns.
package struct UsageHistory: Sendable {
  /// A job definition, or the part of it that is one step of a workflow or has one pattern of job names.
  package struct Group: Hashable, Sendable {
    /// Its name, with `*` for the varying parts if several definitions belong to one step.
    package var definition: String
    /// Empty for all jobs of the definition.
    package var pattern: String
  }

  /// One attempt. Groups and types are positions in the history's columns.
  package struct Attempt: Sendable {
    /// `attempt.id`, ascending; a job's attempts are adjacent.
    package var id: Int64
    /// Position in `groups`.
    package var group: Int32
    /// Row of `job_queue`.
    package var queue: Int32
    /// Position in `types`, −1 if unknown.
    package var type: Int32
    /// Milliseconds since 1970.
    package var started: Int64
    /// What its job asked for, or its definition.
    package var requested: Resources
    /// Nil if no usage was measured.
    package var used: Resources?
    /// Killed for memory: it needed more than it requested.
    package var ranOutOfMemory: Bool
    /// Only sizes that Fargate offers can be advised.
    package var isFargate: Bool
    /// Of a multi-node job: it has its instance to itself, and no other size is advised.
    package var isNode: Bool

    package init(
      id: Int64, group: Int32, queue: Int32, type: Int32, started: Int64, requested: Resources, used: Resources?,
      ranOutOfMemory: Bool, isFargate: Bool, isNode: Bool
    ) {
      self.id = id
      self.group = group
      self.queue = queue
      self.type = type
      self.started = started
      self.requested = requested
      self.used = used
      self.ranOutOfMemory = ranOutOfMemory
      self.isFargate = isFargate
      self.isNode = isNode
    }
  }

  /// Attempt or startup cost of one attempt on one resource and day.
  package struct Posting: Sendable {
    /// Position in `attempts`.
    package var attempt: Int32
    /// Days since 1970, UTC.
    package var day: Int32
    /// Position in `weightings`; −1 if unknown, and then another size costs the same.
    package var weighting: Int32
    /// Nanodollars.
    package var cost: Int64

    package init(attempt: Int32, day: Int32, weighting: Int32, cost: Int64) {
      self.attempt = attempt
      self.day = day
      self.weighting = weighting
      self.cost = cost
    }
  }

  /// Attempts whose measured use exceeds their host, so that it was not a valid measurement.
  struct Implausible: Sendable {
    /// The first of them.
    var task: String
    var attempts: Int64 = 0
  }

  var implausible: Implausible?

  /// Job definitions, or parts of them, that get a size of their own.
  package var groups: [Group] = []
  /// Instance types on which attempts ran.
  package var types: [PackingType] = []
  /// In the order of their ids.
  package var attempts: ContiguousArray<Attempt> = []
  /// In the order of their attempts.
  package var postings: ContiguousArray<Posting> = []
  /// Each once: many resources share one.
  package var weightings: [Weighting] = []

  package init() {}
}

/// How the ledger weights a reservation on one resource: its share of the weight is its share of the cost.
package enum Weighting: Hashable, Sendable {
  case instance(capacity: Resources, scheme: WeightScheme)
  /// The rates of a vCPU and of a GB; the cost of a task is proportional to its size.
  case fargate(vcpuRate: Int64, gbRate: Int64)

  /// Comparable only with other weights of the same weighting.
  package func weight(_ resources: Resources) -> Int64 {
    switch self {
    case .fargate(let vcpu, let gb):
      return vcpu / 1000 * resources.milliVCPUs * 1024 + gb / 1000 * resources.memoryMiB * 1000
    case .instance(let capacity, .maxShare):
      func share(_ amount: Int64, _ whole: Int64) -> Int64 { whole > 0 ? amount * 1_000_000 / whole : 0 }
      return max(
        share(resources.milliVCPUs, capacity.milliVCPUs), share(resources.memoryMiB, capacity.memoryMiB),
        share(resources.gpus, capacity.gpus))
    case .instance(let capacity, let scheme): return scheme.weights(for: capacity).weight(of: resources)
    }
  }

  /// What counts for an attempt: on an instance, what it used if that is more than it reserved; on Fargate, the task's
  /// size.
  func taken(_ reserved: Resources, _ used: Resources?) -> Resources {
    guard case .instance = self, let used else { return reserved }
    return reserved.union(used)
  }
}
