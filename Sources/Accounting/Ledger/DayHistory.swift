import Domain
import Store

/// The cost of each day as it was known before, so that what a later collection or a bill changes is a row and not a
/// surprise.
struct DayHistory {
  private let connection: Connection
  private var known: [Int32: (asOf: Int64, cost: Int64, bills: Int64)] = [:]
  /// Grows with every bill that is imported.
  private let bills: Int64
  private var now: [Int32: Int64] = [:]

  init(_ connection: Connection) throws {
    self.connection = connection
    bills = try connection.integer("SELECT COALESCE(SUM(version), 0) FROM bill")
    let rows = try connection.prepare("SELECT day, as_of_ms, cost, bills FROM reported_day ORDER BY day, as_of_ms")
    while try rows.step() {
      known[Int32(rows.integer(0))] = (rows.integer(1), rows.integer(2), rows.integer(3))
    }
  }

  mutating func add(_ day: ResourceDay) { now[day.day.number, default: 0] += day.cost?.nanodollars ?? 0 }

  /// Records the days whose cost is not what it last was. A second build as of the same time corrects its own row, unless
  /// a bill came between them: its row is a millisecond later.
  func write(asOf: Instant) throws {
    let statement = try connection.prepare("INSERT OR REPLACE INTO reported_day VALUES (?, ?, ?, ?)")
    for day in Set(now.keys).union(known.keys).sorted() {
      let cost = now[day] ?? 0
      let last = known[day]
      var time = asOf.milliseconds
      // Rows of one collection are less than a second apart.
      if let last, last.asOf >= time, last.asOf - time < 1000 { time = last.asOf + (last.bills == bills ? 0 : 1) }
      guard last?.cost != cost, time >= last?.asOf ?? .min else { continue }
      statement.bind(1, Int64(day))
      statement.bind(2, time)
      statement.bind(3, cost)
      statement.bind(4, bills)
      try statement.run()
    }
  }
}
