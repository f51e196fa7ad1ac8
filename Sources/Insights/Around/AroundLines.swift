import Domain
import Store

/// What surrounds jobs in bills, by day and resource, and what tells whose it is.
struct AroundLines: Sendable {
  struct Line: Sendable {
    var day: Int32
    /// Its number among the lines of the day.
    var number: Int32
    var kind: AroundKind
    var name: String
    var account: String
    var region: String
    var cost: Int64
    var kilobytes: Int64
  }

  /// A day of a job definition or of a resource.
  private struct OnDay: Hashable {
    var day: Int32
    var id: Int32
  }

  private struct Stream: Hashable {
    var attempt: Int64
    var line: Int32
  }

  /// In the order of their days.
  private(set) var lines: ContiguousArray<Line> = []
  /// Positions of lines that the jobs of a definition name, and of what an instance sent and received.
  private var named: [OnDay: [Int32]] = [:]
  private var moved: [OnDay: [Int32]] = [:]
  /// Positions of lines of a bucket, and the buckets that a job names, by number.
  private var stored: [OnDay: [Int32]] = [:]
  private var buckets: [Int64: [Int32]] = [:]
  /// Characters that attempts wrote into log groups, where that is known.
  private var written: [Stream: Int64] = [:]

  /// - Parameter scope: the days to read.
  init(_ connection: Connection, _ scope: InsightScope) throws {
    lines = try Self.read(connection, scope.isPart ? "day IN (SELECT day FROM part_day)" : "TRUE")
    if lines.isEmpty { return }
    try readNames(connection)
    try readBuckets(connection, scope)
    try readHosts(connection)
    try readStreams(connection)
  }

  /// Positions of the lines that an attempt's job names.
  func named(by attempt: AttemptTable.Attempt, on day: Int32) -> [Int32] {
    let fixed = named[OnDay(day: day, id: attempt.definition)] ?? []
    guard let own = buckets[attempt.job] else { return fixed }
    return fixed + own.flatMap { stored[OnDay(day: day, id: $0)] ?? [] }
  }

  /// Positions of the lines of what an instance sent and received.
  func moved(by resource: Int32, on day: Int32) -> [Int32] { moved[OnDay(day: day, id: resource)] ?? [] }

  /// What an attempt wrote into the log group of a line; nil if no source tells.
  func characters(of attempt: Int64, in line: Int32) -> Int64? { written[Stream(attempt: attempt, line: line)] }

  // MARK: Reading

  /// - Parameter days: those to read, as SQL.
  static func read(_ connection: Connection, _ days: String) throws -> ContiguousArray<Line> {
    enum Field: Int32, SelectedColumn {
      case day, kind, name, account, region, cost, kilobytes
      var sql: String {
        switch self {
        case .cost: "SUM(cost) + CAST(ROUND(SUM(cost_rest) / 1000000000e0) AS INTEGER)"
        case .kilobytes: "SUM(\(name))"
        default: name
        }
      }
    }
    var lines: ContiguousArray<Line> = []
    let rows = try connection.prepare(
      "SELECT \(Field.list) FROM bill_around WHERE \(days) GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5")
    while try rows.step() {
      let day = Int32(truncatingIfNeeded: rows.integer(Field.day))
      guard let kind = AroundKind(rawValue: rows.integer(Field.kind)) else { continue }
      let number = lines.last.map { $0.day == day ? $0.number + 1 : 1 } ?? 1
      lines.append(
        Line(
          day: day, number: number, kind: kind, name: rows.text(Field.name), account: rows.text(Field.account),
          region: rows.text(Field.region), cost: rows.integer(Field.cost), kilobytes: rows.integer(Field.kilobytes)))
    }
    return lines
  }

  private struct Name: Hashable {
    var kind: AroundKind
    var name: String
  }

  /// Only logs have an account and region: the name of a file system is unique.
  private mutating func readNames(_ connection: Connection) throws {
    var namers: [Name: [(definition: Int32, account: String?, region: String?)]] = [:]
    try connection.each("SELECT job_definition, kind, name, account, region FROM around_named") {
      (definition: Int64, kind: Int64, name: String, account: String?, region: String?) in
      guard let kind = AroundKind(rawValue: kind) else { return }
      namers[Name(kind: kind, name: name), default: []].append(
        (Int32(truncatingIfNeeded: definition), account, region))
    }
    for (position, line) in lines.enumerated() {
      for namer in namers[Name(kind: line.kind, name: line.name)] ?? [] {
        guard namer.account ?? line.account == line.account else { continue }
        guard line.region.isEmpty || namer.region ?? line.region == line.region else { continue }
        let key = OnDay(day: line.day, id: namer.definition)
        // A bill that tells no region has one line for the groups of two.
        if named[key]?.last != Int32(position) { named[key, default: []].append(Int32(position)) }
      }
    }
  }

  /// The name of a bucket is unique.
  private mutating func readBuckets(_ connection: Connection, _ scope: InsightScope) throws {
    var numbers: [String: Int32] = [:]
    for (position, line) in lines.enumerated() where line.kind == .s3 && !line.name.isEmpty {
      let number = numbers[line.name] ?? Int32(numbers.count)
      numbers[line.name] = number
      stored[OnDay(day: line.day, id: number), default: []].append(Int32(position))
    }
    if numbers.isEmpty { return }
    let named =
      scope.isPart
      ? "\(scope.jobs) CROSS JOIN job_bucket b ON b.job_id = job.job_id"
      : "job_bucket b CROSS JOIN job ON job.job_id = b.job_id"
    try connection.each("SELECT job.id, b.name FROM \(named) ORDER BY job.id, b.name") { (job: Int64, bucket: String) in
      if let number = numbers[bucket] { buckets[job, default: []].append(number) }
    }
  }

  private mutating func readHosts(_ connection: Connection) throws {
    let host = try connection.prepare("SELECT id FROM resource WHERE kind = 'instance' AND name = ?")
    for (position, line) in lines.enumerated() where line.kind.isTransfer && !line.name.isEmpty {
      host.bind(line.name)
      guard let resource = try host.first(Int64.self) else { continue }
      let key = OnDay(day: line.day, id: Int32(truncatingIfNeeded: resource))
      moved[key, default: []].append(Int32(position))
    }
  }

  private mutating func readStreams(_ connection: Connection) throws {
    var groups: [String: [Int32: [Int32]]] = [:]
    for (position, line) in lines.enumerated() where line.kind == .logs {
      groups[line.name, default: [:]][line.day, default: []].append(Int32(position))
    }
    if groups.isEmpty { return }
    if try connection.integer("SELECT EXISTS (SELECT 1 FROM log_stream_day)") == 0 { return }
    try connection.each(
      """
      SELECT a.id, s.log_group, s.day, s.characters FROM attempt a CROSS JOIN log_stream_day s ON s.task_id = a.task_id
      """
    ) { (attempt: Int64, group: String, day: Int64, characters: Int64) in
      for line in groups[group]?[Int32(truncatingIfNeeded: day)] ?? [] {
        written[Stream(attempt: attempt, line: line)] = characters
      }
    }
  }
}
