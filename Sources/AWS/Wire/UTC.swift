import Foundation

/// The calendar of the wire: UTC, Gregorian, no locale.
///
/// Source of the day arithmetic: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
enum UTC {
  /// Nil where a field is out of its range.
  static func date(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> Date? {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
      (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    return Date(timeIntervalSince1970: Double(days * 86_400 + hour * 3600 + minute * 60 + second))
  }

  /// Year, month and day of the day that many days after 1 January 1970.
  static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    return (
      yearOfEra + era * 400 + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9,
      dayOfYear - (153 * month + 2) / 5 + 1
    )
  }

  /// Reads `2026-10-19T00:19:59Z`, also with a fraction, and with `UTC` or an offset such as `+00:00` for the `Z`.
  static func parseISO8601(_ text: String) -> Date? {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
      return Int(String(decoding: bytes[range], as: UTF8.self))
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19),
      let date = date(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    let rest = String(decoding: bytes[19...], as: UTF8.self)
    let zone = rest.drop { $0 == "." || $0.isNumber }
    switch zone {
    case "Z", "z", "UTC", "": return date
    default:
      let digits = zone.dropFirst().filter(\.isNumber)
      guard zone.first == "+" || zone.first == "-", digits.count == 4, let hours = Int(digits.prefix(2)),
        let minutes = Int(digits.suffix(2))
      else { return nil }
      let offset = Double(hours * 3600 + minutes * 60)
      return date.addingTimeInterval(zone.first == "-" ? offset : -offset)
    }
  }

  /// `2026-10-19T00:19:59Z`.
  static func formatISO8601(_ date: Date) -> String {
    let time = SigningTime(date).text.utf8.map { String(UnicodeScalar($0)) }
    func part(_ range: Range<Int>) -> String { time[range].joined() }
    return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z"
  }
}
