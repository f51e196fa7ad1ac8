import Domain

/// A change to one compute environment.
package struct Change: Sendable, Equatable {
  package var rule: AdviceRule
  /// The environment whose cost falls: savings of one environment overlap.
  package var environment: Int64
  package var environmentName: String
  /// Whether the environment buys Spot instances.
  package var isSpot: Bool
  /// The compute environment or job queue to change.
  package var place: String
  /// What was found; reports put it into words.
  package var facts = ChangeFacts()
  package var confidence: Confidence
  /// The most it saves by itself, in nanodollars per week.
  package var saving: Int64
  /// What it still saves after the changes before it.
  package var counted: Int64 = 0
}

/// What a rule found; each rule fills in the fields it needs.
package struct ChangeFacts: Sendable, Equatable {
  /// Most expensive first.
  package var instanceTypes: [String] = []
  /// A type or family that another should be listed before.
  package var replaced: String?
  /// The family that ran, such as `m5`.
  package var family: String?
  /// The family to offer.
  package var offered: String?
  /// The definition whose jobs should change, for rules about one.
  package var jobDefinition: String?
  /// How many ran in the week.
  package var instances: Int64?
  /// How many the rule is about.
  package var attempts: Int64?
  /// vCPUs that jobs reserved, as a share of the instances' capacity.
  package var vcpus: Share?
  /// The same of memory.
  package var memory: Share?
  /// The same of GPUs.
  package var gpus: Share?
  /// How much lower the other price is.
  package var cheaper: Share?
  /// Memory for each vCPU in the offered family.
  package var offeredMiBPerVCPU: Int64?
  /// Memory that jobs request on average.
  package var requestedMiB: Int64?
  /// Memory with which one more job fits.
  package var advisedMiB: Int64?
  /// The memory that the instance has for jobs.
  package var hostMiB: Int64?
  /// The environment's setting.
  package var minimumVCPUs: Int64?
  /// The environment's scale-down delay.
  package var delayMinutes: Int64?
  /// What the work in question cost, in nanodollars.
  package var cost: Int64?
  /// What the same work would have cost elsewhere, in nanodollars.
  package var elsewhere: Int64?
  /// What boots cost, in nanodollars.
  package var boot: Int64?

  package init() {}

  /// A part of a whole.
  package struct Share: Sendable, Equatable {
    var part: Int64
    var whole: Int64

    /// 0 to 1; 0 if the whole is 0.
    var value: Double { whole > 0 ? Double(part) / Double(whole) : 0 }
  }
}

extension EnvironmentWeek {
  /// - Parameters:
  ///   - place: the job queue to change, if not the environment itself.
  ///   - saving: nanodollars per week, at most.
  ///   - facts: fills in what was found.
  func change(
    _ rule: AdviceRule, at place: String? = nil, saving: Int64, _ confidence: Confidence,
    facts: (inout ChangeFacts) -> Void
  ) -> Change {
    var change = Change(
      rule: rule, environment: id, environmentName: name, isSpot: isSpot, place: place ?? name, confidence: confidence,
      saving: saving)
    facts(&change.facts)
    return change
  }
}

extension [TypeUse] {
  /// Their names, most expensive first.
  var names: [String] { sorted { $0.cost != $1.cost ? $0.cost > $1.cost : $0.type < $1.type }.map(\.type) }
}
