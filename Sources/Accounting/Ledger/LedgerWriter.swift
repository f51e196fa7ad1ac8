import Domain
import Store

/// Takes the rows of the ledger resource by resource, checks that they add up, writes them, and adds up the rollups on
/// the way, so that nothing is read back.
struct LedgerWriter {
  private let connection: Connection
  private let groups: AttemptGroups
  private let rows: BackgroundRows
  private var batch = ResourceBatch()
  private let unplacedStatement: Statement
  private let findingStatement: Statement
  private var rollup = DailyRollup()
  private var hourly = HourlyUse()
  private var history: DayHistory

  private var entry: ResourceEntry?
  private var attempts: [AttemptFacts] = []
  private var days: [ResourceDay] = []
  private var type: Int32 = 0

  private(set) var postings = 0
  /// Resources whose rows were written or removed.
  private(set) var changedResources = 0

  /// - Parameter keepingRows: the rows of resources that stay what they are; else everything is written anew, which is
  ///   quicker where most of it changes.
  init(_ connection: Connection, _ world: World, keepingRows: Bool) throws {
    self.connection = connection
    groups = world.groups
    history = try DayHistory(connection)
    if !keepingRows {
      for table in ["posting", "resource_day", "resource"] { try connection.execute("DELETE FROM \(table)") }
    }
    rows = BackgroundRows(try ResourceRows(connection))
    for table in ["daily_cost", "hourly_use", "ledger_finding", "unplaced", "calendar", "ledger_setting"] {
      try connection.execute("DELETE FROM \(table)")
    }
    unplacedStatement = try connection.prepare(LedgerTable.insert("unplaced", 3))
    findingStatement = try connection.prepare(LedgerTable.insert("ledger_finding", 6, replacing: true))
  }

  /// A resource begins; its postings follow, then `end`.
  mutating func begin(_ entry: ResourceEntry, _ days: [ResourceDay], _ attempts: [AttemptFacts]) {
    self.entry = entry
    self.days = days
    self.attempts = attempts
    type = hourly.symbol(of: entry.instanceType)
    batch.begin()
  }

  mutating func write(_ posting: Posting) { batch.append(posting) }

  /// The resource is complete.
  ///
  /// - Throws: `LedgerError` where the postings of a day do not add up to its charges.
  mutating func end(_ residences: [Residence] = []) throws {
    guard let entry else { return }
    self.entry = nil
    try checkConservation(entry)
    let prefix = rollup.prefix(of: entry)
    let isSpot = entry.option == .spot || entry.option == .fargateSpot
    let holdsAttempts = entry.kind == .instance || entry.kind == .fargateTask
    for posting in batch.current {
      let option = posting.option ?? entry.option
      guard let attempt = posting.attempt.map({ attempts[$0] }) else {
        rollup.add(posting, option: option, prefix: prefix, group: nil, begins: false, isFirst: false)
        if let position = dayPosition(posting), let cost = posting.cost { days[position].unused += cost }
        continue
      }
      let number = attempt.group
      let began = Instant(milliseconds: attempt.started).day
      rollup.add(
        posting, option: option, prefix: prefix, group: number,
        begins: holdsAttempts && posting.account == .attempt && began == posting.day,
        isFirst: attempt.id & 1023 == 1)
      if isSpot {
        let group = groups.list[Int(number)]
        if group.retried, group.outcome.isLostHost, let position = dayPosition(posting), let cost = posting.cost {
          days[position].lost += cost
        }
      }
    }
    for day in days { history.add(day) }
    hourly.add(entry, type: type, residences)
    postings += batch.current.count
    batch.end(entry, days, attempts)
    if batch.isFull { try handOver() }
  }

  private mutating func handOver() throws {
    rows.write(batch)
    batch = ResourceBatch()
  }

  /// Waits until all resources are written. Before it nothing else may use the connection.
  mutating func settle() throws {
    try handOver()
    try rows.settle()
  }

  /// Waits for what is being written, whether it comes to an end or not.
  func abandon() { rows.abandon() }

  private func dayPosition(_ posting: Posting) -> Int? {
    days.firstIndex { $0.day == posting.day && $0.option == posting.option }
  }

  private func checkConservation(_ entry: ResourceEntry) throws {
    for day in days {
      var (cost, onDemand): (Int64, Int64) = (0, 0)
      for posting in batch.current where posting.day == day.day && posting.option == day.option {
        cost += posting.cost?.nanodollars ?? 0
        onDemand += posting.onDemand?.nanodollars ?? 0
      }
      if cost != day.cost?.nanodollars ?? 0 || onDemand != day.onDemand?.nanodollars ?? 0 {
        throw LedgerError(
          message: "\(entry.name) on \(day.day): charged \(day.cost ?? .zero), posted \(Money(nanodollars: cost))")
      }
    }
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

  mutating func finish(_ settings: LedgerSettings, _ world: World) throws {
    let asOf = settings.asOf ?? world.places.values.map(\.asOf).max() ?? Instant(milliseconds: 0)
    changedResources = try rows.finish()
    try rollup.write(connection, groups)
    try hourly.write(connection)
    try Self.writeCalendar(connection, asOf)
    try history.write(asOf: asOf)
    let values =
      [
        ("weights", settings.scheme.name), ("spot_price_rule", settings.spotRule.rawValue),
        ("collected_at", asOf.description), ("collected_at_ms", String(asOf.milliseconds)),
        ("unused_policy", "separate"),
      ] + (settings.asOf.map { [("as_of", $0.description)] } ?? [])
    let statement = try connection.prepare(LedgerTable.insert("ledger_setting", 2))
    for (name, value) in values {
      statement.bind(1, name)
      statement.bind(2, value)
      try statement.run()
    }
  }

  /// Every day from the first to the last that the ledger knows, so that a report can show days without cost.
  private static func writeCalendar(_ connection: Connection, _ asOf: Instant) throws {
    let first = try connection.integer("SELECT COALESCE(MIN(day), 0) FROM daily_cost")
    let last = try connection.integer("SELECT COALESCE(MAX(day), -1) FROM daily_cost")
    guard last >= first else { return }
    let statement = try connection.prepare(LedgerTable.insert("calendar", 6))
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
