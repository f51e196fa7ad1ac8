import ArgumentParser
import Domain
import Store

/// The days that a query or a report covers.
struct PeriodOptions: ParsableArguments {
  @Option(
    help: """
      First day, such as 2026-10-26. [default: with --to, the first day of the data; without a period, the last whole ISO \
      week in reports and queries, all days in jobs, export and reconcile]
      """)
  var from: Day?

  @Option(
    help: "Day after the last one. [default: with --from, the day after the last day of the data]")
  var to: Day?

  @Option(help: "An ISO week, such as 2026-W44, Monday to Sunday.", transform: Week.init)
  var week: Week?

  /// Whether a period was asked for.
  var isGiven: Bool { from != nil || to != nil || week != nil }

  mutating func validate() throws {
    if week != nil, from != nil || to != nil { throw ValidationError("--week cannot be combined with --from or --to") }
    if let from, let to, from >= to { throw ValidationError("--from \(from) is not before --to \(to)") }
  }

  /// The period that was asked for, with open ends filled from the data.
  ///
  /// - Throws: `ValidationError` if nothing was collected in it.
  func period(_ connection: Connection) throws -> Period {
    let period = try openPeriod(connection)
    if isGiven { try period.check(connection, words: openWords ?? "in \(period.words)") }
    return period
  }

  /// The period that was asked for; by default the last whole ISO week, as in `check`, or the last seven days if the
  /// data have no whole week.
  func periodOrLastWeek(_ connection: Connection) throws -> Period {
    if !isGiven, let days = try connection.defaultDays() { return Period(from: days.from, to: days.to) }
    return try period(connection)
  }

  /// A period with an open end, which the data may not reach.
  private var openWords: String? {
    switch (from, to) {
    case (let from?, nil): "from \(from) on"
    case (nil, let to?): "before \(to)"
    default: nil
    }
  }

  /// The period that was asked for, even if nothing was collected in it.
  func openPeriod(_ connection: Connection) throws -> Period {
    if let week { return Period(week) }
    let all = try Self.all(connection)
    return Period(from: from ?? all.from, to: to ?? all.to)
  }

  /// Everything collected.
  static func all(_ connection: Connection) throws -> Period {
    let first = try connection.integer("SELECT COALESCE(MIN(day), -1) FROM calendar")
    guard first >= 0 else { return .none }
    let last = try connection.integer("SELECT COALESCE(MAX(day), 0) FROM calendar")
    return Period(from: Day(number: Int32(first)), to: Day(number: Int32(last) + 1))
  }
}

/// Days, half-open: `[from, to)`.
struct Period: Equatable {
  var from: Day
  var to: Day

  init(from: Day, to: Day) { (self.from, self.to) = (from, to) }
  init(_ week: Week) { self.init(from: week.monday, to: week.monday + 7) }

  /// - Parameter words: how the period was asked for, such as `in 2026-W44`.
  /// - Throws: `ValidationError`, which says what there is, if nothing was collected in the period.
  func check(_ connection: Connection, words: String? = nil) throws {
    let day = "SELECT COALESCE(MIN(day), -1) FROM calendar"
    let first = try connection.integer(day)
    let last = try connection.integer(
      """
      SELECT MAX(COALESCE((SELECT MAX(day) FROM calendar), -1),
        COALESCE((SELECT MAX(as_of_ms) / \(millisecondsPerDay) FROM collection), -1))
      """)
    guard last > 0 else { throw ValidationError("nothing collected so far has a time") }
    let known = (first: Day(number: Int32(first < 0 ? last : first)), last: Day(number: Int32(last)))
    guard to <= known.first || from > known.last else { return }
    throw ValidationError(
      "nothing was collected \(words ?? "in \(self.words)"); the data cover \(known.first) to \(known.last), "
        + "\(Week(of: known.first)) to \(Week(of: known.last))")
  }

  /// The days of a database in which nothing has a date.
  static let none = Period(from: Day(number: 0), to: Day(number: 1))

  /// Which days a result covers, if none were asked for.
  ///
  /// - Parameter options: the options that choose others.
  func hint(_ options: String) -> String {
    self == .none ? "nothing that was collected has run yet" : "\(words); for another period pass \(options)"
  }

  /// The ISO week, or the first and the last day.
  var words: String {
    let week = Week(of: from)
    return Period(week) == self ? "\(week)" : "\(from) to \(to + -1)"
  }

  var parameters: [String: String] { ["from": from.description, "to": to.description] }
}
