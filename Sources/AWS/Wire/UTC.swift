import Base
import Foundation

/// The calendar of the protocols: UTC, Gregorian, no locale.
enum UTC {
  /// Nil if a field is out of range.
  static func date(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> Date? {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
      (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    let days = CivilDate.days(year: year, month: month, day: day)
    return Date(timeIntervalSince1970: Double(days * 86_400 + hour * 3600 + minute * 60 + second))
  }

  /// Reads `2026-10-19T00:19:59Z`, also with a fraction, and with `UTC` or an offset such as `+00:00` for the `Z`.
  static func parseISO8601(_ text: String) -> Date? {
    // A date without a time is not a valid time here.
    guard text.utf8.count > 10, let milliseconds = ISO8601.milliseconds(text) else { return nil }
    return Date(timeIntervalSince1970: (Double(milliseconds) / 1000).rounded(.down))
  }

  /// `2026-10-19T00:19:59Z`.
  static func formatISO8601(_ date: Date) -> String {
    ISO8601.text(Int64(date.timeIntervalSince1970.rounded(.down)) * 1000)
  }
}
