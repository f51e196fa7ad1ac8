import Base

/// Year, month and day, and ISO 8601 weeks.
extension Day {
  /// The date is not checked: 31 April is 1 May.
  package init(year: Int, month: Int, day: Int) {
    self.init(number: Int32(CivilDate.days(year: year, month: month, day: day)))
  }

  /// In the Gregorian calendar; month and day count from 1.
  package var civil: (year: Int, month: Int, day: Int) { CivilDate.date(days: Int(number)) }

  /// The ISO 8601 week that holds this day: weeks start on Monday, and week 1 holds the year's first Thursday.
  package var isoWeek: (year: Int, week: Int) {
    let thursday = self + Int32(3 - weekday)
    let year = thursday.civil.year
    let first = Day(year: year, month: 1, day: 1)
    return (year, Int(thursday.number - first.number) / 7 + 1)
  }

  /// The Monday of an ISO week; nil if the year has no such week.
  package init?(isoYear: Int, week: Int) {
    let fourth = Day(year: isoYear, month: 1, day: 4)
    let monday = fourth + Int32(-fourth.weekday + (week - 1) * 7)
    guard week >= 1, monday.isoWeek == (isoYear, week) else { return nil }
    self = monday
  }

  /// For months from 1 to 12.
  package static func daysIn(year: Int, month: Int) -> Int { CivilDate.daysIn(year: year, month: month) }
}

extension Day: CustomStringConvertible {
  /// `2026-10-19`
  package var description: String {
    return ISO8601.text(days: Int(number))
  }

  /// `2026-W43`
  package var weekDescription: String {
    let (year, week) = isoWeek
    return "\(year.padded(to: 4))-W\(week.padded(to: 2))"
  }

  /// Reads `2026-10-19`; nil for anything else, and for dates that do not exist.
  package init?(_ text: some StringProtocol) {
    guard let days = ISO8601.days(Array(text.utf8)[...]) else { return nil }
    self.init(number: Int32(days))
  }
}

extension TimeSpan {
  /// The UTC day of its last millisecond; of an empty span the day of its start.
  package var lastDay: Day { Instant(milliseconds: max(start.milliseconds, end.milliseconds - 1)).day }

  /// The UTC days that it touches, in order; at least one.
  package var days: [Day] { (start.day.number...lastDay.number).map { Day(number: $0) } }

  /// How much of the day it covers.
  package func milliseconds(on day: Day) -> Int64 {
    max(0, min((day + 1).start, end).milliseconds - max(day.start, start).milliseconds)
  }
}
