import Domain
import Store

/// Writes the rows of the ledger and adds up its rollups on the way, so that nothing is read back.
struct LedgerWriter {
  private let connection: Connection
  private let resourceStatement: Statement
  private let dayStatement: Statement
  private let postingStatement: Statement
  private let unplacedStatement: Statement
  private let findingStatement: Statement
  private var rollup = DailyRollup()
  private var hourly = HourlyUse()
  private(set) var postings = 0

  private var entry: ResourceEntry?
  private var number: Int64 = 0
  private var attempts: [Int] = []
  private var days: [ResourceDay] = []
  private var lost: [Int64] = []
  private var columns: AttemptColumns
  private var type: Int32 = 0

  init(_ connection: Connection, _ world: World) throws {
    self.connection = connection
    columns = world.attempts
    for table in [
      "resource", "resource_day", "posting", "daily_cost", "hourly_use", "ledger_finding", "unplaced", "calendar",
      "ledger_setting",
    ] { try connection.execute("DELETE FROM \(table)") }
    resourceStatement = try connection.prepare(Self.insert("resource", 23))
    dayStatement = try connection.prepare(Self.insert("resource_day", 9))
    postingStatement = try connection.prepare(Self.insert("posting", 17))
    unplacedStatement = try connection.prepare(Self.insert("unplaced", 3))
    findingStatement = try connection.prepare("INSERT OR REPLACE INTO ledger_finding VALUES (?, ?, ?, ?, ?, ?)")
  }

  private static func insert(_ table: String, _ columns: Int) -> String {
    "INSERT INTO \(table) VALUES (\([String](repeating: "?", count: columns).joined(separator: ", ")))"
  }

  mutating func begin(_ entry: ResourceEntry, _ days: [ResourceDay], _ attempts: [Int], _ world: World) throws {
    self.entry = entry
    self.attempts = attempts
    number = 0
    type = rollup.symbol(of: entry.instanceType)
    let row = resourceStatement
    row.bind(1, entry.id)
    row.bind(2, entry.kind.rawValue)
    row.bind(3, entry.name)
    row.bind(4, entry.accountRegion)
    row.bind(5, entry.computeEnvironment)
    row.bind(6, entry.instanceType)
    row.bind(7, entry.zone)
    row.bind(8, Int64(entry.option.rawValue))
    row.bind(9, entry.span.start.milliseconds)
    row.bind(10, entry.startSource)
    row.bind(11, entry.span.end.milliseconds)
    row.bind(12, entry.stopSource)
    row.bind(13, Int64(entry.isOpen ? 1 : 0))
    row.bind(14, Int64(entry.interrupted ? 1 : 0))
    row.bind(15, Int64(entry.isFree ? 1 : 0))
    row.bind(16, entry.capacity?.milliVCPUs)
    row.bind(17, entry.capacity?.memoryMiB)
    row.bind(18, entry.capacity?.gpus)
    row.bind(19, entry.billed)
    row.bind(20, entry.unpriced)
    row.bind(21, entry.cost?.nanodollars)
    row.bind(22, entry.onDemand?.nanodollars)
    row.bind(23, Int64(entry.attempts))
    try row.run()
    self.days = days
    lost = [Int64](repeating: 0, count: days.count)
  }

  mutating func write(_ posting: Posting) throws {
    guard let entry else { return }
    let attempt = posting.attempt.map { attempts[$0] }
    let row = postingStatement
    row.bind(1, entry.id << 20 | number)
    row.bind(2, entry.id)
    row.bind(3, Int64(posting.day.number))
    row.bind(4, Int64(posting.account.rawValue))
    row.bind(5, attempt.map { columns.id[$0] })
    row.bind(6, Int64(entry.option.rawValue))
    row.bind(7, Int64(posting.source.rawValue))
    row.bind(8, posting.milliseconds)
    row.bind(9, posting.resourceTime.milliVCPUs)
    row.bind(10, posting.resourceTime.memoryMiB)
    row.bind(11, posting.resourceTime.gpus)
    row.bind(12, posting.unpricedMilliseconds)
    row.bind(13, posting.cost?.nanodollars)
    row.bind(14, posting.onDemand?.nanodollars)
    row.bindNull(15)
    row.bind(16, posting.unusedByInstance.nanodollars)
    row.bind(17, posting.unusedByAWS.nanodollars)
    try row.run()
    number += 1
    postings += 1
    if let attempt, columns.flags[attempt].contains(.retried), columns.outcome[attempt].isLostHost,
      entry.option == .spot || entry.option == .fargateSpot, let cost = posting.cost,
      let position = days.firstIndex(where: { $0.day == posting.day })
    {
      lost[position] += cost.nanodollars
    }
    rollup.add(posting, entry, type: type, attempt: attempt, columns)
  }

  mutating func hours(_ entry: ResourceEntry, _ residences: [Residence]) {
    hourly.add(entry, type: type, residences)
  }

  /// Writes the days of the resource that `begin` named.
  mutating func end() throws {
    guard let entry else { return }
    for (day, lost) in zip(days, lost) {
      dayStatement.bind(1, entry.id)
      dayStatement.bind(2, Int64(day.day.number))
      dayStatement.bind(3, Int64(entry.option.rawValue))
      dayStatement.bind(4, day.billed)
      dayStatement.bind(5, day.unpriced)
      dayStatement.bind(6, entry.isOpen ? day.billed : 0)
      dayStatement.bind(7, day.cost?.nanodollars)
      dayStatement.bind(8, day.onDemand?.nanodollars)
      dayStatement.bind(9, lost)
      try dayStatement.run()
    }
    self.entry = nil
  }

  mutating func unplaced(attempt: Int64, day: Day, milliseconds: Int64) throws {
    unplacedStatement.bind(1, attempt)
    unplacedStatement.bind(2, Int64(day.number))
    unplacedStatement.bind(3, milliseconds)
    try unplacedStatement.run()
  }

  mutating func write(_ finding: Finding) throws {
    findingStatement.bind(1, finding.check)
    findingStatement.bind(2, finding.severity.rawValue)
    findingStatement.bind(3, finding.subject)
    findingStatement.bind(4, finding.message)
    findingStatement.bind(5, finding.day.map { Int64($0.number) })
    findingStatement.bind(6, finding.milliseconds)
    try findingStatement.run()
  }

  mutating func finish(_ settings: LedgerSettings, _ world: World, _ summary: LedgerSummary) throws {
    try rollup.write(connection)
    try writeHours()
    let asOf = settings.asOf ?? world.places.values.map(\.asOf).max() ?? Instant(milliseconds: 0)
    try writeCalendar(asOf)
    let values = [
      ("weights", settings.scheme.name), ("spot_price_rule", settings.spotRule.rawValue),
      ("collected_at", asOf.description), ("collected_at_ms", String(asOf.milliseconds)),
      ("unused_policy", "separate"),
    ] + (settings.asOf.map { [("as_of", $0.description)] } ?? [])
    let statement = try connection.prepare("INSERT INTO ledger_setting VALUES (?, ?)")
    for (name, value) in values {
      statement.bind(1, name)
      statement.bind(2, value)
      try statement.run()
    }
  }

  private func writeHours() throws {
    let statement = try connection.prepare(Self.insert("hourly_use", 10))
    for (key, sum) in hourly.sums.sorted(by: { $0.key < $1.key }) {
      statement.bind(1, key.hour)
      statement.bind(2, key.environment)
      statement.bind(3, rollup.name(of: key.type) ?? "")
      statement.bind(4, sum.instance)
      statement.bind(5, sum.capacity.milliVCPUs)
      statement.bind(6, sum.capacity.memoryMiB)
      statement.bind(7, sum.capacity.gpus)
      statement.bind(8, sum.reserved.milliVCPUs)
      statement.bind(9, sum.reserved.memoryMiB)
      statement.bind(10, sum.reserved.gpus)
      try statement.run()
    }
  }

  /// Every day from the first to the last that the ledger knows, so that a report can show days without cost.
  private func writeCalendar(_ asOf: Instant) throws {
    let first = try connection.integer("SELECT COALESCE(MIN(day), 0) FROM daily_cost")
    let last = try connection.integer("SELECT COALESCE(MAX(day), -1) FROM daily_cost")
    guard last >= first else { return }
    let statement = try connection.prepare(Self.insert("calendar", 6))
    for number in first...last {
      let day = Day(number: Int32(number))
      statement.bind(1, number)
      statement.bind(2, day.description)
      statement.bind(3, day.weekDescription)
      statement.bind(4, String(day.description.prefix(7)))
      statement.bind(5, Int64(day.weekday + 1))
      let isCut = day == asOf.day && asOf > day.start
      statement.bind(6, isCut ? String(asOf.description.dropFirst(11).prefix(5)) : nil)
      try statement.run()
    }
  }
}
