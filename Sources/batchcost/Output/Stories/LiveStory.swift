import AWS
import Collect
import Domain

/// The outcome of a live collection, for standard error.
struct LiveStory {
  let outcomes: [LiveOutcome]

  /// What was left out and what failed, one line each.
  var lines: [String] {
    outcomes.flatMap { outcome in
      outcome.denied.map { "\(outcome.target): \($0.source) left out, \($0.action) is not allowed: \($0.absence)" }
        + outcome.losses.map { "\(outcome.target): \($0)" }
        + outcome.failures.map { "\(outcome.target): \($0.description)" }
        + outcome.unreadable.map { "\(outcome.target): \($0.description)" }
    }
  }

  /// Nil if everything was collected; `denied` if credentials allow nothing at all.
  var status: ExitStatus? {
    if outcomes.allSatisfy(\.isComplete) { return nil }
    let failures = outcomes.flatMap(\.failures)
    let onlyCredentials = failures.allSatisfy(\.concernsCredentials) && outcomes.allSatisfy { $0.unreadable.isEmpty }
    return onlyCredentials && outcomes.allSatisfy { !$0.isComplete } ? .denied : .failed
  }

  /// How many accounts and regions failed, if not all did.
  var summary: String? {
    let failed = outcomes.count { !$0.isComplete }
    return failed > 0 && outcomes.count > 1 ? "\(failed) of \(outcomes.count) accounts and regions failed" : nil
  }

  /// What log queries scanned and cost; nil if there were none.
  var scan: String? {
    let scanned = outcomes.map(\.scanned).reduce(LogScan(), +)
    guard scanned.queries > 0 else { return nil }
    let queries = scanned.queries == 1 ? "1 query" : "\(scanned.queries) queries"
    let cost =
      scanned.cost < Money(nanodollars: 10_000_000)
      ? "less than $0.01" : "about \(ReplayStory.money(scanned.cost.nanodollars, .usd))"
    return "\(queries) of Container Insights' logs scanned \(Self.bytes(scanned.bytes)), for which AWS charges \(cost) "
      + "(at $0.005 a GB)"
  }

  private static func bytes(_ count: Int64) -> String {
    let (value, unit) =
      count < 1_000_000
      ? (Double(count) / 1e3, "kB") : count < 1_000_000_000 ? (Double(count) / 1e6, "MB") : (Double(count) / 1e9, "GB")
    return "\((value * 10).rounded() / 10) \(unit)"
  }

  /// When AWS starts to forget what happens after this collection.
  static func due(after asOf: Instant) -> String {
    let lost = Instant(milliseconds: asOf.milliseconds + 7 * millisecondsPerDay)
    return "collect again within the hour for exact instance times, and before \(lost), or jobs are lost"
  }
}
