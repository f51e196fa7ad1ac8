import Accounting
import Domain
import Store

/// Reads what environments ran, week by week, from the ledger's rollups.
struct EnvironmentReader {
  private let connection: Connection
  private(set) var prices: PriceTable
  private var weeks: [String: [Int64: EnvironmentWeek]] = [:]
  private typealias Known = (name: String, type: String, minimum: Int64, delay: Int64)
  private var environments: [Int64: Known] = [:]
  private var onDemandOnlyQueues: Set<String> = []

  init(_ connection: Connection) throws {
    self.connection = connection
    prices = try PriceReader(connection).read()
  }

  /// Environments on EC2 by ISO week, in the order of their names.
  mutating func read() throws -> [String: [EnvironmentWeek]] {
    try readEnvironments()
    try readCosts()
    try readUse()
    try readInstances()
    try readGPUs()
    try readWork()
    for rerun in try RerunReader(connection).read() {
      weeks[rerun.week]?[rerun.environment]?.reruns.append(rerun.reruns)
    }
    return weeks.mapValues { $0.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) } }
  }

  private mutating func readEnvironments() throws {
    var spot: Set<String> = []
    let rows = try connection.prepare(
      """
      SELECT id, name, COALESCE(resource_type, ''), COALESCE(minimum_vcpus, 0), COALESCE(scale_down_delay_minutes, 0), arn
      FROM compute_environment
      """)
    while try rows.step() {
      environments[rows.integer(0)] = (rows.text(1), rows.text(2), rows.integer(3), rows.integer(4))
      if rows.text(2).hasSuffix("SPOT") { spot.insert(rows.text(5)) }
    }
    let queues = try connection.prepare(
      """
      SELECT q.name, e.value FROM job_queue q, json_each(q.environments) e WHERE q.environments IS NOT NULL
      """)
    var withSpot: Set<String> = []
    while try queues.step() {
      onDemandOnlyQueues.insert(queues.text(0))
      if spot.contains(queues.text(1)) { withSpot.insert(queues.text(0)) }
    }
    onDemandOnlyQueues.subtract(withSpot)
  }

  private mutating func change(_ week: String, _ environment: Int64, _ body: (inout EnvironmentWeek) -> Void) {
    guard let known = environments[environment] else { return }
    // In place: a week may hold thousands of rows of work, and copies of them would cost more than all the rest.
    body(&weeks[week, default: [:]][environment, default: Self.week(week, environment, known)])
  }

  private static func week(_ week: String, _ id: Int64, _ known: Known) -> EnvironmentWeek {
    var value = EnvironmentWeek(week: week, id: id, name: known.name)
    value.resourceType = known.type
    value.minimumVCPUs = known.minimum
    value.scaleDownDelayMinutes = known.delay
    return value
  }

  private mutating func change(
    _ week: String, _ environment: Int64, _ type: String, _ body: (inout TypeUse) -> Void
  ) {
    let capacity = prices.shapes[type]?.capacity ?? .zero
    change(week, environment) {
      let position = $0.uses.firstIndex { $0.type == type }
      if position == nil { $0.uses.append(TypeUse(type: type, capacity: capacity)) }
      body(&$0.uses[position ?? $0.uses.count - 1])
    }
  }

  private mutating func readCosts() throws {
    let rows = try connection.prepare(
      """
      SELECT k.week, r.compute_environment, r.instance_type, p.account, SUM(p.cost)
      FROM (
        SELECT resource, day, account, SUM(cost) AS cost FROM posting
        WHERE cost IS NOT NULL GROUP BY resource, day, account
      ) p
      JOIN resource r ON r.id = p.resource JOIN calendar k ON k.day = p.day
      WHERE r.compute_environment IS NOT NULL AND r.instance_type IS NOT NULL
      GROUP BY k.week, r.compute_environment, r.instance_type, p.account
      """)
    while try rows.step() {
      let (cost, account) = (rows.integer(4), Account(rawValue: Int(rows.integer(3))))
      change(rows.text(0), rows.integer(1), rows.text(2)) { use in
        use.cost += cost
        if let account, account.isUnused { use.unused[account, default: 0] += cost } else { use.work += cost }
      }
    }
  }

  private mutating func readUse() throws {
    let rows = try connection.prepare(
      """
      SELECT k.week, h.compute_environment, h.instance_type, SUM(h.capacity_milli_vcpu_ms), SUM(h.capacity_mib_ms),
        SUM(h.capacity_gpu_ms), SUM(h.reserved_milli_vcpu_ms), SUM(h.reserved_mib_ms), SUM(h.reserved_gpu_ms)
      FROM hourly_use h JOIN calendar k ON k.day = h.hour / 24
      GROUP BY k.week, h.compute_environment, h.instance_type
      """)
    while try rows.step() {
      let offered = Resources(milliVCPUs: rows.integer(3), memoryMiB: rows.integer(4), gpus: rows.integer(5))
      let reserved = Resources(milliVCPUs: rows.integer(6), memoryMiB: rows.integer(7), gpus: rows.integer(8))
      change(rows.text(0), rows.integer(1), rows.text(2)) {
        $0.offered = offered
        $0.reserved = reserved
      }
    }
  }

  private mutating func readInstances() throws {
    let rows = try connection.prepare(
      """
      SELECT k.week, r.compute_environment, r.instance_type, COUNT(DISTINCT r.id)
      FROM resource_day d JOIN resource r ON r.id = d.resource JOIN calendar k ON k.day = d.day
      WHERE r.kind = 'instance' AND r.compute_environment IS NOT NULL AND r.instance_type IS NOT NULL
      GROUP BY k.week, r.compute_environment, r.instance_type
      """)
    while try rows.step() {
      let count = rows.integer(3)
      change(rows.text(0), rows.integer(1), rows.text(2)) { $0.instances = count }
    }
  }

  private mutating func readGPUs() throws {
    let rows = try connection.prepare(
      """
      SELECT k.week, r.compute_environment, r.instance_type, SUM(p.gpu_ms), COUNT(DISTINCT t.id)
      FROM resource r
      CROSS JOIN posting p ON p.id >= r.id << 20 AND p.id < (r.id + 1) << 20  -- in this order: few have several GPUs
      CROSS JOIN attempt t ON t.id = p.attempt
      JOIN calendar k ON k.day = p.day
      WHERE r.gpus > 1 AND t.gpus = 1 AND r.compute_environment IS NOT NULL
      GROUP BY k.week, r.compute_environment, r.instance_type
      """)
    while try rows.step() {
      let (time, attempts) = (rows.integer(3), rows.integer(4))
      change(rows.text(0), rows.integer(1), rows.text(2)) {
        $0.singleGPUTime = time
        $0.singleGPUAttempts = attempts
      }
    }
  }

  private mutating func readWork() throws {
    let rows = try connection.prepare(
      """
      SELECT k.week, r.compute_environment, q.name, r.instance_type, SUM(p.cost),
        SUM(CASE WHEN p.account = 0 AND t.started_at_ms / 86400000 = p.day THEN 1 ELSE 0 END), SUM(p.ms),
        SUM(p.milli_vcpu_ms), SUM(p.mib_ms), SUM(p.gpu_ms), COALESCE(f.name, '')
      FROM posting p JOIN resource r ON r.id = p.resource JOIN calendar k ON k.day = p.day
      JOIN attempt t ON t.id = p.attempt JOIN job_queue q ON q.id = t.job_queue
      LEFT JOIN job_definition f ON f.id = t.job_definition
      WHERE r.compute_environment IS NOT NULL AND r.instance_type IS NOT NULL AND p.cost IS NOT NULL
        AND COALESCE(f.kind, '') <> 'multinode'
      GROUP BY k.week, r.compute_environment, q.name, t.job_definition, r.instance_type
      """)
    while try rows.step() {
      let queue = rows.text(2)
      let work = Work(
        queue: queue, definition: rows.text(10), isOnDemandOnly: onDemandOnlyQueues.contains(queue),
        instanceType: rows.text(3),
        cost: rows.integer(4), attempts: rows.integer(5), milliseconds: rows.integer(6),
        resourceTime: Resources(milliVCPUs: rows.integer(7), memoryMiB: rows.integer(8), gpus: rows.integer(9)))
      change(rows.text(0), rows.integer(1)) { $0.smallWork.append(work) }
    }
  }
}
