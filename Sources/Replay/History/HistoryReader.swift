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
    let rows = try connection.prepare("SELECT name, value FROM ledger_setting")
    while try rows.step() {
      switch rows.text(0) {
      case "weights": history.scheme = WeightScheme(rows.text(1)) ?? .splitCost
      case "spot_price_rule": history.spotRule = SpotPriceRule(rawValue: rows.text(1)) ?? .instanceHour
      default: break
      }
    }
    let first = try connection.integer("SELECT COALESCE(MIN(day), 0) FROM calendar")
    let last = try connection.integer("SELECT COALESCE(MAX(day), -1) FROM calendar")
    history.days = Day(number: Int32(first))..<Day(number: Int32(max(first, last + 1)))
    let asOf = try connection.integer("SELECT COALESCE(MAX(as_of_ms), 0) FROM collection")
    history.asOf = asOf > 0 ? Instant(milliseconds: asOf) : history.days.upperBound.start
  }

  private mutating func readShapes(_ history: inout History) throws {
    let rows = try connection.prepare(
      """
      SELECT t.name, t.milli_vcpus, t.memory_mib, t.gpus, COALESCE(t.architecture, ''), c.memory
      FROM instance_type t
      LEFT JOIN (
        SELECT instance_type, MIN(registered_memory_mib) AS memory FROM container_instance GROUP BY instance_type
      ) c ON c.instance_type = t.name
      ORDER BY t.name
      """)
    while try rows.step() {
      let nominal = Resources(milliVCPUs: rows.integer(1), memoryMiB: rows.integer(2), gpus: rows.integer(3))
      typePositions[rows.text(0)] = history.shapes.count
      history.shapes.append(
        InstanceShape(
          name: rows.text(0), nominal: nominal,
          registeredMiB: rows.optionalInteger(5) ?? PackingType.usable(nominal.memoryMiB), architecture: rows.text(4)))
    }
  }

  /// The middle of each band; the beginning of the last one, which has no end.
  private func readBands(_ history: inout History) throws {
    let rows = try connection.prepare(
      """
      SELECT a.region, a.instance_type, COALESCE((
          SELECT MAX(b.band_maximum) FROM spot_advice b
          WHERE b.region = a.region AND b.operating_system = a.operating_system AND b.band_maximum < a.band_maximum
        ), 0), a.band_maximum
      FROM spot_advice a WHERE a.operating_system = 'Linux'
      """)
    while try rows.step() {
      guard let type = typePositions[rows.text(1)] else { continue }
      let (from, to) = (rows.integer(2), rows.integer(3))
      history.bands[rows.text(0), default: [:]][type] = Double(to >= 100 ? 2 * from : from + to) / 200
    }
  }

  private mutating func readEnvironments(_ history: inout History) throws {
    let rows = try connection.prepare(
      """
      SELECT e.id, n.name, COALESCE(e.resource_type, ''), COALESCE(e.allocation_strategy, ''),
        COALESCE(e.minimum_vcpus, 0), e.maximum_vcpus, COALESCE(e.scale_down_delay_minutes, 0), e.instance_types,
        a.region, a.account, e.arn, COALESCE(e.orchestration, 'ECS'), COALESCE(e.management, 'MANAGED')
      FROM compute_environment e JOIN named_environment n ON n.id = e.id JOIN account_region a ON a.id = e.account_region
      ORDER BY n.name, e.id
      """)
    while try rows.step() {
      let type = rows.text(2)
      let isModelled = rows.text(11) == "ECS" && rows.text(12) == "MANAGED"
      guard isModelled, let kind = Environment.Kind(rawValue: type) else {
        let words = !isModelled ? (rows.text(11) == "ECS" ? "unmanaged" : rows.text(11)) : type
        history.unmodelled.append((rows.text(1), words.isEmpty ? "never described" : words))
        continue
      }
      let position = history.environments.count
      environmentPositions[rows.integer(0)] = position
      environmentARNs[rows.text(10)] = position
      history.environments.append(
        Environment(
          id: rows.integer(0), name: rows.text(1), kind: kind, region: rows.text(8), account: rows.text(9),
          strategy: Strategy(rawValue: rows.text(3)) ?? (kind.isSpot ? .spotCapacityOptimized : .bestFit),
          types: TypeNames(history.shapes).positions(listed: try names(rows.optionalText(7))),
          minimumMilliVCPUs: rows.integer(4) * 1000,
          maximumMilliVCPUs: rows.optionalInteger(5).map { $0 * 1000 } ?? .max,
          scaleDownDelay: rows.integer(6) * 60_000))
    }
  }

  private func names(_ json: String?) throws -> [String] {
    guard let json else { return [] }
    let rows = try connection.prepare("SELECT value FROM json_each(?)")
    rows.bind(1, json)
    var names: [String] = []
    while try rows.step() { names.append(rows.text(0)) }
    return names
  }

  private mutating func readQueues(_ history: inout History) throws {
    let rows = try connection.prepare(
      """
      SELECT q.id, n.name, COALESCE(q.priority, 1), q.environments, p.share_decay_seconds, p.compute_reservation, p.weights,
        p.id IS NOT NULL
      FROM job_queue q JOIN named_queue n ON n.id = q.id LEFT JOIN scheduling_policy p ON p.arn = q.scheduling_policy
      ORDER BY n.name, q.id
      """)
    while try rows.step() {
      queuePositions[rows.integer(0)] = Int32(history.queues.count)
      let environments = try names(rows.optionalText(3)).compactMap { environmentARNs[$0] }
      var queue = Model.Queue(
        id: rows.integer(0), name: rows.text(1), priority: Int(rows.integer(2)), environments: environments)
      if rows.integer(7) == 1 {
        queue.fairShare = FairShare(
          decay: rows.integer(4) * 1000, reservation: Double(rows.integer(5)) / 100,
          weights: try weights(rows.optionalText(6)))
      }
      history.queues.append(queue)
    }
  }

  private func weights(_ json: String?) throws -> [String: Double] {
    guard let json else { return [:] }
    let rows = try connection.prepare("SELECT key, value FROM json_each(?)")
    rows.bind(1, json)
    var weights: [String: Double] = [:]
    while try rows.step() { weights[rows.text(0)] = rows.real(1) }
    return weights
  }

  private mutating func readLives(_ history: inout History) throws {
    let columns = """
      id, kind, compute_environment, instance_type, zone, started_at_ms, stopped_at_ms, open, interrupted, start_source,
      stop_source
      """
    try connection.scan(columns, from: "resource WHERE kind IN ('instance', 'fargate-task')") { row in
      guard let environment = row.optionalInteger(2).flatMap({ environmentPositions[$0] }) else { return }
      let isTask = row.text(1) == "fargate-task"
      guard isTask || row.optionalText(3).map({ typePositions[$0] != nil }) == true else { return }
      lifePositions[row.integer(0)] = Int32(history.lives.count)
      history.lives.append(
        History.Life(
          environment: environment, type: row.optionalText(3).flatMap { typePositions[$0] } ?? -1,
          zone: zone(row.optionalText(4), &history), started: row.integer(5), stopped: row.integer(6),
          isOpen: row.integer(7) == 1, isReclaimed: row.integer(8) == 1,
          knowsStart: !["registration", "first-attempt"].contains(row.text(9)),
          knowsEnd: !["last-seen", "open"].contains(row.text(10))))
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
    try connection.scan("attempt, resource", from: "posting WHERE attempt IS NOT NULL") { row in
      if let life = lifePositions[row.integer(1)] { places[row.integer(0)] = life }
    }
    var lost: Set<Int64> = []
    var lostForGood: Set<Int64> = []
    let outcomes = Outcome.allCases.filter(\.isLostHost).numbers
    try connection.scan("attempt, rerun", from: "failed_attempt WHERE outcome IN (\(outcomes))") { row in
      if row.text(1) == "batch" { lost.insert(row.integer(0)) } else { lostForGood.insert(row.integer(0)) }
    }
    let asOf = history.asOf.milliseconds
    let hasShares = history.queues.contains { $0.fairShare != nil }
    let columns =
      """
      t.id, t.job, t.started_at_ms, t.stopped_at_ms, t.milli_vcpus, t.memory_mib, t.gpus, t.job_queue, t.job_definition,
      j.created_at_ms, COALESCE(j.retry_attempts, d.retry_attempts, 1), t.kind, COALESCE(j.architecture, ''),
      COALESCE(j.ephemeral_gib, 20),
      (SELECT MIN(k.pull_started_at_ms) FROM task k WHERE k.task_id = t.task_id)
      """ + (hasShares ? ", COALESCE(j.share_identifier, ''), COALESCE(j.scheduling_priority, 0)" : "")
    let source = """
      attempt t JOIN job j ON j.id = t.job LEFT JOIN job_definition d ON d.id = t.job_definition
      WHERE t.started_at_ms IS NOT NULL AND t.platform IN (\([JobPlatform.ec2, .fargate].numbers)) AND t.started_at_ms < \(asOf) ORDER BY t.id
      """
    try connection.scan(columns, from: source) { row in
      guard let queue = queuePositions[row.integer(7)] else { return }
      guard let life = places[row.integer(0)] else {
        history.unplaced += 1
        return
      }
      let started = row.integer(2)
      let stopped = row.optionalInteger(3).map { min(max($0, started), asOf) }
      let pull = row.optionalInteger(14).flatMap { $0 <= started ? $0 : nil }
      history.lives[Int(life)].attempts.append(Int32(history.attempts.count))
      history.attempts.append(
        History.Attempt(
          id: row.integer(0), job: row.integer(1), placed: pull ?? started, started: started, stopped: stopped ?? asOf,
          isOpen: stopped == nil || stopped == asOf, knowsPull: pull != nil,
          need: Need(
            Resources(milliVCPUs: row.integer(4), memoryMiB: row.integer(5), gpus: row.integer(6))),
          queue: queue, definition: Int32(clamping: row.integer(8)), created: row.integer(9),
          retryAttempts: Int32(clamping: row.integer(10)), kind: Int8(clamping: row.integer(11)),
          isARM: row.text(12) == "ARM64", ephemeralGiB: Int16(clamping: row.integer(13)),
          share: hasShares ? share(row.text(15), &history) : 0,
          priority: hasShares ? Int32(clamping: row.integer(16)) : 0,
          isLost: lost.contains(row.integer(0)), isLostForGood: lostForGood.contains(row.integer(0)), life: life))
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
    let rows = try connection.prepare("SELECT id, name FROM job_definition")
    while try rows.step() { history.definitions[Int32(clamping: rows.integer(0))] = rows.text(1) }
  }

  private func readCosts(_ history: inout History) throws {
    let rows = try connection.prepare(
      """
      SELECT p.day, r.compute_environment, p.account, p.purchase_option, SUM(COALESCE(p.cost, 0))
      FROM posting p JOIN resource r ON r.id = p.resource
      WHERE r.kind IN ('instance', 'fargate-task') AND r.compute_environment IS NOT NULL
      GROUP BY 1, 2, 3, 4
      """)
    while try rows.step() {
      guard let environment = environmentPositions[rows.integer(1)],
        let account = Account(rawValue: Int(rows.integer(2)))
      else { continue }
      history.costs.append(
        History.DayCost(
          day: Day(number: Int32(rows.integer(0))), environment: environment, account: account,
          option: PurchaseOption(rawValue: Int(rows.integer(3))) ?? .unknown, cost: rows.integer(4)))
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
