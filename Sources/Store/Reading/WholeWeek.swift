import Domain

extension Connection {
  /// The Monday of the last ISO week whose days are all known and over at the time of collection: the default if no
  /// week is requested. Nil if the ledger has no such week.
  package func lastWholeWeek() throws -> Day? {
    let first = try integer("SELECT COALESCE(MAX(first_day), -1) FROM whole_week")
    return first < 0 ? nil : Day(number: Int32(first))
  }
}
