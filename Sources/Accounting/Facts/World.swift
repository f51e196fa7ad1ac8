import Domain
import Store

/// Everything that the ledger is computed from.
struct World {
  /// By id.
  var instances: [InstanceFacts]
  var attempts: PlacedAttempts
  var groups: AttemptGroups
  /// Measured usage by `attempt.id`; few attempts have any.
  var usage: [Int64: Resources]
  /// By how much the image pull began after the attempt, by `attempt.id`, where that cannot be.
  var skew: [Int64: Int64]
  var testimony: Testimony
  /// Reads what Fargate attempts need beyond their columns; nil where there are none.
  var fargate: FargateReader?
  /// The same of attempts on SageMaker.
  var training: TrainingReader?
  var prices: PriceBook
  var capacities: [String: Resources]
  /// By instance id.
  var volumes: [String: [VolumeFacts]]
  /// On-Demand Capacity Reservations in which instances ran, in order of their ids; of a part those that it names.
  var reservations: [ReservationFacts]
  var environments: [Int64: EnvironmentIndex.Environment]
  /// Account, region and time of collection by row of `account_region`.
  var places: [Int64: Place]
  var findings: [Finding]
  /// Attempts name one task, of which one alone bears it: none of them can be computed without the others.
  var hasSharedTasks = false
  /// What AWS charged, where a bill was imported.
  var bill = BillBook()
  /// What of the account this world is.
  var scope = FactScope.all

  /// What attempts can have of an instance: what its node gives to pods, else all that its type has; nil where nothing
  /// tells.
  func capacity(of instance: InstanceFacts) -> Resources? {
    instance.allocatable ?? instance.instanceType.flatMap { capacities[$0] }
  }

  struct Place {
    var account: String
    var region: String
    /// The time of collection, to which what still runs is charged, and beyond which nothing is.
    var asOf: Instant

    /// `asOf` in milliseconds; far away where nobody knows when anything was collected.
    var horizon: Int64 { asOf.milliseconds > 0 ? asOf.milliseconds : Plausible.times.upperBound }
  }

  /// What attempts tell of instances beside where they ran.
  struct Testimony {
    /// Attempts that name an instance which does not bear them.
    var witnesses: [(instance: String, attempt: Int64)]
    /// Rows of `container_instance` whose instance is known from an attempt alone.
    var registrations: [(registration: Int64, instance: String)]
    /// `attempt.id` of those that began after the time of collection.
    var later: [Int64]
  }

  struct FargateFacts {
    var attempt: AttemptFacts
    var name: String
    var terms: FargateTerms
    var accountRegion: Int64
    var computeEnvironment: Int64?
    var zone: String?
    var knowsPull: Bool
  }
}

/// Something about the data that a reader of a number must know.
package struct Finding: Hashable, Sendable {
  package enum Severity: String, Sendable { case error, warning, note }

  package var check: String
  package var severity: Severity
  package var subject: String
  package var message: String
  package var day: Day?
  /// The time that it concerns.
  package var milliseconds: Int64?

  package init(
    _ check: String, _ severity: Severity, subject: String, message: String, day: Day? = nil,
    milliseconds: Int64? = nil
  ) {
    self.check = check
    self.severity = severity
    self.subject = subject
    self.message = message
    self.day = day
    self.milliseconds = milliseconds
  }
}
