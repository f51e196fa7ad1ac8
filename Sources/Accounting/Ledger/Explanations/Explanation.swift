import Domain
import Store

/// The whole derivation of an instance's cost: evidence, charges and postings.
package struct InstanceExplanation: Sendable {
  /// An instance-hour: its charge before a bill replaces it.
  package struct Hour: Equatable, Sendable {
    package var charge: Charge
    /// The rate in force; nil if unpriced.
    package var rate: Rate?
    /// When that price began.
    package var rateSince: Instant?
  }

  /// The instance's id.
  package var name: String
  /// Nil if unknown, and then it has no price.
  package var instanceType: String?
  /// Nil if unknown, and then it has no Spot price.
  package var zone: String?
  /// By its lifecycle, before commitments.
  package var option: PurchaseOption
  /// The compute environment's name; nil if unknown.
  package var environment: String?
  /// What attempts can have of it; nil if unknown: then it is whatever they reserve.
  package var capacity: Resources?
  /// The name of the ledger's scheme.
  package var weights: String
  /// What they count.
  package var weightWords: String
  /// When a Spot price counts: in the hour that it starts, or at once.
  package var spotRule: SpotPriceRule
  /// All that sources say of its start and end.
  package var evidence: LifeEvidence
  /// What follows from the evidence, with the source of either end.
  package var life: RunningSpan
  /// EC2 took it back, with proof.
  package var interrupted: Bool
  /// Interrupted in its first hour, and so not charged.
  package var isFree: Bool
  /// Of the whole life.
  package var billedMilliseconds: Int64
  /// In order; under the rule `continuous`, one for each step of the price.
  package var hours: [Hour]
  /// What bills say of it, and what they replaced.
  package var bill: BillExplanation
  /// The ledger's rows, in its order; these have the bill's charges where there is a bill.
  package var rows: [ExplainedPosting]
  /// The stays of the requested job; empty if the instance itself was requested.
  package var stays: [JobStay]
}

/// A posting in an explanation.
package struct ExplainedPosting: Equatable, Sendable {
  /// UTC.
  package var day: Day
  package var account: Account
  /// `job id #attempt`; empty for unused.
  package var attempt: String
  /// What the attempt reserved; nil for unused.
  package var reserved: Resources?
  /// The time that the row covers.
  package var milliseconds: Int64
  /// Nil if none of it is priced.
  package var cost: Money?
  /// The same time at the On-Demand price; nil if it has none.
  package var onDemand: Money?
}

/// The derivation of a resource's cost.
package enum Explanation: Sendable {
  case instance(InstanceExplanation)
  case fargateTask(FargateExplanation)
  case trainingJob(TrainingExplanation)
  case reservation(ReservationExplanation)
}

/// The columns that an explanation reads of a posting and its attempt.
private enum PostingField: Int32, SelectedColumn {
  case day, account, jobId, ordinal, milliVcpus, memoryMib, gpus, ms, cost, onDemand

  var sql: String {
    switch self {
    case .jobId: "j.job_id"
    case .ordinal, .milliVcpus, .memoryMib, .gpus: "t.\(name)"
    default: "p.\(name)"
    }
  }
}

extension Ledger {
  /// Derives the cost of instances, capacity reservations, Fargate tasks and training jobs again from the facts, with
  /// the settings that the ledger was built with.
  ///
  /// - Parameters:
  ///   - names: ids of instances, reservations and tasks; ids that are not in the ledger are left out.
  ///   - job: the job whose part of each instance is wanted, or the parent of such jobs; nil for whole instances.
  package static func explain(
    _ names: [String], job: String? = nil, _ connection: Connection
  ) throws -> [Explanation] {
    let settings = try LedgerSettings(storedIn: connection)
    let world = try WorldReader.read(connection, asOf: settings.asOf)
    var explanations: [String: Explanation] = [:]
    for name in names {
      explanations[name] = try explain(instance: name, job, world, settings, connection).map { .instance($0) }
    }
    for facts in world.reservations where names.contains(facts.id) {
      explanations[facts.id] = .reservation(try explain(facts, world, connection))
    }
    let tasks = Set(names).subtracting(explanations.keys)
    if !tasks.isEmpty {
      try world.attempts.drainFargate { attempts in
        for facts in try world.fargate?.facts(of: attempts) ?? [] where tasks.contains(facts.name) {
          explanations[facts.name] = .fargateTask(try explain(facts, world, connection))
        }
      }
    }
    let jobs = tasks.subtracting(explanations.keys)
    if !jobs.isEmpty {
      try world.attempts.drainTraining { attempts in
        for facts in try world.training?.facts(of: attempts) ?? [] where jobs.contains(facts.name) {
          explanations[facts.name] = .trainingJob(try explain(facts, world, connection))
        }
      }
    }
    return names.compactMap { explanations[$0] }
  }

  private static func explain(
    instance id: String, _ job: String?, _ world: World, _ settings: LedgerSettings, _ connection: Connection
  ) throws -> InstanceExplanation? {
    guard let facts = world.instances.first(where: { $0.id == id && $0.isBatch }),
      let place = world.places[facts.accountRegion], let life = facts.evidence.span(asOf: place.asOf)
    else { return nil }
    let environment = facts.computeEnvironment.flatMap { world.environments[$0] }
    let pricing = InstancePricing(facts, in: world, settings.spotRule)
    let terms = pricing.terms
    let hours = terms.charges(over: life.span).map { charge in
      let history: PriceHistory? =
        switch pricing.option {
        case .spot: pricing.spot
        case .onDemand: pricing.listed
        default: nil
        }
      let step = history?.step(at: charge.span.start)
      return InstanceExplanation.Hour(charge: charge, rate: step?.rate, rateSince: step?.at)
    }
    let stays = try job.map { try JobStay.of($0, on: id, life.span, hours.map(\.charge), connection) } ?? []
    let capacity = world.capacity(of: facts)
    return InstanceExplanation(
      name: id, instanceType: facts.instanceType, zone: facts.zone, option: pricing.option,
      environment: environment?.name,
      capacity: capacity, weights: settings.scheme.name,
      weightWords: capacity.map { settings.scheme.words(for: $0) } ?? "", spotRule: settings.spotRule,
      evidence: facts.evidence, life: life, interrupted: facts.interrupted, isFree: terms.isFree(life.span),
      billedMilliseconds: terms.billedMilliseconds(life.span), hours: hours,
      bill: try BillExplanation(of: id, connection), rows: try postings(of: id, connection),
      stays: stays)
  }

  /// Ids of jobs that begin with what a report prints of them; for a whole id only that job. Those of children, and of
  /// nodes, end as theirs does: `bdc4cf15:3`, `bdc4cf15#0`.
  package static func jobs(beginningWith start: String, _ connection: Connection) throws -> [String] {
    let stem = start.prefix { $0 != ":" && $0 != "#" }
    let part = start.dropFirst(stem.count)
    let jobs = try connection.column(
      """
      SELECT job_id FROM job WHERE job_id >= ?1 AND job_id < ?1 || 'g' AND instr(job_id, ':') = 0
      UNION SELECT job_id FROM job_parent WHERE job_id >= ?1 AND job_id < ?1 || 'g'
      ORDER BY job_id LIMIT 9
      """, String(stem), of: String.self)
    return (jobs.first.map { $0 == stem } ?? false ? [String(stem)] : jobs).map { $0 + part }
  }

  /// The instances, Fargate tasks and training jobs on which a job, or a parent's children, ran; in order of time.
  package static func resources(ofJob id: String, _ connection: Connection) throws -> [String] {
    try connection.column(
      """
      SELECT DISTINCT r.name FROM job j JOIN attempt t ON t.job = j.id JOIN posting p ON p.attempt = t.id
      JOIN resource r ON r.id = p.resource
      WHERE (j.job_id = ?1 OR j.parent = (SELECT id FROM job_parent WHERE job_id = ?1))
        AND r.kind IN ('instance', 'fargate-task', 'training-job')
      ORDER BY r.started_at_ms, r.name
      """, id, of: String.self)
  }

  static func postings(of name: String, _ connection: Connection) throws -> [ExplainedPosting] {
    let statement = try connection.prepare(
      """
      SELECT \(PostingField.list)
      FROM resource r JOIN posting p ON \(PostingID.isOf("p.id", resource: "r.id"))
      LEFT JOIN attempt t ON t.id = p.attempt LEFT JOIN job j ON j.id = t.job
      WHERE r.name = ? ORDER BY p.id
      """)
    statement.bind(name)
    var rows: [ExplainedPosting] = []
    while try statement.step() {
      let attempt = statement.optionalText(PostingField.jobId).map {
        "\($0) #\(statement.integer(PostingField.ordinal))"
      }
      rows.append(
        ExplainedPosting(
          day: Day(number: Int32(statement.integer(PostingField.day))),
          account: Account(rawValue: Int(statement.integer(PostingField.account))) ?? .idle,
          attempt: attempt ?? "", reserved: attempt == nil ? nil : statement.reserved,
          milliseconds: statement.integer(PostingField.ms),
          cost: statement.optionalInteger(PostingField.cost).map(Money.init(nanodollars:)),
          onDemand: statement.optionalInteger(PostingField.onDemand).map(Money.init(nanodollars:))))
    }
    return rows
  }
}

extension Statement {
  /// The reservation of a posting's attempt.
  fileprivate var reserved: Resources {
    Resources(
      milliVCPUs: integer(PostingField.milliVcpus), memoryMiB: integer(PostingField.memoryMib),
      gpus: integer(PostingField.gpus))
  }
}

extension LedgerSettings {
  /// The settings that the ledger in the database was built with; the defaults if there is none.
  package init(storedIn connection: Connection) throws {
    self.init()
    try connection.each("SELECT name, value FROM ledger_setting") { (name: String, value: String) in
      switch name {
      case "weights": scheme = WeightScheme(value) ?? scheme
      case "spot_price_rule": spotRule = SpotPriceRule(rawValue: value) ?? spotRule
      case "as_of": asOf = Instant(value)
      default: break
      }
    }
  }
}
