import AWS
import Domain

/// CloudTrail: who launched and ended instances, and when EC2 took one back; the only proof of an interruption that
/// lasts longer than an hour. CloudTrail keeps 90 days.
struct LiveTrail: LiveSource {
  let name = "cloudtrail"
  let operations = [CloudTrail.lookupEventsOperation]
  let absence =
    "starts and ends of instances that EC2 has forgotten are only bounds, and free interruptions stay unproven"

  /// Events arrive up to fifteen minutes late.
  static let lateness: Int64 = 15 * 60_000

  func collect(_ visit: LiveVisit) async throws {
    let source = operations[0].description
    guard let first = try await visit.firstActivity() else { return }
    try await visit.sideBySide(["RunInstances", "TerminateInstances", "BidEvictedEvent"]) { event in
      let scope = "\(visit.place.text) \(event)"
      var covered = LiveCoverage(try await visit.checkpoint(source, scope), from: first)
      while let part = covered.next(from: first, to: visit.asOf.milliseconds) {
        let late = part.lowerBound > first ? Self.lateness : 0
        try await visit.sendAll(
          CloudTrail.lookupEvents(
            attribute: ("EventName", event), start: Double(part.lowerBound - late) / 1000,
            end: Double(part.upperBound) / 1000))
        covered.add(part)
        try await visit.writer.write(covered.checkpoint(source, scope))
      }
    }
  }
}

extension LiveVisit {
  /// When the place's first job was created, less a day for its instance, at most 90 days back; nil if there are no
  /// jobs.
  func firstActivity() async throws -> Int64? {
    let oldest = asOf.milliseconds - 90 * millisecondsPerDay
    let first = try await texts("SELECT CAST(min(created_at_ms) AS TEXT) FROM job WHERE account_region = ?").first
    return first.flatMap { Int64($0) }.map { max($0 - millisecondsPerDay, oldest) }
  }
}
