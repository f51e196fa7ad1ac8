import Accounting
import Domain
import Store

/// What really happened, as the replay needs it.
package struct History: Sendable {
  /// An instance, or a Fargate task. Moments are in milliseconds since 1970.
  struct Life: Sendable {
    /// Position in `environments`.
    var environment: Int
    /// −1 for a Fargate task.
    var type: Int
    /// Position in `zones`; −1 if unknown.
    var zone: Int
    var started: Int64
    /// If it is still running, the time of collection.
    var stopped: Int64
    var isOpen: Bool
    /// EC2 is proven to have reclaimed it.
    var isReclaimed: Bool
    /// Whether its launch is known, not only its registration.
    var knowsStart: Bool
    /// Whether its end is known.
    var knowsEnd: Bool
    /// Positions in `attempts`, in the order they began.
    var attempts: [Int32] = []
  }

  /// Moments are in milliseconds since 1970.
  struct Attempt: Sendable {
    /// `attempt.id`: attempts of one job have consecutive numbers.
    var id: Int64
    /// Row of `job`.
    var job: Int64
    /// Its pull, or its start if that is unknown, until a recollection assumes a pull.
    var placed: Int64
    var started: Int64
    /// If it is still running, the time of collection.
    var stopped: Int64
    var isOpen: Bool
    var knowsPull: Bool
    var need: Need
    /// Position in `queues`.
    var queue: Int32
    /// Row of `job_definition`.
    var definition: Int32
    /// Of the job.
    var created: Int64
    /// How often its job may be tried (`retryStrategy.attempts`).
    var retryAttempts: Int32
    /// Single, array child, node: `job.kind`.
    var kind: Int8
    var isARM: Bool
    var ephemeralGiB: Int16
    /// Position in `shares`, and priority within the share; 0 if no queue has a fair-share policy.
    var share: Int32 = 0
    var priority: Int32 = 0
    /// Lost with its Spot host and run again.
    var isLost: Bool
    /// Lost with its Spot host and not run again, so how long it would have run is not known.
    var isLostForGood: Bool
    /// Position in `lives`; −1 if unknown.
    var life: Int32
    /// When the job became runnable for this attempt, as far as that can be inferred.
    var ready: Int64 = 0

    /// When its charge begins: at its pull, or at its start if the pull is unknown.
    var charged: Int64 { knowsPull ? placed : started }
  }

  /// All instance types that EC2 described.
  package internal(set) var shapes: [InstanceShape] = []
  /// Those that the model can replay.
  package internal(set) var environments: [Environment] = []
  /// With positions in `environments`.
  package internal(set) var queues: [Model.Queue] = []
  /// Names of availability zones by number.
  package internal(set) var zones: [String] = []
  /// Share identifiers; the first stands for none.
  package internal(set) var shares = [""]
  package internal(set) var prices = PriceBook()
  /// The ledger's weights, by which charges are divided.
  package internal(set) var scheme = WeightScheme.splitCost
  package internal(set) var spotRule = SpotPriceRule.instanceHour
  /// The time of collection.
  package internal(set) var asOf = Instant(milliseconds: 0)
  /// The days of the ledger, half-open.
  package internal(set) var days = Day(number: 0)..<Day(number: 0)
  /// Environments that the model lacks, with what they are.
  package internal(set) var unmodelled: [(name: String, kind: String)] = []
  /// Attempts whose host is unknown.
  package internal(set) var unplaced = 0
  /// Names of job definitions by row.
  package internal(set) var definitions: [Int32: String] = [:]
  /// What the Spot Advisor says about a type, by region and position in `shapes`: the share of instances reclaimed in a
  /// month.
  package internal(set) var bands: [String: [Int: Double]] = [:]
  /// The ledger's cost, by day.
  package internal(set) var costs: [DayCost] = []
  /// Nil: answers are about all jobs.
  package internal(set) var narrowing: NarrowedJobs?

  var dependencies = Dependencies()
  var lives: [Life] = []
  var attempts: ContiguousArray<Attempt> = []

  /// The ledger's cost of an environment, day and account.
  package struct DayCost: Sendable {
    package var day: Day
    /// Position in `environments`.
    package var environment: Int
    package var account: Account
    /// How it was paid for: commitments of a bill as well.
    package var option: PurchaseOption
    /// Nanodollars.
    package var cost: Int64
  }

  package init() {}

  /// Whether EC2 reclaimed it: by proof, or because its jobs were lost with it.
  func isTaken(_ life: Life) -> Bool {
    life.isReclaimed || life.attempts.contains { attempts[Int($0)].isLost || attempts[Int($0)].isLostForGood }
  }

  /// The earliest time an attempt can have been runnable: its job existed, and the attempt before it had ended.
  func earliest(_ position: Int) -> Int64 {
    let attempt = attempts[position]
    guard position > 0, attempts[position - 1].job == attempt.job else { return attempt.created }
    return max(attempt.created, attempts[position - 1].stopped)
  }

  /// Its position; nil if there is none. Of several with this name, in other accounts or regions, the first.
  package func environment(named name: String) -> Int? { environments.firstIndex { $0.name == name } }
}
