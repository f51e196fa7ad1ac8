/// Year, month and day of the proleptic Gregorian calendar, and ISO 8601 weeks, in plain integer arithmetic.
/// The algorithm counts days from 1 March of year 0, so that a leap day ends a year.
extension Day {
  package init(year: Int, month: Int, day: Int) {
    let y = Int64(month <= 2 ? year - 1 : year)
    let era = floorDivide(y, 400)
    let yearOfEra = y - era * 400
    let shifted = Int64((month + 9) % 12)
    let dayOfYear = (153 * shifted + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(number: Int32(era * 146_097 + dayOfEra - 719_468))
  }

  package var civil: (year: Int, month: Int, day: Int) {
    let z = Int64(number) + 719_468
    let era = floorDivide(z, 146_097)
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * shifted + 2) / 5 + 1)
    let month = Int(shifted < 10 ? shifted + 3 : shifted - 9)
    return (Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, day)
  }

  /// The ISO 8601 week that holds this day: weeks start on Monday, and week 1 holds the year's first Thursday.
  package var isoWeek: (year: Int, week: Int) {
    let thursday = self + Int32(3 - weekday)
    let year = thursday.civil.year
    let first = Day(year: year, month: 1, day: 1)
    return (year, Int(thursday.number - first.number) / 7 + 1)
  }

  /// The Monday of an ISO week, nil where the year has no such week.
  package init?(isoYear: Int, week: Int) {
    let fourth = Day(year: isoYear, month: 1, day: 4)
    let monday = fourth + Int32(-fourth.weekday + (week - 1) * 7)
    guard week >= 1, monday.isoWeek == (isoYear, week) else { return nil }
    self = monday
  }

  package static func daysIn(year: Int, month: Int) -> Int {
    let next = month == 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: month + 1, day: 1)
    return Int(next.number - Day(year: year, month: month, day: 1).number)
  }
}

extension Day: CustomStringConvertible {
  /// `2026-10-19`
  package var description: String {
    let (year, month, day) = civil
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// `2026-W43`
  package var weekDescription: String {
    let (year, week) = isoWeek
    return "\(padded(year, 4))-W\(padded(week, 2))"
  }

  /// Reads `2026-10-19`; nil for anything else, and for days that do not exist.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, let parsed = parseDay(bytes[...]) else { return nil }
    self = parsed
  }
}

func padded(_ value: Int, _ width: Int) -> String {
  let text = String(value)
  return String(repeating: "0", count: max(0, width - text.count)) + text
}
