import Domain

extension Connection {
  /// The days that everything covers if none are requested: the last ISO week whose days are all known and over at the
  /// time of collection or, if there is none, the last seven days of the data, without one of which no time had passed.
  /// Nil without any.
  package func defaultDays() throws -> (from: Day, to: Day)? {
    let monday = try integer("SELECT COALESCE(MAX(first_day), -1) FROM whole_week")
    if monday >= 0 { return (Day(number: Int32(monday)), Day(number: Int32(monday)) + 7) }
    let first = try integer("SELECT COALESCE(MIN(day), -1) FROM calendar")
    guard first >= 0 else { return nil }
    let begun = "CASE WHEN until = '00:00' AND day > (SELECT MIN(day) FROM calendar) THEN day - 1 ELSE day END"
    let end = Day(number: Int32(try integer("SELECT MAX(\(begun)) + 1 FROM calendar")))
    return (max(Day(number: Int32(first)), end + -7), end)
  }
}
