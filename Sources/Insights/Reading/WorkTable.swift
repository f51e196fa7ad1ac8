import Accounting
import Domain
import Store

/// The ledger's postings to instances, added up by day, compute environment and instance type, as the basis for advice
/// on environments by ISO week. Resources without an environment or a type, and unpriced amounts, are left out.
struct WorkTable: Sendable {
  /// Instances of one type in one environment.
  struct Pool: Hashable, Sendable {
    var environment: Int64
    var instanceType: String
  }

  struct Cost<Time: Sendable>: Sendable {
    var time: Time
    var pool: Pool
    var account: Account
    var cost: Int64
  }

  /// Attempts of one queue and definition.
  struct Work<Time: Sendable>: Sendable {
    var time: Time
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

  private var weeks: [String] = []
  private var weekOfDay: [Int32] = []
  private var firstDay: Int32 = 0
  private var pools: [Pool] = []
  private var poolNumbers: [Pool: Int32] = [:]
  private var costs: [Int64] = []
  private var sums = PackedSums<Key, Sum>()
  /// The pool of the current resource; nil if it has none.
  private var pool: Int32?

  private struct Key: PackedKey, Sendable {
    /// The pool's number in the high half, the number of the day or week in the low half.
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

  /// Without postings; for a part, with the stored rows of other days.
  init(_ connection: Connection, _ scope: InsightScope) throws {
    let rows = try connection.prepare("SELECT day, week FROM calendar ORDER BY day")
    while try rows.step() {
      if weekOfDay.isEmpty { firstDay = Int32(rows.integer(0)) }
      if weeks.last != rows.text(1) { weeks.append(rows.text(1)) }
      weekOfDay.append(Int32(weeks.count - 1))
    }
    if scope.isPart { try addStored(connection) }
  }

  private mutating func addStored(_ connection: Connection) throws {
    let kept = "NOT INDEXED WHERE day NOT IN (SELECT day FROM part_day)"
    // Rows of a pool are mostly adjacent.
    var last: (environment: Int64, type: [UInt8])?
    func find(_ row: ScannedRow) {
      let isLast = row.withBytes(1) { type in
        last.map { $0.environment == row.integer(0) && type.elementsEqual($0.type) } ?? false
      }
      if isLast { return }
      last = (row.integer(0), row.withBytes(1, Array.init))
      pool = number(of: Pool(environment: row.integer(0), instanceType: row.text(1)))
    }
    try connection.scan("compute_environment, instance_type, day, account, cost", from: "pool_day \(kept)") { row in
      find(row)
      add(cost: row.integer(4), account: Int(row.integer(3)), day: Int32(row.integer(2)))
    }
    let columns = """
      compute_environment, instance_type, day, job_queue, job_definition, cost, attempts, ms, milli_vcpu_ms, mib_ms, gpu_ms
      """
    try connection.scan(columns, from: "pool_work_day \(kept)") { row in
      find(row)
      let time = Resources(milliVCPUs: row.integer(8), memoryMiB: row.integer(9), gpus: row.integer(10))
      add(
        Sum(cost: row.integer(5), attempts: row.integer(6), milliseconds: row.integer(7), resourceTime: time),
        queue: Int32(truncatingIfNeeded: row.integer(3)), definition: Int32(truncatingIfNeeded: row.integer(4)),
        day: Int32(row.integer(2)))
    }
    pool = nil
  }

  /// The following postings belong to this resource.
  mutating func begin(_ resource: ResourceRow?) {
    pool = nil
    guard let resource, let environment = resource.environment, let type = resource.instanceType else { return }
    pool = number(of: Pool(environment: environment, instanceType: type))
  }

  private mutating func number(of key: Pool) -> Int32 {
    if let known = poolNumbers[key] { return known }
    let number = Int32(pools.count)
    poolNumbers[key] = number
    pools.append(key)
    costs += [Int64](repeating: 0, count: weekOfDay.count * Account.allCases.count)
    return number
  }

  mutating func add(cost: Int64, account: Int, day: Int32) {
    guard let pool, let position = position(of: day), account < Account.allCases.count else { return }
    costs[(Int(pool) * weekOfDay.count + Int(position)) * Account.allCases.count + account] += cost
  }

  mutating func add(_ work: Sum, queue: Int32, definition: Int32, day: Int32) {
    guard let pool, let position = position(of: day) else { return }
    sums.update(Key(pool: pool, time: position, queue: queue, definition: definition), from: Sum()) { $0.add(work) }
  }

  private func position(of day: Int32) -> Int32? {
    weekOfDay.indices.contains(Int(day - firstDay)) ? day - firstDay : nil
  }

  /// A pool's non-zero costs, in a stable order.
  ///
  /// - Parameter time: the number of a day's time.
  private func costs<Time>(_ times: [Time], _ time: (Int) -> Int) -> [Cost<Time>] {
    var found: [Cost<Time>] = []
    for (number, pool) in pools.enumerated() {
      var sums = [Int64](repeating: 0, count: times.count * Account.allCases.count)
      for position in weekOfDay.indices {
        for account in Account.allCases {
          sums[time(position) * Account.allCases.count + account.rawValue] +=
            costs[(number * weekOfDay.count + position) * Account.allCases.count + account.rawValue]
        }
      }
      for (index, sum) in sums.enumerated() where sum != 0 {
        let (time, account) = index.quotientAndRemainder(dividingBy: Account.allCases.count)
        found.append(Cost(time: times[time], pool: pool, account: Account.allCases[account], cost: sum))
      }
    }
    return found
  }

  /// In a stable order: by time, environment, queue, definition and type.
  private func work<Time>(_ sums: some Sequence<(Key, Sum)>, _ times: [Time]) -> [Work<Time>] {
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
        (a.0.time, environment[a.0.pool], a.0.queue, a.0.definition),
        (b.0.time, environment[b.0.pool], b.0.queue, b.0.definition)
      )
      return left == right ? place[a.0.pool] < place[b.0.pool] : left < right
    }
    .map { key, sum in
      Work(time: times[key.time], pool: pools[key.pool], queue: key.queue, definition: key.definition, sum: sum)
    }
  }

  // MARK: By week

  var costsByWeek: [Cost<String>] { costs(weeks) { Int(weekOfDay[$0]) } }

  var workByWeek: [Work<String>] {
    var byWeek = PackedSums<Key, Sum>()
    for (key, sum) in sums.unsorted {
      let week = weekOfDay[key.time]
      let weekly = Key(pool: Int32(key.pool), time: week, queue: key.queue, definition: key.definition)
      byWeek.update(weekly, from: Sum()) { $0.add(sum) }
    }
    return work(byWeek.unsorted, weeks)
  }

  // MARK: By day

  private var days: [Int32] { weekOfDay.indices.map { firstDay + Int32($0) } }

  /// For the days of a scope.
  func costsByDay(_ scope: InsightScope) -> [Cost<Int32>] { costs(days) { $0 }.filter { scope.has(day: $0.time) } }

  func workByDay(_ scope: InsightScope) -> [Work<Int32>] {
    let has = days.map { scope.has(day: $0) }
    return work(sums.unsorted.lazy.filter { has[$0.0.time] }, days)
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

extension Insight {
  static let workByDay = Insight("work by day", tables: ["pool_day", "pool_work_day"], by: .day) { view, connection in
    let costs = try TableWriter<PoolDayColumn>(connection)
    for row in view.postings.work.costsByDay(view.scope) {
      costs.put(.day, row.time)
      costs.put(.computeEnvironment, row.pool.environment)
      costs.put(.instanceType, row.pool.instanceType)
      costs.put(.account, row.account.rawValue)
      costs.put(.cost, row.cost)
      try costs.write()
    }
    let work = try TableWriter<PoolWorkDayColumn>(connection)
    for row in view.postings.work.workByDay(view.scope) {
      work.put(.day, row.time)
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
