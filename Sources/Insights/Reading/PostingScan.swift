import Accounting
import Domain
import Store

/// A posting to an attempt of a job with a failed attempt, or of one that ran On-Demand in a Spot-first queue.
struct AuditedPosting: Sendable {
  var attempt: Int64
  var resource: Int64
  var day: Day
  var isStartup: Bool
  var milliseconds: Int64
  var cost: Int64?
  var onDemand: Int64?
}

/// The single pass over the postings.
struct PostingScan: Sendable {
  let audited: [AuditedPosting]
  let costs: AttemptCosts
  let work: WorkTable
  let steps: PackedSums<StepCost.Key, StepCost>
  /// Cost of all postings of an attempt, by its position.
  let cost: ContiguousArray<Int64>

  /// - Parameter days: also receives the postings, with the columns of the ledger's rollup.
  /// - Complexity: O(n) in the number of postings.
  init(
    _ connection: Connection, _ resources: ResourceTable, _ attempts: AttemptTable, _ failed: FailedAttempts,
    _ queues: [Int64: QueueFacts], _ identities: JobIdentities, _ scope: InsightScope,
    days: ChosenDays? = nil
  ) throws {
    var audited: [AuditedPosting] = []
    var costs = AttemptCosts(count: attempts.count)
    var work = try WorkTable(connection, scope)
    let spotFirst = Set(queues.filter { $0.value.spotFirst != nil }.map { Int32(truncatingIfNeeded: $0.key) })
    // The rows of a resource are adjacent.
    var current: Int64 = -1
    var isOnDemand = false
    var isMachine = false
    var steps = PackedSums<StepCost.Key, StepCost>()
    var reader = PostingReader(attempts, readsRollup: days != nil)
    // A resource's postings are in the order of days.
    var day: Int32 = -1
    var isComputed = false
    try reader.read(connection, scope) { batch in
      days?.add(batch, attempts)
      for row in batch where row.position >= 0 {
        costs.add(row.position, day: row.day, cost: row.cost, onDemand: row.onDemand)
      }
      for row in batch {
        if row.resource != current {
          current = row.resource
          let resource = resources[current]
          isOnDemand = resource?.isOnDemandInstance == true
          isMachine = resource?.isMachine == true
          work.begin(resource)
        }
        if row.day != day {
          day = row.day
          isComputed = scope.has(day: day)
        }
        if isComputed, let cost = row.cost { work.add(cost: cost, account: row.account, day: row.day) }
        guard row.position >= 0 else { continue }
        let job = AttemptID.job(of: row.attempt)
        if isComputed {
          let begins = isMachine && row.begins
          steps.update(StepCost.Key(day: row.day, step: identities.step(of: job)), from: StepCost()) {
            $0.add(row, begins: begins, isFirst: begins && attempts.isFirst(row.position))
          }
        }
        if isComputed, let sum = row.work { work.add(sum, queue: row.queue, definition: row.definition, day: row.day) }
        guard
          failed.jobs.contains(job) || isOnDemand && spotFirst.contains(row.queue)
        else { continue }
        audited.append(
          AuditedPosting(
            attempt: row.attempt, resource: current, day: Day(number: row.day),
            isStartup: row.account == Account.startup.rawValue, milliseconds: row.milliseconds, cost: row.cost,
            onDemand: row.onDemand))
      }
    }
    self.audited = audited
    self.cost = costs.totals
    self.costs = costs
    self.work = work
    self.steps = steps
  }
}
