import Accounting
import Domain
import Store

/// Reads what environments ran, week by week, from the ledger's rollups.
struct EnvironmentReader: Sendable {
  private var prices: PriceReader
  private var weeks: [String: [Int64: EnvironmentWeek]] = [:]
  private typealias Known = (name: String, account: String, region: String, type: String, minimum: Int64, delay: Int64)
  private var environments: [Int64: Known] = [:]
  private var onDemandOnlyQueues: Set<String> = []
  private var queues: [Int32: String] = [:]
  private var definitions: [Int32: (name: String, isMultiNode: Bool)] = [:]

  /// From facts alone.
  init(_ connection: Connection) throws {
    prices = try PriceReader(connection)
    try readEnvironments(connection)
    try readNames(connection)
  }

  /// The prices for advice on an environment.
  mutating func prices(of environment: EnvironmentWeek) -> PriceTable {
    prices.table(account: environment.account, region: environment.region, week: environment.week)
  }

  /// Environments on EC2 by ISO week, in the order of their names, without their work.
  ///
  /// - Parameter hosts: of these weeks, or of more.
  mutating func read(
    _ chosen: Set<String>, _ hosts: EnvironmentHosts, _ reruns: FoundReruns, _ connection: Connection
  ) throws -> [String: [EnvironmentWeek]] {
    try addCosts(chosen, connection)
    for row in hosts.rows where chosen.contains(row.place.week) {
      change(row.place.week, row.place.environment, row.place.instanceType) { row.fact.add(to: &$0) }
    }
    for found in reruns.byPlace {
      weeks[found.key.week]?[found.key.environment]?.reruns.append(found.reruns)
    }
    return weeks.mapValues { $0.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) } }
  }

  /// By ISO week: a digest of everything that its advice depends on, apart from what ran in it.
  mutating func digests(_ reruns: FoundReruns) -> [String: Int64] {
    var common = RowDigest()
    prices.addShapes(to: &common)
    for (id, known) in environments.sorted(by: { $0.key < $1.key }) {
      for number in [id, known.minimum, known.delay] { common.add(number) }
      for text in [known.name, known.account, known.region, known.type] { common.add(text) }
    }
    for name in onDemandOnlyQueues.sorted() { common.add(name) }
    for (id, name) in queues.sorted(by: { $0.key < $1.key }) {
      common.add(Int64(id))
      common.add(name)
    }
    for (id, definition) in definitions.sorted(by: { $0.key < $1.key }) {
      common.add(definition.isMultiNode ? -Int64(id) : Int64(id))
      common.add(definition.name)
    }
    let places = Set(environments.values.map { [$0.account, $0.region] }).sorted { $0.lexicographicallyPrecedes($1) }
    let ofWeek = Dictionary(grouping: reruns.byPlace, by: \.key.week)
    return Dictionary(
      uniqueKeysWithValues: prices.weeks.map { week, days in
        var digest = common
        digest.add(days.lowerBound)
        digest.add(days.upperBound)
        for place in places { prices.add(account: place[0], region: place[1], week: week, to: &digest) }
        for (key, sum) in ofWeek[week] ?? [] {
          for number in [key.environment, key.queue, sum.attempts, sum.cost, sum.spotCost] { digest.add(number) }
        }
        return (week, digest.value)
      })
  }

  private mutating func readEnvironments(_ connection: Connection) throws {
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
    var withSpot: Set<String> = []
    try connection.each(
      """
      SELECT n.name, e.value FROM job_queue q JOIN named_queue n ON n.id = q.id, json_each(q.environments) e
      WHERE q.environments IS NOT NULL
      """
    ) { (queue: String, environment: String) in
      onDemandOnlyQueues.insert(queue)
      if spot.contains(environment) { withSpot.insert(queue) }
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

  private mutating func addCosts(_ chosen: Set<String>, _ connection: Connection) throws {
    enum Field: Int32, SelectedColumn { case week, computeEnvironment, instanceType, account, cost }
    let source = "calendar k CROSS JOIN pool_day USING (day) WHERE \(EnvironmentHosts.isOf(chosen))"
    try connection.scan(Field.list, from: source) { row in
      guard let account = Account(rawValue: Int(row.integer(Field.account))) else { return }
      let cost = row.integer(Field.cost)
      change(row.text(Field.week), row.integer(Field.computeEnvironment), row.text(Field.instanceType)) { use in
        use.cost += cost
        if account.isUnused { use.unused[account, default: 0] += cost } else { use.work += cost }
      }
    }
  }

  private mutating func readNames(_ connection: Connection) throws {
    try connection.each("SELECT id, name FROM named_queue") { (id: Int64, name: String) in queues[Int32(id)] = name }
    try connection.each("SELECT id, name, kind IS 'multinode' FROM job_definition") {
      (id: Int64, name: String, isMultiNode: Bool) in definitions[Int32(id)] = (name, isMultiNode)
    }
  }

  /// Adds work by queue and definition to the environments of a week, without multi-node jobs, which have instances to
  /// themselves.
  func addWork(_ week: String, to environments: inout [EnvironmentWeek], _ connection: Connection) throws {
    guard let days = prices.weeks[week] else { return }
    let work = try WeekWork(connection, days)
    let positions = Dictionary(environments.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (key, sum) in work.sorted {
      let definition = definitions[key.definition]
      guard let position = positions[key.environment], let queue = queues[key.queue], definition?.isMultiNode != true
      else { continue }
      environments[position].jobWork.append(
        Work(
          queue: queue, definition: definition?.name ?? "", isOnDemandOnly: onDemandOnlyQueues.contains(queue),
          instanceType: work.types[Int(key.type)], cost: sum.cost, attempts: sum.attempts,
          milliseconds: sum.milliseconds, resourceTime: sum.resourceTime))
    }
  }
}
