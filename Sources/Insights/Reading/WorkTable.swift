import Accounting
import Domain
import Store

/// What the ledger's postings to instances cost by day, compute environment and instance type, as the basis for advice on
/// environments by ISO week. Resources without an environment or a type, and unpriced amounts, are left out. Days count
/// from 1970; money is in nanodollars, time in milliseconds.
struct WorkTable: Sendable {
  /// Instances of one type in one environment.
  struct Pool: Hashable, Comparable, Sendable {
    var environment: Int64
    var instanceType: String

    static func < (a: Pool, b: Pool) -> Bool { (a.environment, a.instanceType) < (b.environment, b.instanceType) }
  }

  struct Cost: Sendable {
    var day: Int32
    var pool: Pool
    var account: Account
    var cost: Int64
  }

  /// What attempts of one queue and definition did.
  struct Sum: Sendable {
    var cost: Int64 = 0
    /// Attempts that began in the time.
    var attempts: Int64 = 0
    var milliseconds: Int64 = 0
    var resourceTime = Resources.zero
  }

  /// Of the calendar, which has every day.
  private let firstDay: Int32
  private let dayCount: Int
  /// By number.
  private(set) var pools: [Pool] = []
  private var poolNumbers: [Pool: Int32] = [:]
  private var costs: [Int64] = []

  /// Without postings.
  init(_ connection: Connection) throws {
    firstDay = Int32(try connection.integer("SELECT COALESCE(MIN(day), 0) FROM calendar"))
    dayCount = Int(try connection.integer("SELECT COUNT(*) FROM calendar"))
  }

  /// The number of a resource's pool; −1 if it has none.
  mutating func pool(of resource: ResourceRow?) -> Int32 {
    guard let resource, let environment = resource.environment, let type = resource.instanceType else { return -1 }
    return number(of: Pool(environment: environment, instanceType: type))
  }

  private mutating func number(of key: Pool) -> Int32 {
    if let known = poolNumbers[key] { return known }
    let number = Int32(pools.count)
    poolNumbers[key] = number
    pools.append(key)
    costs += [Int64](repeating: 0, count: dayCount * Account.allCases.count)
    return number
  }

  mutating func add(cost: Int64, to pool: Int32, account: Int, day: Int32) {
    guard pool >= 0, has(day: day), account < Account.allCases.count else { return }
    costs[(Int(pool) * dayCount + Int(day - firstDay)) * Account.allCases.count + account] += cost
  }

  /// Whether the calendar has a day.
  func has(day: Int32) -> Bool { (0..<dayCount).contains(Int(day - firstDay)) }

  /// A pool's non-zero costs, in a stable order.
  var costsByDay: [Cost] {
    var found: [Cost] = []
    for (index, sum) in costs.enumerated() where sum != 0 {
      let (place, account) = index.quotientAndRemainder(dividingBy: Account.allCases.count)
      let (pool, position) = place.quotientAndRemainder(dividingBy: dayCount)
      found.append(
        Cost(day: firstDay + Int32(position), pool: pools[pool], account: Account.allCases[account], cost: sum))
    }
    return found
  }

  /// By number: the place of each pool among all in order, because comparing their names takes long.
  var places: [Int32] {
    var places = [Int32](repeating: 0, count: pools.count)
    for (place, number) in pools.indices.sorted(by: { pools[$0] < pools[$1] }).enumerated() {
      places[number] = Int32(place)
    }
    return places
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
