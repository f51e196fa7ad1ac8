import Domain
import Store

/// The cost of each day as it was known before, so that a later collection's change is a row and not a surprise.
struct DayHistory {
  private let connection: Connection
  private var known: [Int32: (asOf: Int64, cost: Int64)] = [:]
  private var now: [Int32: Int64] = [:]

  init(_ connection: Connection) throws {
    self.connection = connection
    let rows = try connection.prepare("SELECT day, as_of_ms, cost FROM reported_day ORDER BY day, as_of_ms")
    while try rows.step() {
      known[Int32(rows.integer(0))] = (rows.integer(1), rows.integer(2))
    }
  }

  mutating func add(_ day: ResourceDay) { now[day.day.number, default: 0] += day.cost?.nanodollars ?? 0 }

  /// Records the days whose cost is not what it last was. A second build as of the same time corrects its own row.
  func write(asOf: Instant) throws {
    let statement = try connection.prepare("INSERT OR REPLACE INTO reported_day VALUES (?, ?, ?)")
    for day in Set(now.keys).union(known.keys).sorted() {
      let cost = now[day] ?? 0
      guard known[day]?.cost != cost, asOf.milliseconds >= known[day]?.asOf ?? .min else { continue }
      statement.bind(1, Int64(day))
      statement.bind(2, asOf.milliseconds)
      statement.bind(3, cost)
      try statement.run()
    }
  }
}
