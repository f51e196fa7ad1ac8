import ArgumentParser
import Domain
import Store

/// The days that a query or a report covers.
struct PeriodOptions: ParsableArguments {
  @Option(help: "First day, such as 2026-10-26. [default: the first day of the data; of a report its last whole week]")
  var from: Day?

  @Option(help: "Day after the last: the period is half-open. [default: the day after the last of the data]")
  var to: Day?

  @Option(help: "An ISO week, such as 2026-W44, Monday to Sunday.")
  var week: String?

  /// Whether a period was asked for.
  var isGiven: Bool { from != nil || to != nil || week != nil }

  mutating func validate() throws {
    if week != nil, from != nil || to != nil { throw ValidationError("--week stands alone, without --from and --to") }
    if let from, let to, from >= to { throw ValidationError("--from \(from) is not before --to \(to)") }
    if let week, Week(argument: week) == nil {
      throw ValidationError("--week \(week): not an ISO week such as 2026-W44")
    }
  }

  /// The period that was asked for, its open ends filled from the data.
  func period(_ connection: Connection) throws -> Period {
    if let week, let monday = Week(argument: week)?.monday { return Period(from: monday, to: monday + 7) }
    let first = try connection.integer("SELECT COALESCE(MIN(day), 0) FROM calendar")
    let last = try connection.integer("SELECT COALESCE(MAX(day), 0) FROM calendar")
    return Period(from: from ?? Day(number: Int32(first)), to: to ?? Day(number: Int32(last) + 1))
  }
}

/// Days, half-open: `[from, to)`.
struct Period: Equatable {
  var from: Day
  var to: Day

  var parameters: [String: String] { ["from": from.description, "to": to.description] }
}
