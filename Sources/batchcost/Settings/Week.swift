import ArgumentParser
import Domain

/// An ISO week, such as `2026-W44`.
struct Week: CustomStringConvertible {
  let monday: Day

  /// - Throws: `ValidationError` for any other text.
  init(_ text: String) throws {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let year = Int(parts[0]), (1970...9999).contains(year), parts[1].first == "W",
      parts[1].count == 3, let number = Int(parts[1].dropFirst()), let monday = Day(isoYear: year, week: number)
    else { throw ValidationError("not an ISO week such as 2026-W44") }
    self.monday = monday
  }

  /// The week of a day.
  init(of day: Day) { monday = day + Int32(-day.weekday) }

  var description: String {
    let (year, week) = monday.isoWeek
    return "\(year)-W\(week < 10 ? "0" : "")\(week)"
  }
}
