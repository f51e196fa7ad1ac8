import Accounting
import Domain
import Store

/// The ledger's postings to instances, added up by ISO week, compute environment and instance type: what advice on
/// environments is made of. Resources without an environment or a type are left out, and what is not priced.
struct WorkTable: Sendable {
  /// Instances of one type in one environment.
  struct Pool: Hashable, Sendable {
    var environment: Int64
    var instanceType: String
  }

  struct Cost: Sendable {
    var week: String
    var pool: Pool
    var account: Account
    var cost: Int64
  }

  /// Attempts of one queue and definition.
  struct Work: Sendable {
    var week: String
    var pool: Pool
    var queue: Int32
    var definition: Int32
    var sum: Sum
  }

  struct Sum: Sendable {
    var cost: Int64 = 0
    /// That began in the week.
    var attempts: Int64 = 0
    var milliseconds: Int64 = 0
    var resourceTime = Resources.zero
  }

  private var weeks: [String] = []
  private var weekOfDay: [Int32] = []
  private var firstDay: Int32 = 0
  private var pools: [Pool] = []
  private var poolNumbers: [Pool: Int32] = [:]
  private var costs: [Int64] = []
  private var sums = PackedSums<Key, Sum>()
  /// The pool of the resource that is being read; nil where it has none.
  private var pool: Int32?

  private struct Key: PackedKey, Sendable {
    /// Number of the pool in the high half, of the week in the low one.
    var place: Int64
    var queue: Int32
    var definition: Int32

    var word: UInt64 {
      UInt64(bitPattern: place) &* 0xFF51_AFD7_ED55_8CCD ^ UInt64(UInt32(bitPattern: queue)) << 32
        ^ UInt64(UInt32(bitPattern: definition))
    }
  }

  init(_ connection: Connection) throws {
    let rows = try connection.prepare("SELECT day, week FROM calendar ORDER BY day")
    while try rows.step() {
      if weekOfDay.isEmpty { firstDay = Int32(rows.integer(0)) }
      if weeks.last != rows.text(1) { weeks.append(rows.text(1)) }
      weekOfDay.append(Int32(weeks.count - 1))
    }
  }

  /// The postings that follow are of this resource.
  mutating func begin(_ resource: ResourceRow?) {
    pool = nil
    guard let resource, let environment = resource.environment, let type = resource.instanceType else { return }
    let key = Pool(environment: environment, instanceType: type)
    if let known = poolNumbers[key] {
      pool = known
    } else {
      pool = Int32(pools.count)
      poolNumbers[key] = pool
      pools.append(key)
      costs += [Int64](repeating: 0, count: weeks.count * Account.allCases.count)
    }
  }

  mutating func add(cost: Int64, account: Int, day: Int32) {
    guard let pool, let week = week(of: day), account < Account.allCases.count else { return }
    costs[(Int(pool) * weeks.count + Int(week)) * Account.allCases.count + account] += cost
  }

  mutating func add(_ work: Sum, queue: Int32, definition: Int32, day: Int32) {
    guard let pool, let week = week(of: day) else { return }
    let key = Key(place: Int64(pool) << 32 | Int64(week), queue: queue, definition: definition)
    sums.update(key, from: Sum()) { $0.add(work) }
  }

  private func week(of day: Int32) -> Int32? {
    let position = Int(day - firstDay)
    return weekOfDay.indices.contains(position) ? weekOfDay[position] : nil
  }

  /// Costs that are not zero, in a steady order.
  var costsByAccount: [Cost] {
    var found: [Cost] = []
    for (number, pool) in pools.enumerated() {
      for (position, week) in weeks.enumerated() {
        for account in Account.allCases {
          let cost = costs[(number * weeks.count + position) * Account.allCases.count + account.rawValue]
          if cost != 0 { found.append(Cost(week: week, pool: pool, account: account, cost: cost)) }
        }
      }
    }
    return found
  }

  /// In a steady order: by week, environment, queue, definition and type.
  var work: [Work] {
    // Weeks are numbered in their order.
    sums.sorted { a, b in
      let (first, second) = (pools[Int(a.place >> 32)], pools[Int(b.place >> 32)])
      let (left, right) = (
        (a.place & 0xFFFF_FFFF, first.environment, a.queue, a.definition),
        (b.place & 0xFFFF_FFFF, second.environment, b.queue, b.definition)
      )
      return left == right ? first.instanceType < second.instanceType : left < right
    }
    .map { key, sum in
      Work(
        week: weeks[Int(key.place & 0xFFFF_FFFF)], pool: pools[Int(key.place >> 32)], queue: key.queue,
        definition: key.definition, sum: sum)
    }
  }
}

extension WorkTable.Sum {
  mutating func add(_ other: WorkTable.Sum) {
    cost += other.cost
    attempts += other.attempts
    milliseconds += other.milliseconds
    resourceTime = resourceTime + other.resourceTime
  }
}
