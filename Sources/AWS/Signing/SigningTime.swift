import Foundation

/// A time as signatures carry it: `20130524T000000Z`, UTC, whole seconds.
struct SigningTime: Equatable {
  let text: String

  /// `20130524`.
  var day: String { String(text.prefix(8)) }

  init(_ date: Date) {
    let seconds = Int64(date.timeIntervalSince1970.rounded(.down))
    let days = Int64((Double(seconds) / 86_400).rounded(.down))
    let inDay = Int(seconds - days * 86_400)
    let (year, month, day) = civilDay(days)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let padded = String(repeating: "0", count: max(0, 4 - "\(year)".count)) + "\(year)"
    text = "\(padded)\(two(month))\(two(day))T\(two(inDay / 3600))\(two(inDay / 60 % 60))\(two(inDay % 60))Z"
  }
}

/// Year, month and day of the day that many days after 1 January 1970, in the Gregorian calendar.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
private func civilDay(_ days: Int64) -> (year: Int, month: Int, day: Int) {
  let shifted = days + 719_468
  let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
  return (Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, day)
}
