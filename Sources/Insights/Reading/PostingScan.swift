import Accounting
import Domain
import Store

/// A posting of an attempt that was lost, that ran again after a loss, or that ran On-Demand in a Spot-first queue.
struct AuditedPosting: Sendable {
  var attempt: Int64
  var resource: Int64
  var day: Day
  var isStartup: Bool
  var milliseconds: Int64
  var cost: Int64?
  var onDemand: Int64?
}

/// The one pass over the postings.
enum PostingScan {
  /// - Complexity: O(n) in the number of postings.
  static func audited(
    _ connection: Connection, _ resources: ResourceTable, _ attempts: AttemptTable, _ lost: Set<Int64>,
    _ queues: [Int64: QueueFacts]
  ) throws -> [AuditedPosting] {
    let lostJobs = Set(lost.map(AttemptTable.job))
    let isSpotFirst = queues.contains { $0.value.spotFirst != nil }
    var found: [AuditedPosting] = []
    guard isSpotFirst || !lostJobs.isEmpty else { return [] }
    let rows = try connection.prepare(
      """
      SELECT attempt, resource, day, account, ms, cost, on_demand FROM posting WHERE attempt IS NOT NULL
      ORDER BY id
      """)
    while try rows.step() {
      let attempt = rows.integer(0)
      if !lostJobs.contains(AttemptTable.job(of: attempt)) {
        guard isSpotFirst, resources[rows.integer(1)]?.isOnDemandInstance == true,
          let position = attempts.position(of: attempt),
          queues[Int64(attempts.queue[position])]?.spotFirst != nil
        else { continue }
      }
      found.append(
        AuditedPosting(
          attempt: attempt, resource: rows.integer(1), day: Day(number: Int32(rows.integer(2))),
          isStartup: rows.integer(3) == Int64(Account.startup.rawValue), milliseconds: rows.integer(4),
          cost: rows.optionalInteger(5), onDemand: rows.optionalInteger(6)))
    }
    return found
  }
}
