import Domain
import Store

/// Reads attempts, and what they say about their instances, in one pass over the table.
struct AttemptReader {
  /// The columns read for an attempt.
  private enum Field: Int32, SelectedColumn {
    case id, startedAtMs, stoppedAtMs, milliVcpus, memoryMib, gpus, containerInstance, jobQueue, jobDefinition,
      kind, platform, parent, tagSet, instanceId, taskId, exitCode, statusReason, containerReason, isSubject,
      isFurtherNode
  }

  private let connection: Connection
  private let places: [Int64: World.Place]
  private let placeOfQueue: [Int64]
  private let tagsOfParent: [Int32]
  private let tasks: TaskFacts
  private let managed: ManagedInstances
  private let scope: FactScope
  /// The only environment of a queue, by the row of `job_queue`; queues with several are left out.
  private let onlyEnvironments: [Int64: Int64]

  private(set) var instances: InstanceReader
  /// In order of their ids, in one group.
  let attempts: Spool<AttemptFacts>
  private(set) var groups = AttemptGroups()
  /// Measured usage by `attempt.id`.
  private(set) var usage: [Int64: Resources] = [:]
  /// By `attempt.id`: the time from the attempt's start (from Batch) to the start of its image pull (from ECS), which
  /// should come first.
  private(set) var skew: [Int64: Int64] = [:]
  /// Attempts that have not started, with the instance that each names, by position.
  private(set) var unstarted: [(instance: Int32, attempt: Int64)] = []
  /// Attempts that began after the time of collection.
  private(set) var later: [Int64] = []
  /// Groups of attempts on Fargate or SageMaker that name the same task.
  var sharedTasks: [[Int64]] { shared.keys.sorted().compactMap { shared[$0] } }
  private var namedTasks = PackedTable<TaskKey>()
  private var bearers: [Int64] = []
  private var shared: [Int: [Int64]] = [:]

  init(
    _ connection: Connection, _ instances: InstanceReader, _ tasks: TaskFacts, _ places: [Int64: World.Place],
    _ scope: FactScope, placeOfQueue: [Int64], pool: SpoolPool
  ) throws {
    self.connection = connection
    self.instances = instances
    self.tasks = tasks
    self.places = places
    self.placeOfQueue = placeOfQueue
    self.scope = scope
    attempts = Spool(pool: pool)
    tagsOfParent = try Self.tagsOfParent(connection)
    managed = try ManagedInstances(connection)
    onlyEnvironments = try Self.onlyEnvironments(connection)
  }

  private static func onlyEnvironments(_ connection: Connection) throws -> [Int64: Int64] {
    var environments: [Int64: Int64] = [:]
    try connection.each(
      """
      SELECT q.id, MIN(e.id) FROM job_queue q, json_each(q.environments) o JOIN compute_environment e ON e.arn = o.value
      GROUP BY q.id HAVING COUNT(*) = json_array_length(q.environments) AND COUNT(*) = 1
      """
    ) { (queue: Int64, environment: Int64) in environments[queue] = environment }
    return environments
  }

  private static func tagsOfParent(_ connection: Connection) throws -> [Int32] {
    let last = try connection.integer("SELECT COALESCE(MAX(id), 0) FROM job_parent")
    var tags = [Int32](repeating: 0, count: Int(last) + 1)
    try connection.each("SELECT id, tag_set FROM job_parent WHERE tag_set IS NOT NULL") { (id: Int64, set: Int64) in
      tags[Int(id)] = Int32(set)
    }
    return tags
  }

  mutating func read() throws {
    let hasTasks = !tasks.isEmpty
    let columns = Field.list {
      switch $0 {
      case .taskId where !hasTasks: "CASE WHEN \(JobPlatform.hasTasks("platform")) THEN task_id END"
      case .statusReason, .containerReason: "CASE WHEN exit_code IS NOT 0 THEN \($0.name) END"
      case .isSubject: scope.attempts.isSubject
      case .isFurtherNode: JobKind.isFurtherNode("attempt.kind", job: "attempt.job")
      default: $0.name
      }
    }
    var last: AttemptFacts?
    var lastStarted: Int64 = -1
    try connection.scan(columns, from: scope.attempts.source) { row in
      // A later attempt of the same job follows, so the one before it was retried.
      if let before = last?.id, AttemptID.job(of: before) == AttemptID.job(of: row.integer(Field.id)) {
        last?.flags.insert(.retried)
      }
      // Placed but not yet running: its cost is not known yet, but it may say where it runs.
      guard let platform = JobPlatform(rawValue: row.integer(Field.platform)) else { return }
      let neverStarted = platform == .fargate ? endOfPull(row) : nil
      guard let started = row.optionalInteger(Field.startedAtMs) ?? neverStarted, Plausible.times.contains(started)
      else {
        if platform.runsOnInstances { placeUnstarted(row) }
        return
      }
      if started > horizon(row.integer(Field.jobQueue)) {
        later.append(row.integer(Field.id))
        if platform.runsOnInstances { placeUnstarted(row) }
        return
      }
      if platform.isTask, !row.isNull(Field.taskId) {
        noteTask(row.withBytes(Field.taskId, TaskKey.init), of: row.integer(Field.id))
      }
      if let last { try attempts.append(last, to: 0) }
      last = attempt(row, started: started, platform, hasTasks: hasTasks)
      let job = AttemptID.job(of: row.integer(Field.id))
      if neverStarted != nil {
        last?.flags.insert(.neverStarted)
      } else {
        if job != lastStarted, row.integer(Field.isFurtherNode) == 0 { last?.flags.insert(.first) }
        lastStarted = job
      }
    }
    if let last { try attempts.append(last, to: 0) }
  }

  /// The time of collection, in milliseconds; far in the future if unknown.
  private func horizon(_ queue: Int64) -> Int64 {
    places[placeOfQueue[Int(queue)]]?.horizon ?? Plausible.times.upperBound
  }

  /// When a Fargate task ended whose container never started although its image was being pulled; nil for all others.
  private func endOfPull(_ row: ScannedRow) -> Int64? {
    guard row.isNull(Field.startedAtMs), let stopped = row.optionalInteger(Field.stoppedAtMs),
      !row.isNull(Field.taskId),
      let pull = tasks.task(row.withBytes(Field.taskId, TaskKey.init))?.pullStarted, pull < stopped
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
    let id = row.integer(Field.id)
    let queue = row.integer(Field.jobQueue)
    var flags: AttemptFacts.Flags = platform == .fargate ? .fargate : platform == .sageMaker ? .training : []
    // A pod of a multi-node job on EKS has what it requested, and does not have an instance to itself.
    if platform != .eks, JobKind(rawValue: row.integer(Field.kind)) == .node { flags.insert(.node) }
    if row.integer(Field.isSubject) == 0 { flags.insert(.context) }
    if platform == .ec2, !managed.isEmpty, isManaged(row) { flags.insert(.managed) }
    var stopped = row.integer(Field.stoppedAtMs)
    if row.isNull(Field.stoppedAtMs) {
      flags.insert(.open)
      stopped = places[placeOfQueue[Int(queue)]]?.asOf.milliseconds ?? started
    } else if stopped > horizon(queue) {
      flags.insert(.cut)
      stopped = horizon(queue)
    }
    // SageMaker's instances are used by nobody else.
    let isOnCluster = platform != .sageMaker
    var registration =
      row.isNull(Field.containerInstance) || !isOnCluster
      ? -1 : Int32(truncatingIfNeeded: row.integer(Field.containerInstance))
    var placed = started
    var named: String? = isOnCluster ? row.optionalText(Field.instanceId) : nil
    if isOnCluster, hasTasks, !row.isNull(Field.taskId) {
      let key = row.withBytes(Field.taskId, TaskKey.init)
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
    let parent = Int(row.integer(Field.parent))
    let group = AttemptGroup(
      jobQueue: Int32(truncatingIfNeeded: queue),
      jobDefinition: Int32(truncatingIfNeeded: row.integer(Field.jobDefinition)),
      tagSet: parent > 0 ? tagsOfParent[parent] : Int32(truncatingIfNeeded: row.integer(Field.tagSet)),
      outcome: cause(row), retried: false)
    let position = named.map { instances.position(of: $0) }
    if let position { tell(position, isOf: queue, registration: Int(registration)) }
    if let position, platform == .eks, let environment = onlyEnvironments[queue] {
      // Instances of EKS are not registered with an ECS cluster that would give their environment.
      instances.update(position) { $0.computeEnvironment = $0.computeEnvironment ?? environment }
    }
    return AttemptFacts(
      id: id, placed: placed, started: started, stopped: max(started, stopped), resource: Int32(position ?? -1),
      registration: registration,
      milliVCPUs: Int32(clamping: Plausible.milliVCPUs.clamp(row.integer(Field.milliVcpus))),
      memoryMiB: Int32(clamping: Plausible.memoryMiB.clamp(row.integer(Field.memoryMib))), jobQueue: group.jobQueue,
      group: groups.number(of: group), gpus: Int16(clamping: Plausible.gpus.clamp(row.integer(Field.gpus))),
      flags: flags)
  }

  /// An instance named by an attempt belongs to Batch, and has the attempt's registration.
  private mutating func tell(_ position: Int, isOf queue: Int64, registration: Int) {
    let place = placeOfQueue[Int(queue)]
    instances.update(position) {
      $0.isBatch = true
      if $0.accountRegion == 0 { $0.accountRegion = place }
    }
    if registration >= 0 { instances.place(registration: registration, on: position) }
  }

  /// Notes what an attempt that has not started says about its instance.
  private mutating func placeUnstarted(_ row: ScannedRow) {
    let task = row.isNull(Field.taskId) ? nil : row.withBytes(Field.taskId, TaskKey.init)
    let registration =
      row.optionalInteger(Field.containerInstance) ?? task.flatMap { tasks.task($0)?.registration }.map(Int64.init)
    guard let name = row.optionalText(Field.instanceId) ?? task.flatMap({ tasks.usage($0).flatMap(tasks.instanceID) })
    else { return }
    let position = instances.position(of: name)
    unstarted.append((Int32(position), row.integer(Field.id)))
    tell(position, isOf: row.integer(Field.jobQueue), registration: Int(registration ?? -1))
  }

  private func cause(_ row: ScannedRow) -> Outcome {
    if !row.isNull(Field.exitCode), row.integer(Field.exitCode) == 0 { return .other }
    return Outcome(
      statusReason: row.optionalText(Field.statusReason), containerReason: row.optionalText(Field.containerReason),
      exitCode: row.optionalInteger(Field.exitCode))
  }

  private func isManaged(_ row: ScannedRow) -> Bool {
    let task = row.isNull(Field.taskId) ? nil : row.withBytes(Field.taskId, TaskKey.init)
    let registration =
      row.optionalInteger(Field.containerInstance) ?? task.flatMap { tasks.task($0)?.registration }.map(Int64.init)
    let environment = registration.flatMap { instances.environment(ofRegistration: Int($0)) }
    return managed.hold(queue: row.integer(Field.jobQueue), environment: environment, task: task)
  }
}
