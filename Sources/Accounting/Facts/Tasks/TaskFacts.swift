import Domain
import Store

/// What ECS and Container Insights say about tasks: a million of them are stored, without strings.
struct TaskFacts {
  struct Task {
    fileprivate static let none = Int64.min

    fileprivate var pull: Int64
    fileprivate var registered: Int32
    /// Row of `cluster`.
    var cluster: Int32
    fileprivate var zone: UInt16
    var isSpot: Bool

    var pullStarted: Int64? { pull == Self.none ? nil : pull }
    /// Row of `container_instance`.
    var registration: Int32? { registered < 0 ? nil : registered }
  }

  struct Usage {
    fileprivate var milliVCPUs: Int32
    fileprivate var memoryMiB: Int32
    fileprivate var instance: Int32

    /// The average CPU and the maximum memory (method page, §7.4).
    var used: Resources { Resources(milliVCPUs: Int64(milliVCPUs), memoryMiB: Int64(memoryMiB)) }
  }

  private var keys = PackedTable<TaskKey>()
  private var tasks: ContiguousArray<Task> = []
  private var usageKeys = PackedTable<TaskKey>()
  private var usage: ContiguousArray<Usage> = []
  private var names = Names()

  var isEmpty: Bool { tasks.isEmpty && usage.isEmpty }

  init(_ connection: Connection, _ scope: FactScope) throws {
    try readTasks(connection, scope)
    try readUsage(connection, scope)
  }

  /// If two tasks have the same id, in two clusters or accounts, the one described last.
  func task(_ key: TaskKey) -> Task? { keys.known(key).map { tasks[$0] } }

  func usage(_ key: TaskKey) -> Usage? { usageKeys.known(key).map { usage[$0] } }

  func zone(of task: Task) -> String? { names[Int(task.zone)] }
  /// The instance on which the task was measured.
  func instanceID(of usage: Usage) -> String? { names[Int(usage.instance)] }

  private enum TaskField: Int32, SelectedColumn {
    case taskId, pullStartedAtMs, containerInstance, capacityProvider, cluster, zone
  }

  private enum UsageField: Int32, SelectedColumn {
    case taskId, milliVcpusAverage, memoryMaximumMib, instanceId
  }

  private mutating func readTasks(_ connection: Connection, _ scope: FactScope) throws {
    var hasDoubles = false
    if try connection.integer("SELECT EXISTS (SELECT 1 FROM task)") == 0 { return }
    try connection.scan(TaskField.list, from: scope.tasks("task")) { row in
      let task = task(row)
      let (position, isNew) = keys.position(of: row.withBytes(TaskField.taskId, TaskKey.init))
      if isNew { tasks.append(task) } else { tasks[position] = task }
      hasDoubles = hasDoubles || !isNew
    }
    if hasDoubles { try readLatest(connection, scope) }
  }

  private mutating func task(_ row: ScannedRow) -> Task {
    Task(
      pull: Instant(plausible: row.optionalInteger(TaskField.pullStartedAtMs))?.milliseconds ?? Task.none,
      registered: row.optionalInteger(TaskField.containerInstance).map { Int32(truncatingIfNeeded: $0) } ?? -1,
      cluster: Int32(truncatingIfNeeded: row.integer(TaskField.cluster)),
      zone: UInt16(clamping: names.number(of: row.optionalText(TaskField.zone))),
      isSpot: row.optionalText(TaskField.capacityProvider) == "FARGATE_SPOT")
  }

  private mutating func readLatest(_ connection: Connection, _ scope: FactScope) throws {
    let source = """
      (SELECT *, ROW_NUMBER() OVER (PARTITION BY task_id ORDER BY progress DESC, digest DESC) AS place,
        COUNT(*) OVER (PARTITION BY task_id) AS clusters FROM \(scope.tasks("task")))
      """
    try connection.scan(TaskField.list, from: "\(source) WHERE place = 1 AND clusters > 1") { row in
      let task = task(row)
      tasks[keys.position(of: row.withBytes(TaskField.taskId, TaskKey.init)).position] = task
    }
  }

  private mutating func readUsage(_ connection: Connection, _ scope: FactScope) throws {
    if try connection.integer("SELECT EXISTS (SELECT 1 FROM task_usage)") == 0 { return }
    try connection.scan(UsageField.list, from: scope.tasks("task_usage")) { row in
      // In order of source: a Container Insights measurement comes first and wins.
      guard usageKeys.position(of: row.withBytes(UsageField.taskId, TaskKey.init)).isNew else { return }
      usage.append(
        Usage(
          milliVCPUs: Int32(clamping: Plausible.milliVCPUs.clamp(row.integer(UsageField.milliVcpusAverage))),
          memoryMiB: Int32(clamping: Plausible.memoryMiB.clamp(row.integer(UsageField.memoryMaximumMib))),
          instance: Int32(names.number(of: row.optionalText(UsageField.instanceId)))))
    }
  }
}

/// Recurring texts, by number; 0 is none.
private struct Names {
  private var numbers: [String: Int] = [:]
  private var list: [String?] = [nil]

  subscript(number: Int) -> String? { list[number] }

  mutating func number(of text: String?) -> Int {
    guard let text else { return 0 }
    if let known = numbers[text] { return known }
    numbers[text] = list.count
    list.append(text)
    return list.count - 1
  }
}
