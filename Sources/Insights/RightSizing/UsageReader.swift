import Accounting
import Domain
import Store

/// Reads a `UsageHistory`: one pass over attempts, one over postings, strings only for measured usage.
struct UsageReader {
  private let connection: Connection
  private let identities: JobIdentities
  private var history = UsageHistory()
  private var usage: [TaskKey: Resources] = [:]
  private var types = InstanceShapes()
  private var positions: [Int64: Int32] = [:]

  init(_ connection: Connection, _ identities: JobIdentities) {
    self.connection = connection
    self.identities = identities
  }

  mutating func read() throws -> UsageHistory {
    try readUsage()
    guard !usage.isEmpty else { return history }
    types = try InstanceShapes(connection)
    history.types = types.types
    try readAttempts()
    try readPostings()
    return history
  }

  /// If several sources measured a task, the larger of each value counts, because an observed peak is a lower bound.
  /// Records without one of the values, or with a peak of 0, are not measurements.
  private mutating func readUsage() throws {
    enum Field: Int32, SelectedColumn {
      case taskId, milliVcpusAverage, memoryMaximumMib
      var sql: String {
        switch self {
        case .milliVcpusAverage, .memoryMaximumMib: "MAX(\(name))"
        default: name
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list) FROM task_usage
      GROUP BY task_id HAVING MAX(milli_vcpus_average) IS NOT NULL AND MAX(memory_maximum_mib) > 0
      """)
    while try rows.step() {
      usage[rows.withBytes(Field.taskId, TaskKey.init)] = Resources(
        milliVCPUs: rows.integer(Field.milliVcpusAverage), memoryMiB: rows.integer(Field.memoryMaximumMib))
    }
  }

  /// What an attempt used; nil, and noted, if it exceeds its host. A Fargate task is its own host.
  private mutating func plausible(_ used: Resources, _ attempt: UsageHistory.Attempt, task: String) -> Resources? {
    var host = attempt.requested
    if !attempt.isFargate {
      guard attempt.type >= 0 else { return used }
      let type = history.types[Int(attempt.type)]
      host = Resources(milliVCPUs: type.milliVCPUs, memoryMiB: type.nominalMiB)
    }
    if used.canBeUsed(on: host) { return used }
    history.implausible = history.implausible ?? UsageHistory.Implausible(task: task)
    history.implausible?.attempts += 1
    return nil
  }

  private mutating func readAttempts() throws {
    var measured = [Bool](repeating: false, count: identities.steps.count)
    var attempts: ContiguousArray<UsageHistory.Attempt> = []
    enum Field: Int32, SelectedColumn {
      case id, jobQueue, containerInstance, startedAtMs, milliVcpus, memoryMib, gpus, platform, kind, taskId,
        containerReason
    }
    let source = "attempt NOT INDEXED WHERE platform < 2 AND started_at_ms IS NOT NULL"
    try connection.scan(Field.list, from: source) { row in
      let step = identities.step(of: AttemptID.job(of: row.integer(Field.id)))
      guard step >= 0 else { return }
      let used = row.isNull(Field.taskId) ? nil : usage[row.withBytes(Field.taskId, TaskKey.init)]
      let ranOut =
        !row.isNull(Field.containerReason)
        && Outcome(statusReason: nil, containerReason: row.text(Field.containerReason), exitCode: nil) == .outOfMemory
      var attempt = UsageHistory.Attempt(
        id: row.integer(Field.id), group: step, queue: Int32(truncatingIfNeeded: row.integer(Field.jobQueue)),
        type: types.type(ofRegistration: row.integer(Field.containerInstance)), started: row.integer(Field.startedAtMs),
        requested: Resources(
          milliVCPUs: row.integer(Field.milliVcpus), memoryMiB: row.integer(Field.memoryMib),
          gpus: row.integer(Field.gpus)),
        used: nil, ranOutOfMemory: ranOut, isFargate: JobPlatform(rawValue: row.integer(Field.platform)) == .fargate,
        isNode: JobKind(rawValue: row.integer(Field.kind)) == .node)
      if let used { attempt.used = plausible(used, attempt, task: row.text(Field.taskId)) }
      if attempt.used != nil { measured[Int(step)] = true }
      attempts.append(attempt)
    }
    attempts.removeAll { !measured[Int($0.group)] }
    var groups = SizingGroups(identities)
    try groups.assign(&attempts, connection)
    history.groups = groups.groups
    history.attempts = attempts
    positions.reserveCapacity(attempts.count)
    for (position, attempt) in attempts.enumerated() { positions[attempt.id] = Int32(position) }
  }

  private mutating func readPostings() throws {
    let weightings = try ResourceWeightings(connection)
    history.weightings = weightings.list
    let source = "posting NOT INDEXED WHERE attempt IS NOT NULL AND cost IS NOT NULL"
    enum Field: Int32, SelectedColumn {
      case attempt, day, resource, cost
    }
    try connection.scan(Field.list, from: source) { row in
      guard let position = positions[row.integer(Field.attempt)] else { return }
      history.postings.append(
        UsageHistory.Posting(
          attempt: position, day: Int32(truncatingIfNeeded: row.integer(Field.day)),
          weighting: weightings.position(ofResource: row.integer(Field.resource)), cost: row.integer(Field.cost)))
    }
  }
}
