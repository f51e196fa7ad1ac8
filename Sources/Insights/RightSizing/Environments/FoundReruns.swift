import Accounting
import Domain
import Store

/// Re-runs that landed On-Demand after their job was lost with its Spot host, by week, environment and queue: the rows of
/// the Spot audit (`OnDemandRun`) that have a Spot price.
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
    var auditor = try OnDemandAuditor(view, connection)
    for row in try auditor.rows() where row.isRerun {
      guard let spot = row.spotCost, let environment = view.resources[row.resource]?.environment else { continue }
      let key = Key(week: row.day.weekDescription, environment: environment, queue: row.queue)
      var sum = sums[key] ?? ([], 0, 0)
      sum.attempts.insert(row.attempt)
      sum.cost += row.cost
      sum.spot += spot
      sums[key] = sum
    }
    byPlace = sums.sorted { $0.key < $1.key }.map { key, sum in
      let queue = view.queues[key.queue]?.name ?? ""
      return (key, Reruns(queue: queue, attempts: Int64(sum.attempts.count), cost: sum.cost, spotCost: sum.spot))
    }
  }
}
