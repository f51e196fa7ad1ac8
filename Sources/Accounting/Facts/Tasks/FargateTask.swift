import Domain
import Store

/// What the task of an attempt on Fargate is billed for, as ECS describes it; else as its job asks for it.
package struct FargateTask {
  /// What ECS describes is what is billed: it comes before the job's own members.
  enum Field: Int32, SelectedColumn {
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

  private let rows: Statement
  private let sizes: Statement

  package init(_ connection: Connection) throws {
    rows = try Self.prepare(connection)
    sizes = try connection.prepare("SELECT milli_vcpus, memory_mib FROM resource WHERE id = ?")
  }

  /// The terms of a task that is in the ledger; nil if either is unknown.
  ///
  /// - Parameter resource: `resource.id` of the task.
  package func terms(of attempt: Int64, on resource: Int64, isSpot: Bool, region: String) throws -> FargateTerms? {
    rows.bind(attempt)
    sizes.bind(resource)
    defer {
      rows.reset()
      sizes.reset()
    }
    guard try rows.step(), try sizes.step() else { return nil }
    let charged = Resources(milliVCPUs: sizes.integer(0), memoryMiB: sizes.integer(1), gpus: 0)
    return Self.terms(rows, reserved: charged, isSpot: isSpot, region: region)
  }

  /// One row for an attempt's id.
  static func prepare(_ connection: Connection) throws -> Statement {
    try connection.prepare(
      """
      SELECT \(Field.list)
      FROM attempt a JOIN job j ON j.id = a.job LEFT JOIN task t ON t.task_id = a.task_id
      WHERE a.id = ? ORDER BY t.progress DESC, t.digest DESC LIMIT 1
      """)
  }

  /// - Parameter reserved: the size where ECS describes none.
  static func terms(_ row: Statement, reserved: Resources, isSpot: Bool, region: String) -> FargateTerms {
    let isWindows = row.optionalText(Field.operatingSystem)?.uppercased().hasPrefix("WINDOWS") == true
    let architecture: FargateTerms.Architecture =
      isWindows ? .windows : row.optionalText(Field.architecture)?.uppercased() == "ARM64" ? .arm : .x86
    return FargateTerms(
      resources: size(row) ?? reserved,
      ephemeralGiB: max(20, Plausible.storageGiB.clamp(row.optionalInteger(Field.ephemeralGib) ?? 20)),
      architecture: architecture, isSpot: isSpot, region: region)
  }

  /// What the ledger calls it.
  static func name(_ row: Statement) -> String {
    row.optionalText(Field.taskId) ?? "\(row.text(Field.jobId)) attempt \(row.integer(Field.ordinal))"
  }

  /// The size of the task, which may be larger than the sum of its containers; nil if ECS did not describe it.
  private static func size(_ row: Statement) -> Resources? {
    guard let vcpus = row.optionalInteger(Field.milliVcpus), let memory = row.optionalInteger(Field.memoryMib),
      vcpus > 0, memory > 0
    else { return nil }
    return Plausible.resources(milliVCPUs: vcpus, memoryMiB: memory, gpus: 0)
  }
}
