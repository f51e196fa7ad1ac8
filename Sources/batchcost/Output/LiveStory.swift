import AWS
import Collect
import Domain

/// What came of a live collection, for standard error.
struct LiveStory {
  let outcomes: [LiveOutcome]

  /// What was passed over and what failed, a line each.
  var lines: [String] {
    outcomes.flatMap { outcome in
      outcome.denied.map { "\(outcome.target): \($0.source) left out, \($0.action) is not allowed: \($0.absence)" }
        + outcome.losses.map { "\(outcome.target): \($0)" }
        + outcome.failures.map { "\(outcome.target): \($0.description)" }
        + outcome.unreadable.map { "\(outcome.target): \($0.description)" }
    }
  }

  /// Nil where everything was collected; what credentials forbid altogether is `denied`.
  var status: ExitStatus? {
    if outcomes.allSatisfy(\.isComplete) { return nil }
    let failures = outcomes.flatMap(\.failures)
    let onlyCredentials = failures.allSatisfy(\.concernsCredentials) && outcomes.allSatisfy { $0.unreadable.isEmpty }
    return onlyCredentials && outcomes.allSatisfy { !$0.isComplete } ? .denied : .failed
  }

  /// How many places failed, where not all did.
  var summary: String? {
    let failed = outcomes.count { !$0.isComplete }
    return failed > 0 && outcomes.count > 1 ? "\(failed) of \(outcomes.count) accounts and regions failed" : nil
  }

  /// When AWS begins to forget what this collection has not seen.
  static func due(after asOf: Instant) -> String {
    let lost = Instant(milliseconds: asOf.milliseconds + 7 * millisecondsPerDay)
    return "collect again within the hour for exact times of instances, and before \(lost) or jobs are lost"
  }
}
