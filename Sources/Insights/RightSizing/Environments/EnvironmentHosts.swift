import Domain
import Store

/// What the ledger alone says of the instances of environments, by ISO week and instance type.
struct EnvironmentHosts: Sendable {
  enum Fact: Sendable {
    /// Capacity-time, and the part of it that attempts reserved.
    case use(offered: Resources, reserved: Resources)
    /// How many ran.
    case instances(Int64)
    /// Attempts with one GPU on instances with several.
    case singleGPUs(time: Int64, attempts: Int64)
  }

  /// Instances of one type in an environment, in an ISO week.
  struct Place: Hashable, Comparable, Sendable {
    var week: String
    /// Row of `compute_environment`.
    var environment: Int64
    var instanceType: String

    static func < (a: Place, b: Place) -> Bool {
      (a.week, a.environment, a.instanceType) < (b.week, b.environment, b.instanceType)
    }
  }

  struct Row: Sendable {
    var place: Place
    var fact: Fact
  }

  private(set) var rows: [Row] = []

  /// - Parameter chosen: weeks; nil for all.
  init(_ connection: Connection, of chosen: Set<String>? = nil) throws {
    let isChosen = chosen.map(Self.isOf) ?? "TRUE"
    try readUse(connection, isChosen)
    try readInstances(connection, isChosen)
    try readGPUs(connection, isChosen)
  }

  /// A condition on `calendar k`.
  static func isOf(_ weeks: Set<String>) -> String {
    "k.week IN (\(weeks.sorted().map { "'\($0)'" }.joined(separator: ", ")))"
  }

  private mutating func append(_ fact: Fact, _ week: String, _ environment: Int64, _ type: String) {
    rows.append(Row(place: Place(week: week, environment: environment, instanceType: type), fact: fact))
  }

  private mutating func readUse(_ connection: Connection, _ isChosen: String) throws {
    enum Field: Int32, SelectedColumn {
      case week, computeEnvironment, instanceType, capacityMilliVcpuMs, capacityMibMs, capacityGpuMs,
        reservedMilliVcpuMs, reservedMibMs, reservedGpuMs
      var sql: String {
        switch self {
        case .week: "k.\(name)"
        case .capacityMilliVcpuMs, .capacityMibMs, .capacityGpuMs, .reservedMilliVcpuMs, .reservedMibMs, .reservedGpuMs:
          "SUM(h.\(name))"
        default: "h.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM calendar k CROSS JOIN hourly_use h ON h.hour BETWEEN k.day * 24 AND k.day * 24 + 23
      WHERE \(isChosen)
      GROUP BY k.week, h.compute_environment, h.instance_type
      """)
    while try rows.step() {
      let offered = Resources(
        milliVCPUs: rows.integer(Field.capacityMilliVcpuMs), memoryMiB: rows.integer(Field.capacityMibMs),
        gpus: rows.integer(Field.capacityGpuMs))
      let reserved = Resources(
        milliVCPUs: rows.integer(Field.reservedMilliVcpuMs), memoryMiB: rows.integer(Field.reservedMibMs),
        gpus: rows.integer(Field.reservedGpuMs))
      append(
        .use(offered: offered, reserved: reserved), rows.text(Field.week), rows.integer(Field.computeEnvironment),
        rows.text(Field.instanceType))
    }
  }

  private mutating func readInstances(_ connection: Connection, _ isChosen: String) throws {
    enum Field: Int32, SelectedColumn {
      case resource, week, computeEnvironment, instanceType
      var sql: String {
        switch self {
        case .resource: "d.\(name)"
        case .week: "k.\(name)"
        default: "r.\(name)"
        }
      }
    }
    var weeks: [String: Int64] = [:]
    var counted: Set<Int64> = []
    var counts: [Place: Int64] = [:]
    let source = """
      resource_day d CROSS JOIN calendar k ON k.day = d.day CROSS JOIN resource r ON r.id = d.resource
      WHERE \(isChosen) AND r.kind = 'instance' AND r.compute_environment IS NOT NULL AND r.instance_type IS NOT NULL
      """
    // SQLite would sort all days in memory.
    try connection.scan(Field.list, from: source) { row in
      let week = row.text(Field.week)
      let number = weeks[week] ?? Int64(weeks.count)
      weeks[week] = number
      guard counted.insert(row.integer(Field.resource) << 16 | number).inserted else { return }
      let place = Place(
        week: week, environment: row.integer(Field.computeEnvironment), instanceType: row.text(Field.instanceType))
      counts[place, default: 0] += 1
    }
    rows += counts.sorted { $0.key < $1.key }.map { Row(place: $0, fact: .instances($1)) }
  }

  private mutating func readGPUs(_ connection: Connection, _ isChosen: String) throws {
    enum Field: Int32, SelectedColumn {
      case week, computeEnvironment, instanceType, gpuMs, count
      var sql: String {
        switch self {
        case .week: "k.\(name)"
        case .gpuMs: "SUM(p.\(name))"
        case .count: "COUNT(DISTINCT t.id)"
        default: "r.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM resource r
      CROSS JOIN posting p ON \(PostingID.isOf("p.id", resource: "r.id"))  -- in this order: few have several GPUs
      CROSS JOIN attempt t ON t.id = p.attempt
      CROSS JOIN calendar k ON k.day = p.day
      WHERE \(isChosen) AND r.gpus > 1 AND t.gpus = 1 AND r.compute_environment IS NOT NULL
      GROUP BY k.week, r.compute_environment, r.instance_type
      """)
    while try rows.step() {
      append(
        .singleGPUs(time: rows.integer(Field.gpuMs), attempts: rows.integer(Field.count)), rows.text(Field.week),
        rows.integer(Field.computeEnvironment), rows.text(Field.instanceType))
    }
  }
}

extension EnvironmentHosts.Fact {
  func add(to use: inout TypeUse) {
    switch self {
    case .use(let offered, let reserved): (use.offered, use.reserved) = (offered, reserved)
    case .instances(let count): use.instances = count
    case .singleGPUs(let time, let attempts): (use.singleGPUTime, use.singleGPUAttempts) = (time, attempts)
    }
  }
}
