import Domain
import Store

/// The earlier costs of each day, so that what a later collection or a bill changes is recorded and not a surprise.
enum DayHistory {
  private struct Reported {
    var asOf: Int64
    /// Nil: nothing of it was priced.
    var cost: Int64?
    var bills: Int64
  }

  /// Records the days whose cost changed. A second build for the same time corrects its own row, unless a bill came in
  /// between: then its row is a millisecond later.
  static func record(_ connection: Connection, asOf: Instant) throws {
    // Increases with every imported bill.
    let bills = try connection.integer("SELECT COALESCE(SUM(version), 0) FROM bill")
    let known = try known(connection)
    let now = try costs(connection)
    let statement = try connection.prepare("INSERT OR REPLACE INTO reported_day VALUES (?, ?, ?, ?)")
    for day in Set(now.keys).union(known.keys).sorted() {
      // A day that nothing ran on any more cost nothing.
      let cost = now[day] ?? .some(0)
      let last = known[day]
      var time = asOf.milliseconds
      // Rows of one collection are less than a second apart.
      if let last, last.asOf >= time, last.asOf - time < 1000 { time = last.asOf + (last.bills == bills ? 0 : 1) }
      guard last == nil || last?.cost != cost, time >= last?.asOf ?? .min else { continue }
      statement.bind(day, time, cost, bills)
      try statement.run()
    }
  }

  private static func known(_ connection: Connection) throws -> [Int64: Reported] {
    var known: [Int64: Reported] = [:]
    enum Field: Int32, SelectedColumn {
      case day, asOfMs, cost, bills
    }
    let rows = try connection.prepare("SELECT \(Field.list) FROM reported_day ORDER BY day, as_of_ms")
    while try rows.step() {
      known[rows.integer(Field.day)] = Reported(
        asOf: rows.integer(Field.asOfMs), cost: rows.optionalInteger(Field.cost), bills: rows.integer(Field.bills))
    }
    return known
  }

  private static func costs(_ connection: Connection) throws -> [Int64: Int64?] {
    var costs: [Int64: Int64?] = [:]
    try connection.each("SELECT day, SUM(cost) FROM daily_cost GROUP BY day") { (day: Int64, cost: Int64?) in
      costs.updateValue(cost, forKey: day)
    }
    return costs
  }
}
