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

/// The one pass over the postings.
struct PostingScan: Sendable {
  private(set) var audited: [AuditedPosting] = []
  private(set) var costs: AttemptCosts
  private(set) var work: WorkTable
  /// Cost by position of the attempt, all its postings together.
  let cost: ContiguousArray<Int64>

  /// - Complexity: O(n) in the number of postings.
  init(
    _ connection: Connection, _ resources: ResourceTable, _ attempts: AttemptTable, _ retried: RetriedAttempts,
    _ queues: [Int64: QueueFacts]
  ) throws {
    var costs = AttemptCosts(count: attempts.count)
    var work = try WorkTable(connection)
    let spotFirst = Set(queues.filter { $0.value.spotFirst != nil }.map { Int32(truncatingIfNeeded: $0.key) })
    // The rows of a resource lie together.
    var current: Int64 = -1
    var isOnDemand = false
    let rows = try connection.prepare(
      """
      SELECT attempt, resource, day, account, ms, cost, on_demand, milli_vcpu_ms, mib_ms, gpu_ms FROM posting
      ORDER BY id
      """)
    while try rows.step() {
      if rows.integer(1) != current {
        current = rows.integer(1)
        let resource = resources[current]
        isOnDemand = resource?.isOnDemandInstance == true
        work.begin(resource)
      }
      let (day, account, cost) = (Int32(rows.integer(2)), Int(rows.integer(3)), rows.optionalInteger(5))
      if let cost { work.add(cost: cost, account: account, day: day) }
      if rows.isNull(0) { continue }
      let attempt = rows.integer(0)
      guard let position = attempts.position(of: attempt) else { continue }
      let (milliseconds, onDemand) = (rows.integer(4), rows.optionalInteger(6))
      costs.add(position, day: day, cost: cost, onDemand: onDemand)
      if let cost {
        let begins =
          account == Account.attempt.rawValue && attempts[position].started / millisecondsPerDay == Int64(day)
        let resourceTime = Resources(
          milliVCPUs: rows.integer(7), memoryMiB: rows.integer(8), gpus: rows.integer(9))
        work.add(
          WorkTable.Sum(
            cost: cost, attempts: begins ? 1 : 0, milliseconds: milliseconds, resourceTime: resourceTime),
          queue: attempts[position].queue, definition: attempts[position].definition, day: day)
      }
      guard
        retried.jobs.contains(AttemptTable.job(of: attempt))
          || isOnDemand && spotFirst.contains(attempts[position].queue)
      else { continue }
      audited.append(
        AuditedPosting(
          attempt: attempt, resource: current, day: Day(number: day), isStartup: account == Account.startup.rawValue,
          milliseconds: milliseconds, cost: cost, onDemand: onDemand))
    }
    self.cost = costs.totals
    self.costs = costs
    self.work = work
  }
}
