import Accounting
import Domain
import Insights
import Store

extension History {
  /// Reads everything that was collected and charged.
  package init(_ connection: Connection) throws {
    self.init()
    var reader = HistoryReader(connection)
    try reader.read(&self)
  }
}

/// Reads a `History` from the facts and the ledger.
private struct HistoryReader {
  let connection: Connection
  private var environmentPositions: [Int64: Int] = [:]
  private var environmentARNs: [String: Int] = [:]
  private var queuePositions: [Int64: Int32] = [:]
  private var typePositions: [String: Int] = [:]
  private var zonePositions: [String: Int] = [:]
  private var lifePositions: [Int64: Int32] = [:]
  private var sharePositions: [String: Int32] = ["": 0]

  init(_ connection: Connection) { self.connection = connection }

  mutating func read(_ history: inout History) throws {
    try readSettings(&history)
    try readShapes(&history)
    try readBands(&history)
    try readEnvironments(&history)
    try readQueues(&history)
    try readLives(&history)
    try readAttempts(&history)
    history.dependencies = try Dependencies(connection)
    try readCosts(&history)
    try readDefinitions(&history)
    history.addTypesAndZones()
    history.prices = try PriceBook(reading: connection, types: Set(history.shapes.map(\.name)))
  }

  private func readSettings(_ history: inout History) throws {
    let settings = try LedgerSettings(storedIn: connection)
    (history.scheme, history.spotRule) = (settings.scheme, settings.spotRule)
    let first = try connection.integer("SELECT COALESCE(MIN(day), 0) FROM calendar")
    let last = try connection.integer("SELECT COALESCE(MAX(day), -1) FROM calendar")
    history.days = Day(number: Int32(first))..<Day(number: Int32(max(first, last + 1)))
    let asOf = try connection.integer("SELECT COALESCE(MAX(as_of_ms), 0) FROM collection")
    history.asOf = asOf > 0 ? Instant(milliseconds: asOf) : history.days.upperBound.start
  }

  private mutating func readShapes(_ history: inout History) throws {
    for type in try DescribedType.all(connection) {
      typePositions[type.name] = history.shapes.count
      history.shapes.append(
        InstanceShape(
          name: type.name, nominal: type.nominal, registeredMiB: type.registeredMiB, architecture: type.architecture))
    }
  }

  /// The middle of each band; the beginning of the last one, which has no end.
  private func readBands(_ history: inout History) throws {
    enum Field: Int32, SelectedColumn {
      case region, instanceType, bandMinimum, bandMaximum
      var sql: String {
        switch self {
        case .bandMinimum:
          "COALESCE(( SELECT MAX(b.band_maximum) FROM spot_advice b WHERE b.region = a.region AND b.operating_system = a.operating_system AND b.band_maximum < a.band_maximum ), 0)"
        default: "a.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM spot_advice a WHERE a.operating_system = 'Linux'
      """)
    while try rows.step() {
      guard let type = typePositions[rows.text(Field.instanceType)] else { continue }
      let (from, to) = (rows.integer(Field.bandMinimum), rows.integer(Field.bandMaximum))
      history.bands[rows.text(Field.region), default: [:]][type] = Double(to >= 100 ? 2 * from : from + to) / 200
    }
  }

  private mutating func readEnvironments(_ history: inout History) throws {
    enum Field: Int32, SelectedColumn {
      case id, name, resourceType, allocationStrategy, minimumVcpus, maximumVcpus, scaleDownDelayMinutes,
        instanceTypes, region, account, arn, orchestration, management
      var sql: String {
        switch self {
        case .name: "n.\(name)"
        case .resourceType, .allocationStrategy: "COALESCE(e.\(name), '')"
        case .minimumVcpus, .scaleDownDelayMinutes: "COALESCE(e.\(name), 0)"
        case .region, .account: "a.\(name)"
        case .orchestration: "COALESCE(e.\(name), 'ECS')"
        case .management: "COALESCE(e.\(name), 'MANAGED')"
        default: "e.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM compute_environment e JOIN named_environment n ON n.id = e.id JOIN account_region a ON a.id = e.account_region
      ORDER BY n.name, e.id
      """)
    while try rows.step() {
      let type = rows.text(Field.resourceType)
      let isModelled = rows.text(Field.orchestration) == "ECS" && rows.text(Field.management) == "MANAGED"
      guard isModelled, let kind = Environment.Kind(rawValue: type) else {
        let words =
          !isModelled ? (rows.text(Field.orchestration) == "ECS" ? "unmanaged" : rows.text(Field.orchestration)) : type
        history.unmodelled.append((rows.text(Field.name), words.isEmpty ? "never described" : words))
        continue
      }
      let position = history.environments.count
      environmentPositions[rows.integer(Field.id)] = position
      environmentARNs[rows.text(Field.arn)] = position
      history.environments.append(
        Environment(
          id: rows.integer(Field.id), name: rows.text(Field.name), kind: kind, region: rows.text(Field.region),
          account: rows.text(Field.account),
          strategy: Strategy(rawValue: rows.text(Field.allocationStrategy))
            ?? (kind.isSpot ? .spotCapacityOptimized : .bestFit),
          types: TypeNames(history.shapes).positions(listed: try names(rows.optionalText(Field.instanceTypes))),
          minimumMilliVCPUs: rows.integer(Field.minimumVcpus) * 1000,
          maximumMilliVCPUs: rows.optionalInteger(Field.maximumVcpus).map { $0 * 1000 } ?? .max,
          scaleDownDelay: rows.integer(Field.scaleDownDelayMinutes) * 60_000))
    }
  }

  private func names(_ json: String?) throws -> [String] {
    guard let json else { return [] }
    return try connection.column("SELECT value FROM json_each(?)", json, of: String.self)
  }

  private mutating func readQueues(_ history: inout History) throws {
    enum Field: Int32, SelectedColumn {
      case id, name, priority, environments, shareDecaySeconds, computeReservation, weights, hasPolicy
      var sql: String {
        switch self {
        case .id, .environments: "q.\(name)"
        case .name: "n.\(name)"
        case .priority: "COALESCE(q.\(name), 1)"
        case .hasPolicy: "p.id IS NOT NULL"
        default: "p.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM job_queue q JOIN named_queue n ON n.id = q.id LEFT JOIN scheduling_policy p ON p.arn = q.scheduling_policy
      ORDER BY n.name, q.id
      """)
    while try rows.step() {
      queuePositions[rows.integer(Field.id)] = Int32(history.queues.count)
      let environments = try names(rows.optionalText(Field.environments)).compactMap { environmentARNs[$0] }
      var queue = Model.Queue(
        id: rows.integer(Field.id), name: rows.text(Field.name), priority: Int(rows.integer(Field.priority)),
        environments: environments)
      if rows.integer(Field.hasPolicy) == 1 {
        queue.fairShare = FairShare(
          decay: rows.integer(Field.shareDecaySeconds) * 1000,
          reservation: Double(rows.integer(Field.computeReservation)) / 100,
          weights: try weights(rows.optionalText(Field.weights)))
      }
      history.queues.append(queue)
    }
  }

  private func weights(_ json: String?) throws -> [String: Double] {
    guard let json else { return [:] }
    var weights: [String: Double] = [:]
    try connection.each("SELECT key, value FROM json_each(?)", json) { (share: String, weight: Double) in
      weights[share] = weight
    }
    return weights
  }

  private mutating func readLives(_ history: inout History) throws {
    enum Field: Int32, SelectedColumn {
      case id, kind, computeEnvironment, instanceType, zone, startedAtMs, stoppedAtMs, open, interrupted, startSource,
        stopSource
    }
    try connection.scan(Field.list, from: "resource WHERE kind IN ('instance', 'fargate-task')") { row in
      guard let environment = row.optionalInteger(Field.computeEnvironment).flatMap({ environmentPositions[$0] }) else {
        return
      }
      let isTask = row.text(Field.kind) == "fargate-task"
      guard isTask || row.optionalText(Field.instanceType).map({ typePositions[$0] != nil }) == true else { return }
      lifePositions[row.integer(Field.id)] = Int32(history.lives.count)
      history.lives.append(
        History.Life(
          environment: environment, type: row.optionalText(Field.instanceType).flatMap { typePositions[$0] } ?? -1,
          zone: zone(row.optionalText(Field.zone), &history), started: row.integer(Field.startedAtMs),
          stopped: row.integer(Field.stoppedAtMs),
          isOpen: row.integer(Field.open) == 1, isReclaimed: row.integer(Field.interrupted) == 1,
          knowsStart: !["registration", "first-attempt"].contains(row.text(Field.startSource)),
          knowsEnd: !["last-seen", "open"].contains(row.text(Field.stopSource))))
    }
  }

  private mutating func zone(_ name: String?, _ history: inout History) -> Int {
    guard let name else { return -1 }
    if let known = zonePositions[name] { return known }
    zonePositions[name] = history.zones.count
    history.zones.append(name)
    return history.zones.count - 1
  }

  private mutating func readAttempts(_ history: inout History) throws {
    var places: [Int64: Int32] = [:]
    enum Posting: Int32, SelectedColumn { case attempt, resource }
    try connection.scan(Posting.list, from: "posting WHERE attempt IS NOT NULL") { row in
      if let life = lifePositions[row.integer(Posting.resource)] { places[row.integer(Posting.attempt)] = life }
    }
    var lost: Set<Int64> = []
    var lostForGood: Set<Int64> = []
    let outcomes = Outcome.allCases.filter(\.isLostHost).numbers
    try connection.each("SELECT attempt, rerun FROM failed_attempt WHERE outcome IN (\(outcomes))") {
      (attempt: Int64, rerun: String) in
      if rerun == "batch" { lost.insert(attempt) } else { lostForGood.insert(attempt) }
    }
    let asOf = history.asOf.milliseconds
    let hasShares = history.queues.contains { $0.fairShare != nil }
    enum Field: Int32, SelectedColumn {
      case id, job, startedAtMs, stoppedAtMs, milliVcpus, memoryMib, gpus, jobQueue, jobDefinition, createdAtMs,
        retryAttempts, kind, architecture, ephemeralGib, pullStartedAtMs, shareIdentifier, schedulingPriority
      var sql: String {
        switch self {
        case .createdAtMs: "j.\(name)"
        case .retryAttempts: "COALESCE(j.\(name), d.\(name), 1)"
        case .architecture, .shareIdentifier: "COALESCE(j.\(name), '')"
        case .ephemeralGib: "COALESCE(j.\(name), 20)"
        case .schedulingPriority: "COALESCE(j.\(name), 0)"
        case .pullStartedAtMs: "(SELECT MIN(k.\(name)) FROM task k WHERE k.task_id = t.task_id)"
        default: "t.\(name)"
        }
      }
      var isOfShares: Bool { self == .shareIdentifier || self == .schedulingPriority }
    }
    let columns = Field.list { hasShares || !$0.isOfShares ? $0.sql : "NULL" }
    let source = """
      attempt t JOIN job j ON j.id = t.job LEFT JOIN job_definition d ON d.id = t.job_definition
      WHERE t.started_at_ms IS NOT NULL AND t.platform IN (\([JobPlatform.ec2, .fargate].numbers)) AND t.started_at_ms < \(asOf) ORDER BY t.id
      """
    try connection.scan(columns, from: source) { row in
      guard let queue = queuePositions[row.integer(Field.jobQueue)] else { return }
      guard let life = places[row.integer(Field.id)] else {
        history.unplaced += 1
        return
      }
      let started = row.integer(Field.startedAtMs)
      let stopped = row.optionalInteger(Field.stoppedAtMs).map { min(max($0, started), asOf) }
      let pull = row.optionalInteger(Field.pullStartedAtMs).flatMap { $0 <= started ? $0 : nil }
      history.lives[Int(life)].attempts.append(Int32(history.attempts.count))
      history.attempts.append(
        History.Attempt(
          id: row.integer(Field.id), job: row.integer(Field.job), placed: pull ?? started, started: started,
          stopped: stopped ?? asOf,
          isOpen: stopped == nil || stopped == asOf, knowsPull: pull != nil,
          need: Need(
            Resources(
              milliVCPUs: row.integer(Field.milliVcpus), memoryMiB: row.integer(Field.memoryMib),
              gpus: row.integer(Field.gpus))),
          queue: queue, definition: Int32(clamping: row.integer(Field.jobDefinition)),
          created: row.integer(Field.createdAtMs),
          retryAttempts: Int32(clamping: row.integer(Field.retryAttempts)),
          kind: Int8(clamping: row.integer(Field.kind)),
          isARM: row.text(Field.architecture) == "ARM64",
          ephemeralGiB: Int16(clamping: row.integer(Field.ephemeralGib)),
          share: hasShares ? share(row.text(Field.shareIdentifier), &history) : 0,
          priority: hasShares ? Int32(clamping: row.integer(Field.schedulingPriority)) : 0,
          isLost: lost.contains(row.integer(Field.id)), isLostForGood: lostForGood.contains(row.integer(Field.id)),
          life: life))
    }
    for index in history.lives.indices { history.sortAttempts(ofLife: index) }
  }

  private mutating func share(_ name: String, _ history: inout History) -> Int32 {
    if let known = sharePositions[name] { return known }
    sharePositions[name] = Int32(history.shares.count)
    history.shares.append(name)
    return Int32(history.shares.count - 1)
  }

  private func readDefinitions(_ history: inout History) throws {
    try connection.each("SELECT id, name FROM job_definition") { (id: Int64, name: String) in
      history.definitions[Int32(clamping: id)] = name
    }
  }

  private func readCosts(_ history: inout History) throws {
    enum Field: Int32, SelectedColumn {
      case day, computeEnvironment, account, purchaseOption, cost
      var sql: String {
        switch self {
        case .computeEnvironment: "r.\(name)"
        case .cost: "SUM(COALESCE(p.\(name), 0))"
        default: "p.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM posting p JOIN resource r ON r.id = p.resource
      WHERE r.kind IN ('instance', 'fargate-task') AND r.compute_environment IS NOT NULL
      GROUP BY 1, 2, 3, 4
      """)
    while try rows.step() {
      guard let environment = environmentPositions[rows.integer(Field.computeEnvironment)],
        let account = Account(rawValue: Int(rows.integer(Field.account)))
      else { continue }
      history.costs.append(
        History.DayCost(
          day: Day(number: Int32(rows.integer(Field.day))), environment: environment, account: account,
          option: PurchaseOption(rawValue: Int(rows.integer(Field.purchaseOption))) ?? .unknown,
          cost: rows.integer(Field.cost)))
    }
  }
}

extension History {
  /// An environment can have whatever it once had, even if its list has changed.
  fileprivate mutating func addTypesAndZones() {
    var types = environments.map { Set($0.types) }
    var seen = [Set<Int>](repeating: [], count: environments.count)
    for life in lives where life.type >= 0 {
      if types[life.environment].insert(life.type).inserted { environments[life.environment].types.append(life.type) }
      if life.zone >= 0 { seen[life.environment].insert(life.zone) }
    }
    for index in environments.indices { environments[index].zones = seen[index].sorted().map { zones[$0] } }
  }
}
