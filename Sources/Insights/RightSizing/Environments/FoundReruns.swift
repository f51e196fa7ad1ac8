import Accounting
import Domain
import Store

/// Re-runs on EC2 On-Demand after the job was lost with its Spot host, by week, environment and queue: the rows of the Spot
/// audit (`OnDemandRun`) that have a Spot price.
struct FoundReruns {
  struct Key: Hashable, Comparable {
    var week: String
    var environment: Int64
    var queue: Int64

    static func < (a: Key, b: Key) -> Bool { (a.week, a.environment, a.queue) < (b.week, b.environment, b.queue) }
  }

  private(set) var byPlace: [(key: Key, reruns: Reruns)] = []

  init(_ view: LedgerView, _ connection: Connection) throws {
    var sums: [Key: (attempts: Set<Int64>, cost: Int64, spot: Int64)] = [:]
    enum Field: Int32, SelectedColumn {
      case attempt, day, computeEnvironment, jobQueue, cost, spotCost
      var sql: String {
        switch self {
        case .computeEnvironment: "r.\(name)"
        default: "o.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM on_demand_run o CROSS JOIN resource r ON r.id = o.resource
      WHERE o.rerun = 1 AND o.spot_cost IS NOT NULL AND r.compute_environment IS NOT NULL AND r.kind = 'instance'
      """)
    while try rows.step() {
      let day = Day(number: Int32(rows.integer(Field.day)))
      let key = Key(
        week: day.weekDescription, environment: rows.integer(Field.computeEnvironment),
        queue: rows.integer(Field.jobQueue))
      var sum = sums[key] ?? ([], 0, 0)
      sum.attempts.insert(rows.integer(Field.attempt))
      sum.cost += rows.integer(Field.cost)
      sum.spot += rows.integer(Field.spotCost)
      sums[key] = sum
    }
    byPlace = sums.sorted { $0.key < $1.key }.map { key, sum in
      let queue = view.queues[key.queue]?.name ?? ""
      return (key, Reruns(queue: queue, attempts: Int64(sum.attempts.count), cost: sum.cost, spotCost: sum.spot))
    }
  }
}
