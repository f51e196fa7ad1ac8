import Accounting
import Domain
import Store

/// Reads a `UsageHistory`: one pass over attempts, one over postings, strings only where usage was measured.
struct UsageReader {
  private let connection: Connection
  private var history = UsageHistory()
  private var usage: [TaskKey: Resources] = [:]
  private var types = InstanceShapes()
  private var positions: [Int64: Int32] = [:]

  init(_ connection: Connection) { self.connection = connection }

  mutating func read() throws -> UsageHistory {
    try readUsage()
    guard !usage.isEmpty else { return history }
    types = try InstanceShapes(connection)
    history.types = types.types
    try readAttempts()
    try readPostings()
    return history
  }

  /// Where several sources measured a task, the larger of each: a peak that was seen is a lower bound.
  private mutating func readUsage() throws {
    let rows = try connection.prepare("SELECT task_id, milli_vcpus_average, memory_maximum_mib FROM task_usage")
    while try rows.step() {
      let measured = Resources(milliVCPUs: rows.integer(1), memoryMiB: rows.integer(2))
      let key = rows.withBytes(0, TaskKey.init)
      usage[key] = usage[key].map { $0.union(measured) } ?? measured
    }
  }

  private mutating func readAttempts() throws {
    let rows = try connection.prepare(
      """
      SELECT id, job_definition, job_queue, container_instance, started_at_ms, milli_vcpus, memory_mib, gpus, platform,
        kind, task_id, container_reason
      FROM attempt WHERE platform < 2 AND started_at_ms IS NOT NULL ORDER BY id
      """)
    var measured: [Bool] = []
    var attempts: ContiguousArray<UsageHistory.Attempt> = []
    while try rows.step() {
      let definition = Int(rows.integer(1))
      while measured.count <= definition { measured.append(false) }
      let used = rows.isNull(10) ? nil : usage[rows.withBytes(10, TaskKey.init)]
      if used != nil { measured[definition] = true }
      let ranOut =
        !rows.isNull(11) && Outcome(statusReason: nil, containerReason: rows.text(11), exitCode: nil) == .outOfMemory
      attempts.append(
        UsageHistory.Attempt(
          id: rows.integer(0), group: Int32(definition), queue: Int32(truncatingIfNeeded: rows.integer(2)),
          type: types.type(ofRegistration: rows.integer(3)), started: rows.integer(4),
          requested: Resources(
            milliVCPUs: rows.integer(5), memoryMiB: rows.integer(6), gpus: rows.integer(7)),
          used: used, ranOutOfMemory: ranOut, isFargate: rows.integer(8) == 1, isNode: rows.integer(9) == 4))
    }
    var names = try DefinitionNames(connection, measured)
    measured = names.withRevisions(measured)
    attempts.removeAll { !measured[Int($0.group)] }
    try names.assignGroups(&attempts, connection)
    history.groups = names.groups
    history.attempts = attempts
    positions.reserveCapacity(attempts.count)
    for (position, attempt) in attempts.enumerated() { positions[attempt.id] = Int32(position) }
  }

  private mutating func readPostings() throws {
    let weightings = try ResourceWeightings(connection)
    history.weightings = weightings.list
    let rows = try connection.prepare(
      "SELECT attempt, day, resource, cost FROM posting WHERE attempt IS NOT NULL AND cost IS NOT NULL ORDER BY id")
    while try rows.step() {
      guard let position = positions[rows.integer(0)] else { continue }
      history.postings.append(
        UsageHistory.Posting(
          attempt: position, day: Int32(truncatingIfNeeded: rows.integer(1)),
          weighting: weightings.position(ofResource: rows.integer(2)), cost: rows.integer(3)))
    }
  }
}
