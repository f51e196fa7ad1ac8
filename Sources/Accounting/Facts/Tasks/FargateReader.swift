import Domain
import Store

/// What a Fargate attempt needs in addition to its columns: architecture, storage, Spot or not, and where it ran.
struct FargateReader {
  private let connection: Connection
  private let tasks: TaskFacts
  private let placeOfQueue: [Int64]
  private let places: [Int64: World.Place]

  private let clusters: [Int64: EnvironmentIndex.Environment]
  private let queues: [Int: EnvironmentIndex.Environment]

  init(
    _ connection: Connection, _ tasks: TaskFacts, _ environments: [EnvironmentIndex.Environment],
    _ placeOfQueue: [Int64], _ places: [Int64: World.Place]
  ) throws {
    self.connection = connection
    self.tasks = tasks
    self.placeOfQueue = placeOfQueue
    self.places = places
    let byID = Dictionary(uniqueKeysWithValues: environments.map { ($0.id, $0) })
    clusters = try Self.clusterEnvironments(connection, byID)
    queues = try Self.queueEnvironments(connection, byID)
  }

  /// What ECS describes is what is billed: it comes before the job's own members.
  private enum Field: Int32, SelectedColumn {
    case taskId, jobId, ordinal, architecture, operatingSystem, ephemeralGib, milliVcpus, memoryMib

    var sql: String {
      switch self {
      case .taskId, .ordinal: "a.\(name)"
      case .jobId: "j.\(name)"
      case .architecture, .operatingSystem, .ephemeralGib: "COALESCE(t.\(name), j.\(name))"
      case .milliVcpus, .memoryMib: "t.\(name)"
      }
    }
  }

  /// In the same order as the attempts.
  func facts(of attempts: ContiguousArray<AttemptFacts>) throws -> [World.FargateFacts] {
    var facts: [World.FargateFacts] = []
    facts.reserveCapacity(attempts.count)
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM attempt a JOIN job j ON j.id = a.job LEFT JOIN task t ON t.task_id = a.task_id
      WHERE a.id = ? ORDER BY t.progress DESC, t.digest DESC LIMIT 1
      """)
    for attempt in attempts {
      rows.bind(attempt.id)
      guard try rows.step() else { continue }
      let task = rows.isNull(Field.taskId) ? nil : tasks.task(rows.withBytes(Field.taskId, TaskKey.init))
      let queue = Int(attempt.jobQueue)
      let environment = task.flatMap { clusters[Int64($0.cluster)] } ?? queues[queue]
      let place = placeOfQueue[queue]
      let isSpot = task?.isSpot == true || environment?.type == .fargateSpot
      let isWindows = rows.optionalText(Field.operatingSystem)?.uppercased().hasPrefix("WINDOWS") == true
      let architecture: FargateTerms.Architecture =
        isWindows ? .windows : rows.optionalText(Field.architecture)?.uppercased() == "ARM64" ? .arm : .x86
      facts.append(
        World.FargateFacts(
          attempt: attempt,
          name: rows.optionalText(Field.taskId) ?? "\(rows.text(Field.jobId)) attempt \(rows.integer(Field.ordinal))",
          terms: FargateTerms(
            resources: size(rows) ?? attempt.reserved,
            ephemeralGiB: max(20, Plausible.storageGiB.clamp(rows.optionalInteger(Field.ephemeralGib) ?? 20)),
            architecture: architecture, isSpot: isSpot, region: places[place]?.region ?? ""),
          accountRegion: place, computeEnvironment: environment?.id, zone: task.flatMap(tasks.zone),
          knowsPull: task?.pullStarted != nil))
      rows.reset()
    }
    return facts
  }

  /// The size of the task, which may be larger than the sum of its containers; nil if ECS did not describe it.
  private func size(_ row: Statement) -> Resources? {
    guard let vcpus = row.optionalInteger(Field.milliVcpus), let memory = row.optionalInteger(Field.memoryMib),
      vcpus > 0, memory > 0
    else { return nil }
    return Plausible.resources(milliVCPUs: vcpus, memoryMiB: memory, gpus: 0)
  }

  private static func clusterEnvironments(
    _ connection: Connection, _ byID: [Int64: EnvironmentIndex.Environment]
  ) throws -> [Int64: EnvironmentIndex.Environment] {
    let index = try EnvironmentIndex(connection)
    var found: [Int64: EnvironmentIndex.Environment] = [:]
    enum Field: Int32, SelectedColumn {
      case id, accountRegion, name
    }
    let rows = try connection.prepare("SELECT \(Field.list) FROM cluster")
    while try rows.step() {
      if let id = index.named(byCluster: rows.text(Field.name), accountRegion: rows.integer(Field.accountRegion)) {
        found[rows.integer(Field.id)] = byID[id]
      }
    }
    return found
  }

  /// The first Fargate environment of each queue, by row of `job_queue`.
  private static func queueEnvironments(
    _ connection: Connection, _ byID: [Int64: EnvironmentIndex.Environment]
  ) throws -> [Int: EnvironmentIndex.Environment] {
    var found: [Int: EnvironmentIndex.Environment] = [:]
    try connection.each(
      """
      SELECT q.id, e.id FROM job_queue q, json_each(q.environments) o JOIN compute_environment e ON e.arn = o.value
      WHERE e.resource_type LIKE 'FARGATE%' ORDER BY q.id, o.key
      """
    ) { (queue: Int64, environment: Int64) in
      if found[Int(queue)] == nil { found[Int(queue)] = byID[environment] }
    }
    return found
  }
}
