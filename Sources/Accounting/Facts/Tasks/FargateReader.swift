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

  /// In the same order as the attempts.
  func facts(of attempts: ContiguousArray<AttemptFacts>) throws -> [World.FargateFacts] {
    var facts: [World.FargateFacts] = []
    facts.reserveCapacity(attempts.count)
    let rows = try FargateTask.prepare(connection)
    for attempt in attempts {
      rows.bind(attempt.id)
      guard try rows.step() else { continue }
      let id = FargateTask.Field.taskId
      let task = rows.isNull(id) ? nil : tasks.task(rows.withBytes(id, TaskKey.init))
      let queue = Int(attempt.jobQueue)
      let environment = task.flatMap { clusters[Int64($0.cluster)] } ?? queues[queue]
      let place = placeOfQueue[queue]
      let isSpot = task?.isSpot == true || environment?.type == .fargateSpot
      facts.append(
        World.FargateFacts(
          attempt: attempt, name: FargateTask.name(rows),
          terms: FargateTask.terms(
            rows, reserved: attempt.reserved, isSpot: isSpot, region: places[place]?.region ?? ""),
          accountRegion: place, computeEnvironment: environment?.id, zone: task.flatMap(tasks.zone),
          knowsPull: task?.pullStarted != nil))
      rows.reset()
    }
    return facts
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
