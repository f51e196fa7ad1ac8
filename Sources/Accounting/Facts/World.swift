import Domain
import Store

/// Everything from which the ledger is computed.
struct World {
  /// Ordered by id.
  var instances: [InstanceFacts]
  var attempts: PlacedAttempts
  var groups: AttemptGroups
  /// Measured usage by `attempt.id`; few attempts have any.
  var usage: [Int64: Resources]
  /// By how much the image pull began after the attempt, which cannot be, by `attempt.id`.
  var skew: [Int64: Int64]
  var testimony: Testimony
  /// Reads what Fargate attempts need in addition to their columns; nil if there are none.
  var fargate: FargateReader?
  /// The same for attempts on SageMaker.
  var training: TrainingReader?
  var prices: PriceBook
  /// What EC2 describes, by instance type.
  var capacities: [String: Resources]
  /// By instance id.
  var volumes: [String: [VolumeFacts]]
  /// On-Demand Capacity Reservations in which instances ran, in order of their ids; for a part, those that it names.
  var reservations: [ReservationFacts]
  /// By row of `compute_environment`.
  var environments: [Int64: EnvironmentIndex.Environment]
  /// Account, region and time of collection by row of `account_region`.
  var places: [Int64: Place]
  /// What reading the facts found.
  var findings: [Finding]
  /// Several attempts name one task, which only one of them bears: they cannot be computed separately.
  var hasSharedTasks = false
  /// What AWS charged, if a bill was imported.
  var bill = BillBook()
  /// The part of the account in this world.
  var scope = FactScope.all

  /// The capacity of an instance for attempts: what its node gives to pods, else all that its type has; nil if unknown.
  func capacity(of instance: InstanceFacts) -> Resources? {
    instance.allocatable ?? instance.instanceType.flatMap { capacities[$0] }
  }

  struct Place {
    var account: String
    var region: String
    /// The time of collection, up to which running resources are charged, and beyond which nothing is.
    var asOf: Instant

    /// `asOf` in milliseconds; far in the future if no time of collection is known.
    var horizon: Int64 { asOf.milliseconds > 0 ? asOf.milliseconds : Plausible.times.upperBound }
  }

  /// What attempts say about instances besides where they ran.
  struct Testimony {
    /// Attempts that name an instance which is not charged to them.
    var witnesses: [(instance: String, attempt: Int64)]
    /// Rows of `container_instance` whose instance is known only from an attempt.
    var registrations: [(registration: Int64, instance: String)]
    /// `attempt.id` of those that began after the time of collection.
    var later: [Int64]
  }

  /// A Fargate task, as one attempt.
  struct FargateFacts {
    var attempt: AttemptFacts
    /// The task's id.
    var name: String
    var terms: FargateTerms
    /// Row of `account_region`.
    var accountRegion: Int64
    /// Row of `compute_environment`; nil if unknown.
    var computeEnvironment: Int64?
    var zone: String?
    /// The start of its image pull is known; otherwise it is charged from Batch's start.
    var knowsPull: Bool
  }
}

/// Something about the data that readers of its numbers must know; a row of `ledger_finding`.
package struct Finding: Hashable, Sendable {
  /// `error`: a file cannot be read; `warning`: a number lacks something, or may be wrong; `note`: how a number came
  /// about.
  package enum Severity: String, Sendable { case error, warning, note }

  /// What kind of finding it is: `unpriced`, `listed-later`. The query `findings` lists them.
  package var check: String
  package var severity: Severity
  /// What it is about: the id of an instance or task, a file, a count of attempts.
  package var subject: String
  /// What is known, and its effect on the numbers; follows the subject.
  package var message: String
  /// The UTC day that it belongs to; nil if its subject has days of its own.
  package var day: Day?
  /// The time affected; nil if it is not about time.
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
