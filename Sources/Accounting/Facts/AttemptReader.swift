import Domain
import Store

/// Reads attempts, and what they tell of their instances, in one pass over the table.
struct AttemptReader {
  private let connection: Connection
  private let places: [Int64: World.Place]
  private let placeOfQueue: [Int64]
  private let tagsOfParent: [Int32]
  private let tasks: TaskFacts
  private let managed: ManagedInstances
  private let scope: FactScope

  private(set) var instances: InstanceReader
  /// In the order of their ids, in one group.
  let attempts: AttemptSpool
  private(set) var groups = AttemptGroups()
  /// Measured usage by `attempt.id`.
  private(set) var usage: [Int64: Resources] = [:]
  /// By `attempt.id`, from an attempt's start, by Batch, to the start of its image pull, by ECS: the pull comes first.
  private(set) var skew: [Int64: Int64] = [:]
  /// Attempts that have not started, and the instance that each names, by position.
  private(set) var unstarted: [(instance: Int32, attempt: Int64)] = []
  /// Attempts that began after the time of collection.
  private(set) var later: [Int64] = []
  /// Attempts on Fargate or SageMaker that name one task, where there are several.
  var sharedTasks: [[Int64]] { shared.keys.sorted().compactMap { shared[$0] } }
  private var namedTasks = PackedTable<TaskKey>()
  private var bearers: [Int64] = []
  private var shared: [Int: [Int64]] = [:]

  init(
    _ connection: Connection, _ instances: InstanceReader, _ tasks: TaskFacts, _ places: [Int64: World.Place],
    _ scope: FactScope, placeOfQueue: [Int64], pool: AttemptBlockPool
  ) throws {
    self.connection = connection
    self.instances = instances
    self.tasks = tasks
    self.places = places
    self.placeOfQueue = placeOfQueue
    self.scope = scope
    attempts = AttemptSpool(groups: 1, pool: pool)
    tagsOfParent = try Self.tagsOfParent(connection)
    managed = try ManagedInstances(connection)
  }

  private static func tagsOfParent(_ connection: Connection) throws -> [Int32] {
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job_parent")
    var tags = [Int32](repeating: 0, count: Int(last) + 1)
    let rows = try connection.prepare("SELECT id, tag_set FROM job_parent WHERE tag_set IS NOT NULL")
    while try rows.step() { tags[Int(rows.integer(0))] = Int32(rows.integer(1)) }
    return tags
  }

  mutating func read() throws {
    let hasTasks = !tasks.isEmpty
    let columns = """
      id, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus, container_instance, job_queue, job_definition, kind,
      platform, parent, tag_set, instance_id, \(hasTasks ? "task_id" : "CASE WHEN \(JobPlatform.hasTasks("platform")) THEN task_id END"), exit_code,
      CASE WHEN exit_code IS NOT 0 THEN status_reason END, CASE WHEN exit_code IS NOT 0 THEN container_reason END,
      \(scope.attempts.isSubject)
      """
    var last: AttemptFacts?
    var lastStarted: Int64 = -1
    try connection.scan(columns, from: scope.attempts.source) { row in
      // A later attempt of the same job: the one before it came to nothing.
      if let before = last?.id, AttemptID.job(of: before) == AttemptID.job(of: row.integer(0)) {
        last?.flags.insert(.retried)
      }
      // Placed but not yet running: nobody can say yet what it will cost, but it may say where.
      guard let platform = JobPlatform(rawValue: row.integer(10)), platform.isPriced else { return }
      let neverStarted = platform == .fargate ? endOfPull(row) : nil
      guard let started = row.optionalInteger(1) ?? neverStarted, Plausible.times.contains(started) else {
        if platform == .ec2 { placeUnstarted(row) }
        return
      }
      if started > horizon(row.integer(7)) {
        later.append(row.integer(0))
        if platform == .ec2 { placeUnstarted(row) }
        return
      }
      if platform != .ec2, !row.isNull(14) { noteTask(row.withBytes(14, TaskKey.init), of: row.integer(0)) }
      if let last { try attempts.append(last, to: 0) }
      last = attempt(row, started: started, platform, hasTasks: hasTasks)
      let job = AttemptID.job(of: row.integer(0))
      if neverStarted != nil {
        last?.flags.insert(.neverStarted)
      } else {
        if job != lastStarted { last?.flags.insert(.first) }
        lastStarted = job
      }
    }
    if let last { try attempts.append(last, to: 0) }
  }

  /// The time of collection, in milliseconds; far away where it is unknown.
  private func horizon(_ queue: Int64) -> Int64 {
    places[placeOfQueue[Int(queue)]]?.horizon ?? Plausible.times.upperBound
  }

  /// When a Fargate task ended whose container never started, though its image was being pulled; nil for all others.
  private func endOfPull(_ row: ScannedRow) -> Int64? {
    guard row.isNull(1), let stopped = row.optionalInteger(2), !row.isNull(14),
      let pull = tasks.task(row.withBytes(14, TaskKey.init))?.pullStarted, pull < stopped
    else { return nil }
    return stopped
  }

  private mutating func noteTask(_ task: TaskKey, of attempt: Int64) {
    let (position, isNew) = namedTasks.position(of: task)
    if isNew { return bearers.append(attempt) }
    shared[position, default: [bearers[position]]].append(attempt)
  }

  private mutating func attempt(
    _ row: ScannedRow, started: Int64, _ platform: JobPlatform, hasTasks: Bool
  ) -> AttemptFacts {
    let id = row.integer(0)
    let queue = row.integer(7)
    var flags: AttemptFacts.Flags = platform == .fargate ? .fargate : platform == .sageMaker ? .training : []
    if JobKind(rawValue: row.integer(9)) == .node { flags.insert(.node) }
    if row.integer(18) == 0 { flags.insert(.context) }
    if platform == .ec2, !managed.isEmpty, isManaged(row) { flags.insert(.managed) }
    var stopped = row.integer(2)
    if row.isNull(2) {
      flags.insert(.open)
      stopped = places[placeOfQueue[Int(queue)]]?.asOf.milliseconds ?? started
    } else if stopped > horizon(queue) {
      flags.insert(.cut)
      stopped = horizon(queue)
    }
    // SageMaker's instances are nobody's but its own.
    let isOnCluster = platform != .sageMaker
    var registration = row.isNull(6) || !isOnCluster ? -1 : Int32(truncatingIfNeeded: row.integer(6))
    var placed = started
    var named: String? = isOnCluster ? row.optionalText(13) : nil
    if isOnCluster, hasTasks, !row.isNull(14) {
      let key = row.withBytes(14, TaskKey.init)
      if let task = tasks.task(key) {
        if let pull = task.pullStarted {
          placed = min(pull, started)
          // Less than two seconds is rounding.
          if pull - started >= 2000 { skew[id] = pull - started }
        }
        if registration < 0 { registration = task.registration ?? -1 }
      }
      if let measured = tasks.usage(key) {
        usage[id] = measured.used
        named = named ?? tasks.instanceID(of: measured)
      }
    }
    let parent = Int(row.integer(11))
    let group = AttemptGroup(
      jobQueue: Int32(truncatingIfNeeded: queue), jobDefinition: Int32(truncatingIfNeeded: row.integer(8)),
      tagSet: parent > 0 ? tagsOfParent[parent] : Int32(truncatingIfNeeded: row.integer(12)),
      outcome: cause(row), retried: false)
    let position = named.map { instances.position(of: $0) }
    if let position { tell(position, isOf: queue, registration: Int(registration)) }
    return AttemptFacts(
      id: id, placed: placed, started: started, stopped: max(started, stopped), resource: Int32(position ?? -1),
      registration: registration, milliVCPUs: Int32(clamping: Plausible.milliVCPUs.clamp(row.integer(3))),
      memoryMiB: Int32(clamping: Plausible.memoryMiB.clamp(row.integer(4))), jobQueue: group.jobQueue,
      group: groups.number(of: group), gpus: Int16(clamping: Plausible.gpus.clamp(row.integer(5))), flags: flags)
  }

  /// An instance that an attempt names is Batch's, and has the attempt's registration.
  private mutating func tell(_ position: Int, isOf queue: Int64, registration: Int) {
    let place = placeOfQueue[Int(queue)]
    instances.update(position) {
      $0.isBatch = true
      if $0.accountRegion == 0 { $0.accountRegion = place }
    }
    if registration >= 0 { instances.place(registration: registration, on: position) }
  }

  /// What an attempt that has not started tells of its instance.
  private mutating func placeUnstarted(_ row: ScannedRow) {
    let task = row.isNull(14) ? nil : row.withBytes(14, TaskKey.init)
    let registration = row.optionalInteger(6) ?? task.flatMap { tasks.task($0)?.registration }.map(Int64.init)
    guard let name = row.optionalText(13) ?? task.flatMap({ tasks.usage($0).flatMap(tasks.instanceID) }) else { return }
    let position = instances.position(of: name)
    unstarted.append((Int32(position), row.integer(0)))
    tell(position, isOf: row.integer(7), registration: Int(registration ?? -1))
  }

  private func cause(_ row: ScannedRow) -> Outcome {
    if !row.isNull(15), row.integer(15) == 0 { return .other }
    return Outcome(
      statusReason: row.optionalText(16), containerReason: row.optionalText(17), exitCode: row.optionalInteger(15))
  }

  private func isManaged(_ row: ScannedRow) -> Bool {
    let task = row.isNull(14) ? nil : row.withBytes(14, TaskKey.init)
    let registration = row.optionalInteger(6) ?? task.flatMap { tasks.task($0)?.registration }.map(Int64.init)
    let environment = registration.flatMap { instances.environment(ofRegistration: Int($0)) }
    return managed.hold(queue: row.integer(7), environment: environment, task: task)
  }
}
