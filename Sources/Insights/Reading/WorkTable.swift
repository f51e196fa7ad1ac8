import Accounting
import Domain
import Store

/// The ledger's postings to instances, added up by day, compute environment and instance type, as the basis for advice
/// on environments by ISO week. Resources without an environment or a type, and unpriced amounts, are left out. Days
/// count from 1970; money is in nanodollars, time in milliseconds.
struct WorkTable: Sendable {
  /// Instances of one type in one environment.
  struct Pool: Hashable, Sendable {
    var environment: Int64
    var instanceType: String
  }

  struct Cost: Sendable {
    var day: Int32
    var pool: Pool
    var account: Account
    var cost: Int64
  }

  /// Attempts of one queue and definition.
  struct Work: Sendable {
    var day: Int32
    var pool: Pool
    var queue: Int32
    var definition: Int32
    var sum: Sum
  }

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
  private var pools: [Pool] = []
  private var poolNumbers: [Pool: Int32] = [:]
  private var costs: [Int64] = []
  private var sums = PackedSums<Key, Sum>()

  private struct Key: PackedKey, Sendable {
    /// The pool's number in the high half, the day's position in the calendar in the low half.
    var place: Int64
    var queue: Int32
    var definition: Int32

    init(pool: Int32, time: Int32, queue: Int32, definition: Int32) {
      place = Int64(pool) << 32 | Int64(time)
      (self.queue, self.definition) = (queue, definition)
    }

    var pool: Int { Int(place >> 32) }
    var time: Int { Int(place & 0xFFFF_FFFF) }

    var word: UInt64 {
      UInt64(bitPattern: place) &* 0xFF51_AFD7_ED55_8CCD ^ UInt64(UInt32(bitPattern: queue)) << 32
        ^ UInt64(UInt32(bitPattern: definition))
    }
  }

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
    guard pool >= 0, let position = position(of: day), account < Account.allCases.count else { return }
    costs[(Int(pool) * dayCount + Int(position)) * Account.allCases.count + account] += cost
  }

  /// Adds the postings to attempts.
  mutating func add(_ block: JobBlock) {
    for posting in block.postings where posting.isComputed {
      guard let cost = posting.cost else { continue }
      let attempt = block.attempts[Int(posting.position)]
      let begins = block.begins(posting)
      let sum = Sum(
        cost: cost, attempts: begins ? 1 : 0, milliseconds: posting.milliseconds, resourceTime: posting.resourceTime)
      add(sum, to: posting.pool, queue: attempt.queue, definition: attempt.definition, day: posting.day)
    }
  }

  private mutating func add(_ work: Sum, to pool: Int32, queue: Int32, definition: Int32, day: Int32) {
    guard pool >= 0, let position = position(of: day) else { return }
    sums.update(Key(pool: pool, time: position, queue: queue, definition: definition), from: Sum()) { $0.add(work) }
  }

  private func position(of day: Int32) -> Int32? { (0..<dayCount).contains(Int(day - firstDay)) ? day - firstDay : nil }

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

  /// In a stable order: by day, environment, queue, definition and type.
  var workByDay: [Work] {
    // By the order of pools, because comparing their names takes long.
    let order = pools.indices.sorted {
      (pools[$0].environment, pools[$0].instanceType) < (pools[$1].environment, pools[$1].instanceType)
    }
    var place = [Int](repeating: 0, count: pools.count)
    var environment = place
    for (index, pool) in order.enumerated() {
      place[pool] = index
      let isNew = index == 0 || pools[order[index - 1]].environment != pools[pool].environment
      environment[pool] = index == 0 ? 0 : environment[order[index - 1]] + (isNew ? 1 : 0)
    }
    return sums.sorted { a, b in
      let (left, right) = (
        (a.time, environment[a.pool], a.queue, a.definition), (b.time, environment[b.pool], b.queue, b.definition)
      )
      return left == right ? place[a.pool] < place[b.pool] : left < right
    }
    .map { key, sum in
      Work(
        day: firstDay + Int32(key.time), pool: pools[key.pool], queue: key.queue, definition: key.definition, sum: sum)
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

private enum PoolDayColumn: Int32, TableColumns {
  case day, computeEnvironment, instanceType, account, cost
  static let table = "pool_day"
}

private enum PoolWorkDayColumn: Int32, TableColumns {
  case day, computeEnvironment, instanceType, jobQueue, jobDefinition, cost, attempts, ms, milliVcpuMs, mibMs, gpuMs
  static let table = "pool_work_day"
}

private struct WorkByDay: BlockSums {
  private let connection: Connection
  private var table: WorkTable

  init(_ view: LedgerView, _ connection: Connection) {
    (self.connection, table) = (connection, view.postings.work)
  }

  mutating func add(_ block: JobBlock) { table.add(block) }

  func finish() throws {
    let costs = try TableWriter<PoolDayColumn>(connection)
    for row in table.costsByDay {
      costs.put(.day, row.day)
      costs.put(.computeEnvironment, row.pool.environment)
      costs.put(.instanceType, row.pool.instanceType)
      costs.put(.account, row.account.rawValue)
      costs.put(.cost, row.cost)
      try costs.write()
    }
    let work = try TableWriter<PoolWorkDayColumn>(connection)
    for row in table.workByDay {
      work.put(.day, row.day)
      work.put(.computeEnvironment, row.pool.environment)
      work.put(.instanceType, row.pool.instanceType)
      work.put(.jobQueue, row.queue)
      work.put(.jobDefinition, row.definition)
      work.put(.cost, row.sum.cost)
      work.put(.attempts, row.sum.attempts)
      work.put(.ms, row.sum.milliseconds)
      work.put(.milliVcpuMs, row.sum.resourceTime.milliVCPUs)
      work.put(.mibMs, row.sum.resourceTime.memoryMiB)
      work.put(.gpuMs, row.sum.resourceTime.gpus)
      try work.write()
    }
  }
}

extension Insight {
  static let workByDay = Insight.ofJobs("work by day", tables: ["pool_day", "pool_work_day"], by: .day, WorkByDay.self)
}
