import Domain
import Store

/// Reads the facts into a `World`.
struct WorldReader {
  private let connection: Connection
  private var places: [Int64: World.Place] = [:]
  private var instances: InstanceReader
  private let tasks: TaskFacts
  private var tagsOfParent: [Int32] = []
  private var placeOfQueue: [Int64] = []
  private var attempts: ContiguousArray<AttemptFacts> = []
  private var groups = AttemptGroups()
  private var registrations: ContiguousArray<Int32> = []
  private var usage: [Int: Resources] = [:]
  private var fargateTasks: [Int: TaskKey] = [:]
  private var findings: [Finding] = []
  private var contradictions = Contradictions()

  init(_ connection: Connection, asOf: Instant?) throws {
    self.connection = connection
    instances = try InstanceReader(connection)
    tasks = try TaskFacts(connection)
    places = try Self.places(connection, asOf: asOf)
  }

  mutating func read() throws -> World {
    try readParents()
    try readQueues()
    try readAttempts()
    resolvePlacements()
    try settleOutcomes()
    let environments = try EnvironmentIndex(connection).environments
    let fargate = try FargateReader(connection, tasks, environments, placeOfQueue, places)
      .facts(for: fargateTasks, attempts)
    noteLives()
    let kept = instances.instances.filter { $0.interrupted || $0.isBatch }
    let types = Set(kept.compactMap(\.instanceType))
    return World(
      instances: instances.instances, attempts: attempts, groups: groups, usage: usage, fargate: fargate,
      prices: try PriceBook(connection, places: places, types: types), capacities: try capacities(),
      volumes: try VolumeFacts.read(connection, places),
      environments: Dictionary(uniqueKeysWithValues: environments.map { ($0.id, $0) }), places: places,
      findings: findings)
  }

  static func places(_ connection: Connection, asOf: Instant?) throws -> [Int64: World.Place] {
    var places: [Int64: World.Place] = [:]
    let newest = try connection.integer("SELECT COALESCE(MAX(as_of_ms), 0) FROM collection")
    let rows = try connection.prepare(
      """
      SELECT r.id, r.account, r.region, (SELECT MAX(c.as_of_ms) FROM collection c WHERE c.account_region = r.id)
      FROM account_region r
      """)
    while try rows.step() {
      let time = asOf?.milliseconds ?? rows.optionalInteger(3) ?? newest
      places[rows.integer(0)] = World.Place(
        account: rows.text(1), region: rows.text(2), asOf: Instant(milliseconds: time))
    }
    return places
  }

  private mutating func readParents() throws {
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job_parent")
    tagsOfParent = [Int32](repeating: 0, count: Int(last) + 1)
    let rows = try connection.prepare("SELECT id, tag_set FROM job_parent WHERE tag_set IS NOT NULL")
    while try rows.step() { tagsOfParent[Int(rows.integer(0))] = Int32(rows.integer(1)) }
  }

  private mutating func readQueues() throws {
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job_queue")
    placeOfQueue = [Int64](repeating: 0, count: Int(last) + 1)
    let rows = try connection.prepare("SELECT id, account_region FROM job_queue")
    while try rows.step() { placeOfQueue[Int(rows.integer(0))] = rows.integer(1) }
  }

  private mutating func readAttempts() throws {
    let count = Int(try connection.integer("SELECT COUNT(*) FROM attempt"))
    attempts.reserveCapacity(count)
    registrations.reserveCapacity(count)
    let rows = try connection.prepare(
      """
      SELECT id, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus, container_instance, job_queue,
        job_definition, kind, platform, parent, tag_set, instance_id,
        CASE WHEN ?1 OR platform = 1 THEN task_id END, exit_code,
        CASE WHEN exit_code IS NOT 0 THEN status_reason END, CASE WHEN exit_code IS NOT 0 THEN container_reason END
      FROM attempt ORDER BY id
      """)
    let hasTasks = !tasks.isEmpty
    rows.bind(1, Int64(hasTasks ? 1 : 0))
    let managed = try ManagedInstances(connection)
    var notPriced: [Int64: Int] = [:]
    while try rows.step() {
      // A later attempt of the same job: the one before it came to nothing.
      if let last = attempts.last?.id, last >> 10 == rows.integer(0) >> 10 {
        attempts[attempts.count - 1].flags.insert(.retried)
      }
      // Placed but not yet running: nobody can say yet what it will cost, but it may say where.
      guard let started = rows.optionalInteger(1) else {
        if rows.integer(10) == 0 { placeUnstarted(rows) }
        continue
      }
      var platform = rows.integer(10)
      if platform == 0, !managed.isEmpty, isManaged(rows, managed) { platform = Self.managedInstances }
      if platform > 1 {
        notPriced[platform, default: 0] += 1
        continue
      }
      let index = attempts.count
      let queue = rows.integer(7)
      var flags: AttemptFacts.Flags = platform == 1 ? .fargate : []
      if rows.integer(9) == 4 { flags.insert(.node) }
      var stopped = rows.integer(2)
      if rows.isNull(2) {
        flags.insert(.open)
        stopped = max(started, places[placeOfQueue[Int(queue)]]?.asOf.milliseconds ?? started)
      }
      var registration = rows.isNull(6) ? -1 : Int32(truncatingIfNeeded: rows.integer(6))
      var placed = started
      var named: String? = rows.optionalText(13)
      if hasTasks || platform == 1, !rows.isNull(14) {
        let key = rows.withBytes(14, TaskKey.init)
        if let task = tasks.tasks[key] {
          if let pull = task.pullStarted {
            placed = min(pull, started)
            contradictions.noteSkew(pull - started)
          }
          if registration < 0 { registration = task.registration ?? -1 }
        }
        if let measured = tasks.usage[key] {
          usage[index] = measured.used
          named = named ?? measured.instanceID
        }
        if platform == 1 { fargateTasks[index] = key }
      } else if platform == 1 {
        fargateTasks[index] = .some(TaskKey(UnsafeBufferPointer(start: nil, count: 0)))
      }
      let parent = Int(rows.integer(11))
      let group = AttemptGroup(
        jobQueue: Int32(truncatingIfNeeded: queue), jobDefinition: Int32(truncatingIfNeeded: rows.integer(8)),
        tagSet: parent > 0 ? tagsOfParent[parent] : Int32(truncatingIfNeeded: rows.integer(12)),
        outcome: cause(rows), retried: false)
      let position = named.map { instances.position(of: $0) }
      attempts.append(
        AttemptFacts(
          id: rows.integer(0), placed: placed, started: started, stopped: max(started, stopped),
          resource: Int32(position ?? -1), milliVCPUs: Int32(clamping: min(rows.integer(3), 10_000_000)),
          memoryMiB: Int32(clamping: min(rows.integer(4), 100_000_000)), jobQueue: group.jobQueue,
          group: groups.number(of: group), gpus: Int16(clamping: min(rows.integer(5), 1000)), flags: flags))
      registrations.append(registration)
      if let position {
        instances.update(position) {
          $0.isBatch = true
          if $0.accountRegion == 0 { $0.accountRegion = placeOfQueue[Int(queue)] }
        }
        if registration >= 0 { instances.place(registration: Int(registration), on: position) }
      }
    }
    for (platform, count) in notPriced.sorted(by: { $0.key < $1.key }) {
      let name = Self.platformNames[platform] ?? "platform \(platform)"
      findings.append(
        Finding(
          "not-priced", .warning, subject: name,
          message: "\(count) attempts ran on \(name), which this ledger does not price"))
    }
  }

  private static let managedInstances: Int64 = 4
  private static let platformNames = [2: "EKS", 3: "SageMaker", managedInstances: "ECS Managed Instances"]

  private func isManaged(_ rows: Statement, _ managed: ManagedInstances) -> Bool {
    let task = rows.isNull(14) ? nil : rows.withBytes(14, TaskKey.init)
    let registration = rows.optionalInteger(6) ?? task.flatMap { tasks.tasks[$0]?.registration }.map(Int64.init)
    let environment = registration.flatMap { instances.environment(ofRegistration: Int($0)) }
    return managed.hold(queue: rows.integer(7), environment: environment, task: task)
  }

  /// What an attempt that has not started tells of its instance: that it is Batch's, and which registration it has.
  private mutating func placeUnstarted(_ rows: Statement) {
    let task = rows.isNull(14) ? nil : rows.withBytes(14, TaskKey.init)
    let registration = rows.optionalInteger(6) ?? task.flatMap { tasks.tasks[$0]?.registration }.map(Int64.init)
    guard let name = rows.optionalText(13) ?? task.flatMap({ tasks.usage[$0]?.instanceID }) else { return }
    let position = instances.position(of: name)
    let place = placeOfQueue[Int(rows.integer(7))]
    instances.update(position) {
      $0.isBatch = true
      if $0.accountRegion == 0 { $0.accountRegion = place }
    }
    if let registration { instances.place(registration: Int(registration), on: position) }
  }

  private func cause(_ rows: Statement) -> Outcome {
    if !rows.isNull(15), rows.integer(15) == 0 { return .other }
    return Outcome(
      statusReason: rows.optionalText(16), containerReason: rows.optionalText(17), exitCode: rows.optionalInteger(15))
  }

  /// The registration says where an attempt ran; where ECS forgot it, another attempt's status reason may.
  private mutating func resolvePlacements() {
    for index in 0..<attempts.count {
      let registration = Int(registrations[index])
      guard registration >= 0, instances.positionOfRegistration.indices.contains(registration) else { continue }
      let registered = instances.positionOfRegistration[registration]
      guard registered >= 0 else { continue }
      let named = attempts[index].resource
      if named >= 0, named != registered {
        contradictions.note(
          Contradictions.Pair(
            registered: instances.instances[Int(registered)].id, named: instances.instances[Int(named)].id),
          from: attempts[index].started, to: attempts[index].stopped)
      }
      attempts[index].resource = registered
    }
    findings += contradictions.findings
  }

  /// Only attempts that were run again, and those of jobs that did not succeed, came to nothing.
  private mutating func settleOutcomes() throws {
    let endings = try JobEndings(connection)
    // The group of an attempt that counted, by the group that its own words gave it: most attempts count.
    var counted = ContiguousArray<Int32>(repeating: -1, count: groups.list.count)
    for index in 0..<attempts.count {
      let flags = attempts[index].flags
      let number = Int(attempts[index].group)
      let ending = endings[attempts[index].id >> 10]
      let isRetried = flags.contains(.retried)
      if !isRetried, flags.contains(.open) || ending == .succeeded {
        if counted[number] < 0 {
          var group = groups.list[number]
          (group.retried, group.outcome) = (false, .counted)
          counted[number] = groups.number(of: group)
        }
        attempts[index].group = counted[number]
        continue
      }
      var group = groups.list[number]
      group.retried = isRetried
      if !isRetried, ending == .endedByUser, !group.outcome.isLostHost { group.outcome = .cancelled }
      let resource = Int(attempts[index].resource)
      if group.outcome == .hostLost, resource >= 0, instances.instances[resource].interrupted {
        group.outcome = .interrupted
      }
      attempts[index].group = groups.number(of: group)
    }
  }

  /// What attempts tell about the life of their instance.
  private mutating func noteLives() {
    for index in 0..<attempts.count {
      let position = Int(attempts[index].resource)
      guard position >= 0 else { continue }
      let (placed, stopped) = (attempts[index].placed, attempts[index].stopped)
      let open = attempts[index].flags.contains(.open)
      instances.update(position) {
        $0.isBatch = true
        let first = $0.evidence.firstAttempt?.milliseconds ?? placed
        $0.evidence.firstAttempt = Instant(milliseconds: min(first, placed))
        if open {
          $0.evidence.hasOpenAttempt = true
        } else {
          let last = $0.evidence.lastAttemptStop?.milliseconds ?? stopped
          $0.evidence.lastAttemptStop = Instant(milliseconds: max(last, stopped))
        }
      }
    }
  }

  private func capacities() throws -> [String: Resources] {
    var capacities: [String: Resources] = [:]
    let rows = try connection.prepare("SELECT name, milli_vcpus, memory_mib, gpus FROM instance_type")
    while try rows.step() {
      capacities[rows.text(0)] = Resources(
        milliVCPUs: rows.integer(1), memoryMiB: rows.integer(2), gpus: rows.integer(3))
    }
    return capacities
  }
}
