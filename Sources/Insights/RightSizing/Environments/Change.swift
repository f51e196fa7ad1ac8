import Domain

/// What to change about one compute environment.
package struct Change: Sendable, Equatable {
  package var rule: AdviceRule
  /// The environment whose cost falls: savings of one environment overlap.
  package var environment: Int64
  package var environmentName: String
  package var isSpot: Bool
  /// The compute environment or job queue to change.
  package var place: String
  /// What was found; reports word it.
  package var facts = ChangeFacts()
  package var confidence: Confidence
  /// Nanodollars a week at most, by itself.
  package var saving: Int64
  /// What is left once the changes before it are made.
  package var counted: Int64 = 0
}

/// What a rule found; each fills in what it is about.
package struct ChangeFacts: Sendable, Equatable {
  /// The dearest first.
  package var instanceTypes: [String] = []
  /// A type or family that another is to stand before.
  package var replaced: String?
  package var family: String?
  /// The family to offer.
  package var offered: String?
  package var jobDefinition: String?
  package var instances: Int64?
  package var attempts: Int64?
  /// Of what the instances hold, what jobs reserved.
  package var vcpus: Share?
  package var memory: Share?
  package var gpus: Share?
  /// By how much the other price is lower.
  package var cheaper: Share?
  package var offeredMiBPerVCPU: Int64?
  package var requestedMiB: Int64?
  package var advisedMiB: Int64?
  /// What the instance gives its jobs.
  package var hostMiB: Int64?
  package var minimumVCPUs: Int64?
  package var delayMinutes: Int64?
  /// Nanodollars: of the work in question, of the same elsewhere, and of boots.
  package var cost: Int64?
  package var elsewhere: Int64?
  package var boot: Int64?

  package init() {}

  /// A part of a whole.
  package struct Share: Sendable, Equatable {
    var part: Int64
    var whole: Int64

    /// 0 to 1; nothing of nothing is 0.
    var value: Double { whole > 0 ? Double(part) / Double(whole) : 0 }
  }
}

extension EnvironmentWeek {
  /// - Parameters:
  ///   - place: the job queue to change, where it is not the environment itself.
  ///   - saving: nanodollars a week at most.
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
  /// Their names, the dearest first.
  var names: [String] { sorted { $0.cost != $1.cost ? $0.cost > $1.cost : $0.type < $1.type }.map(\.type) }
}
