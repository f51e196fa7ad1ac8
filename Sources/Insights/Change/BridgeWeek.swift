import Accounting
import Domain
import Store

/// The data of seven days for a bridge. Days add up to weeks. Money is in nanodollars.
struct BridgeWeek: Equatable, Sendable {
  /// Machines that share one price at any time.
  struct Pool: Hashable, Sendable {
    var accountRegion: Int64
    var option: Int
    var instanceType: String
    var zone: String
  }

  /// What attempts that counted cost, and reserved.
  struct Work: Equatable, Sendable {
    var cost: Int64 = 0
    /// Reserved, in milli-vCPU × ms.
    var resourceTime: Int64 = 0
  }

  /// What was paid, and for how many milliseconds.
  struct Bought: Equatable, Sendable {
    var cost: Int64 = 0
    var billed: Int64 = 0

    static func += (sum: inout Bought, other: Bought) {
      sum.cost += other.cost
      sum.billed += other.billed
    }
  }

  /// Jobs whose first attempt began.
  var jobs: Int64 = 0
  /// Attempt and startup cost of attempts that counted, by purchase option.
  var work: [Int: Work] = [:]
  /// Attempt and startup cost of attempts that were retried or failed.
  var retried: Int64 = 0
  var unused: Int64 = 0
  /// Priced EC2 instances: the amount paid, and for how much time.
  var pools: [Pool: Bought] = [:]
  var time = PricedTime()

  var workCost: Int64 { work.values.reduce(0) { $0 + $1.cost } }
  var resourceTime: Int64 { work.values.reduce(0) { $0 + $1.resourceTime } }
  var cost: Int64 { workCost + retried + unused }

  static func += (sum: inout BridgeWeek, day: BridgeWeek) {
    sum.jobs += day.jobs
    sum.retried += day.retried
    sum.unused += day.unused
    sum.time += day.time
    for (option, work) in day.work {
      sum.work[option, default: Work()].cost += work.cost
      sum.work[option, default: Work()].resourceTime += work.resourceTime
    }
    for (pool, bought) in day.pools { sum.pools[pool, default: Bought()] += bought }
  }

  mutating func add(_ row: DailyCostTable.Row) {
    time += row.time
    if row.isUnused {
      unused += row.cost
    } else if row.isRetried {
      retried += row.cost
    } else {
      work[Int(row.option), default: Work()].cost += row.cost
      work[Int(row.option), default: Work()].resourceTime += row.resourceTime
    }
  }

  /// Jobs that began, by day: also those whose host, and so their cost, is unknown.
  private static func jobs(_ connection: Connection) throws -> [Int32: Int64] {
    enum Field: Int32, SelectedColumn {
      case day, jobs
      var sql: String { self == .jobs ? "SUM(jobs)" : name }
    }
    let rows = try connection.prepare("SELECT \(Field.list) FROM start_day GROUP BY day")
    var jobs: [Int32: Int64] = [:]
    while try rows.step() { jobs[Int32(rows.integer(Field.day))] = rows.integer(Field.jobs) }
    return jobs
  }

  /// The ledger by day.
  static func days(_ connection: Connection, _ daily: DailyCostTable) throws -> [Int32: BridgeWeek] {
    var days: [Int32: BridgeWeek] = [:]
    for row in daily.rows { days[row.day, default: BridgeWeek()].add(row) }
    for (day, jobs) in try jobs(connection) { days[day, default: BridgeWeek()].jobs = jobs }
    enum Field: Int32, SelectedColumn {
      case day, accountRegion, purchaseOption, instanceType, zone, cost, billedMs
      var sql: String {
        switch self {
        case .accountRegion, .instanceType, .zone: "r.\(name)"
        default: "d.\(name)"
        }
      }
    }
    let pools = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM resource_day d CROSS JOIN resource r ON r.id = d.resource  -- in this order: a lens has no index of days
      WHERE r.kind = 'instance' AND r.unpriced_ms = 0 AND r.free = 0 AND r.instance_type IS NOT NULL
      """)
    while try pools.step() {
      let pool = Pool(
        accountRegion: pools.integer(Field.accountRegion), option: Int(pools.integer(Field.purchaseOption)),
        instanceType: pools.text(Field.instanceType),
        zone: pools.text(Field.zone))
      let bought = Bought(cost: pools.integer(Field.cost), billed: pools.integer(Field.billedMs))
      days[Int32(pools.integer(Field.day)), default: BridgeWeek()].pools[pool, default: Bought()] += bought
    }
    return days
  }
}
