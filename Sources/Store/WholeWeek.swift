import Domain

extension Connection {
  /// The Monday of the last ISO week of which each day is known and over at the time of collection: what is meant where no
  /// week is asked for. Nil where the ledger knows no such week.
  package func lastWholeWeek() throws -> Day? {
    let first = try integer("SELECT COALESCE(MAX(first_day), -1) FROM whole_week")
    return first < 0 ? nil : Day(number: Int32(first))
  }
}
