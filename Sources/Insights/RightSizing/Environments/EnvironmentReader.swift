import Accounting
import Domain
import Store

/// Reads what environments ran, week by week, from the ledger's rollups.
struct EnvironmentReader {
  private let connection: Connection
  private let work: WorkTable
  private let view: LedgerView
  private var prices: PriceReader
  private var weeks: [String: [Int64: EnvironmentWeek]] = [:]
  private typealias Known = (name: String, account: String, region: String, type: String, minimum: Int64, delay: Int64)
  private var environments: [Int64: Known] = [:]
  private var onDemandOnlyQueues: Set<String> = []

  init(_ connection: Connection, _ view: LedgerView) throws {
    self.connection = connection
    work = view.postings.work
    self.view = view
    prices = try PriceReader(connection)
  }

  /// The prices for advice on an environment.
  mutating func prices(of environment: EnvironmentWeek) -> PriceTable {
    prices.table(account: environment.account, region: environment.region, week: environment.week)
  }

  /// Environments on EC2 by ISO week, in the order of their names.
  mutating func read() throws -> [String: [EnvironmentWeek]] {
    try readEnvironments()
    addCosts()
    try readUse()
    try readInstances()
    try readGPUs()
    try readWork()
    for found in try FoundReruns(view, connection).byPlace {
      weeks[found.key.week]?[found.key.environment]?.reruns.append(found.reruns)
    }
    return weeks.mapValues { $0.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) } }
  }

  private mutating func readEnvironments() throws {
    var spot: Set<String> = []
    enum Field: Int32, SelectedColumn {
      case id, name, resourceType, minimumVcpus, scaleDownDelayMinutes, arn, account, region
      var sql: String {
        switch self {
        case .name: "n.\(name)"
        case .resourceType: "COALESCE(e.\(name), '')"
        case .minimumVcpus, .scaleDownDelayMinutes: "COALESCE(e.\(name), 0)"
        case .account, .region: "a.\(name)"
        default: "e.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM compute_environment e JOIN named_environment n ON n.id = e.id JOIN account_region a ON a.id = e.account_region
      """)
    while try rows.step() {
      environments[rows.integer(Field.id)] = (
        rows.text(Field.name), rows.text(Field.account), rows.text(Field.region), rows.text(Field.resourceType),
        rows.integer(Field.minimumVcpus), rows.integer(Field.scaleDownDelayMinutes)
      )
      if rows.text(Field.resourceType).hasSuffix("SPOT") { spot.insert(rows.text(Field.arn)) }
    }
    let queues = try connection.prepare(
      """
      SELECT n.name, e.value FROM job_queue q JOIN named_queue n ON n.id = q.id, json_each(q.environments) e
      WHERE q.environments IS NOT NULL
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
    // In place: a week may hold thousands of rows of work, and copying them would cost more than everything else.
    body(&weeks[week, default: [:]][environment, default: Self.week(week, environment, known)])
  }

  private static func week(_ week: String, _ id: Int64, _ known: Known) -> EnvironmentWeek {
    var value = EnvironmentWeek(week: week, id: id, name: known.name)
    value.account = known.account
    value.region = known.region
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

  private mutating func addCosts() {
    for cost in work.costsByWeek {
      change(cost.time, cost.pool.environment, cost.pool.instanceType) { use in
        use.cost += cost.cost
        if cost.account.isUnused {
          use.unused[cost.account, default: 0] += cost.cost
        } else {
          use.work += cost.cost
        }
      }
    }
  }

  private mutating func readUse() throws {
    enum Field: Int32, SelectedColumn {
      case week, computeEnvironment, instanceType, capacityMilliVcpuMs, capacityMibMs, capacityGpuMs,
        reservedMilliVcpuMs, reservedMibMs, reservedGpuMs
      var sql: String {
        switch self {
        case .week: "k.\(name)"
        case .capacityMilliVcpuMs, .capacityMibMs, .capacityGpuMs, .reservedMilliVcpuMs, .reservedMibMs, .reservedGpuMs:
          "SUM(h.\(name))"
        default: "h.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM hourly_use h JOIN calendar k ON k.day = h.hour / 24
      GROUP BY k.week, h.compute_environment, h.instance_type
      """)
    while try rows.step() {
      let offered = Resources(
        milliVCPUs: rows.integer(Field.capacityMilliVcpuMs), memoryMiB: rows.integer(Field.capacityMibMs),
        gpus: rows.integer(Field.capacityGpuMs))
      let reserved = Resources(
        milliVCPUs: rows.integer(Field.reservedMilliVcpuMs), memoryMiB: rows.integer(Field.reservedMibMs),
        gpus: rows.integer(Field.reservedGpuMs))
      change(rows.text(Field.week), rows.integer(Field.computeEnvironment), rows.text(Field.instanceType)) {
        $0.offered = offered
        $0.reserved = reserved
      }
    }
  }

  private mutating func readInstances() throws {
    enum Field: Int32, SelectedColumn {
      case week, computeEnvironment, instanceType, count
      var sql: String {
        switch self {
        case .week: "k.\(name)"
        case .count: "COUNT(DISTINCT r.id)"
        default: "r.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM resource_day d JOIN resource r ON r.id = d.resource JOIN calendar k ON k.day = d.day
      WHERE r.kind = 'instance' AND r.compute_environment IS NOT NULL AND r.instance_type IS NOT NULL
      GROUP BY k.week, r.compute_environment, r.instance_type
      """)
    while try rows.step() {
      let count = rows.integer(Field.count)
      change(rows.text(Field.week), rows.integer(Field.computeEnvironment), rows.text(Field.instanceType)) {
        $0.instances = count
      }
    }
  }

  private mutating func readGPUs() throws {
    enum Field: Int32, SelectedColumn {
      case week, computeEnvironment, instanceType, gpuMs, count
      var sql: String {
        switch self {
        case .week: "k.\(name)"
        case .gpuMs: "SUM(p.\(name))"
        case .count: "COUNT(DISTINCT t.id)"
        default: "r.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM resource r
      CROSS JOIN posting p ON \(PostingID.isOf("p.id", resource: "r.id"))  -- in this order: few have several GPUs
      CROSS JOIN attempt t ON t.id = p.attempt
      JOIN calendar k ON k.day = p.day
      WHERE r.gpus > 1 AND t.gpus = 1 AND r.compute_environment IS NOT NULL
      GROUP BY k.week, r.compute_environment, r.instance_type
      """)
    while try rows.step() {
      let (time, attempts) = (rows.integer(Field.gpuMs), rows.integer(Field.count))
      change(rows.text(Field.week), rows.integer(Field.computeEnvironment), rows.text(Field.instanceType)) {
        $0.singleGPUTime = time
        $0.singleGPUAttempts = attempts
      }
    }
  }

  /// Work by queue and definition, without multi-node jobs, which have instances to themselves.
  private mutating func readWork() throws {
    var queues: [Int32: String] = [:]
    let queueRows = try connection.prepare("SELECT id, name FROM named_queue")
    while try queueRows.step() { queues[Int32(queueRows.integer(0))] = queueRows.text(1) }
    var definitions: [Int32: (name: String, isMultiNode: Bool)] = [:]
    enum Field: Int32, SelectedColumn {
      case id, name, kind
      var sql: String {
        switch self {
        case .kind: "COALESCE(\(name), '') = 'multinode'"
        default: name
        }
      }
    }
    let definitionRows = try connection.prepare("SELECT \(Field.list) FROM job_definition")
    while try definitionRows.step() {
      definitions[Int32(definitionRows.integer(Field.id))] = (
        definitionRows.text(Field.name), definitionRows.integer(Field.kind) == 1
      )
    }
    for row in work.workByWeek {
      let definition = definitions[row.definition]
      guard let queue = queues[row.queue], definition?.isMultiNode != true else { continue }
      let work = Work(
        queue: queue, definition: definition?.name ?? "", isOnDemandOnly: onDemandOnlyQueues.contains(queue),
        instanceType: row.pool.instanceType, cost: row.sum.cost, attempts: row.sum.attempts,
        milliseconds: row.sum.milliseconds, resourceTime: row.sum.resourceTime)
      change(row.time, row.pool.environment) { $0.smallWork.append(work) }
    }
  }
}
