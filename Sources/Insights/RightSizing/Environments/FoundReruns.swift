import Accounting
import Domain
import Store

/// Re-runs on On-Demand after the job was lost with its Spot host, by week, environment and queue: the rows of the Spot
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
    for row in try Self.rows(view, connection) {
      let key = Key(week: row.day.weekDescription, environment: row.environment, queue: row.queue)
      var sum = sums[key] ?? ([], 0, 0)
      sum.attempts.insert(row.attempt)
      sum.cost += row.cost
      sum.spot += row.spot
      sums[key] = sum
    }
    byPlace = sums.sorted { $0.key < $1.key }.map { key, sum in
      let queue = view.queues[key.queue]?.name ?? ""
      return (key, Reruns(queue: queue, attempts: Int64(sum.attempts.count), cost: sum.cost, spotCost: sum.spot))
    }
  }

  private struct Row {
    var attempt: Int64
    var day: Day
    var environment: Int64
    var queue: Int64
    var cost: Int64
    var spot: Int64
  }

  /// For everything, as computed; for a part, whose rows have already been replaced, as stored.
  private static func rows(_ view: LedgerView, _ connection: Connection) throws -> [Row] {
    guard view.scope.isPart else {
      var auditor = try OnDemandAuditor(view, connection)
      return try auditor.rows().compactMap { row in
        guard row.isRerun, let spot = row.spotCost, let environment = view.resources[row.resource]?.environment else {
          return nil
        }
        return Row(
          attempt: row.attempt, day: row.day, environment: environment, queue: row.queue, cost: row.cost, spot: spot)
      }
    }
    enum Field: Int32, SelectedColumn {
      case attempt, day, computeEnvironment, jobQueue, cost, spotCost
      var sql: String {
        switch self {
        case .computeEnvironment: "r.\(name)"
        default: "o.\(name)"
        }
      }
    }
    let kept = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM on_demand_run o CROSS JOIN resource r ON r.id = o.resource
      WHERE o.rerun = 1 AND o.spot_cost IS NOT NULL AND r.compute_environment IS NOT NULL
      """)
    var rows: [Row] = []
    while try kept.step() {
      rows.append(
        Row(
          attempt: kept.integer(Field.attempt), day: Day(number: Int32(kept.integer(Field.day))),
          environment: kept.integer(Field.computeEnvironment),
          queue: kept.integer(Field.jobQueue), cost: kept.integer(Field.cost), spot: kept.integer(Field.spotCost)))
    }
    return rows
  }
}
