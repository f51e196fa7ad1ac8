import Accounting
import Domain
import Store

/// A posting of an attempt of a job that was retried, or that ran On-Demand in a Spot-first queue.
struct AuditedPosting: Sendable {
  var attempt: Int64
  var resource: Int64
  var day: Day
  var isStartup: Bool
  var milliseconds: Int64
  var cost: Int64?
  var onDemand: Int64?
}

/// The one pass over the postings of attempts.
struct PostingScan: Sendable {
  private(set) var audited: [AuditedPosting] = []
  /// Cost by position of the attempt, all its postings together.
  private(set) var cost: ContiguousArray<Int64>

  /// - Complexity: O(n) in the number of postings.
  init(
    _ connection: Connection, _ resources: ResourceTable, _ attempts: AttemptTable, _ retried: RetriedAttempts,
    _ queues: [Int64: QueueFacts]
  ) throws {
    cost = ContiguousArray(repeating: 0, count: attempts.count)
    let spotFirst = Set(queues.filter { $0.value.spotFirst != nil }.map { Int32(truncatingIfNeeded: $0.key) })
    let rows = try connection.prepare(
      "SELECT attempt, resource, day, account, ms, cost, on_demand FROM posting WHERE attempt IS NOT NULL")
    while try rows.step() {
      let attempt = rows.integer(0)
      guard let position = attempts.position(of: attempt) else { continue }
      cost[position] += rows.integer(5)
      guard
        retried.jobs.contains(AttemptTable.job(of: attempt))
          || spotFirst.contains(attempts.queue[position]) && resources[rows.integer(1)]?.isOnDemandInstance == true
      else { continue }
      audited.append(
        AuditedPosting(
          attempt: attempt, resource: rows.integer(1), day: Day(number: Int32(rows.integer(2))),
          isStartup: rows.integer(3) == Int64(Account.startup.rawValue), milliseconds: rows.integer(4),
          cost: rows.optionalInteger(5), onDemand: rows.optionalInteger(6)))
    }
  }
}
