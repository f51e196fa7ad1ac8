import Base
import Domain

/// A JavaScript date in UTC: its fields may be out of range, and its time is milliseconds since 1970.
struct CivilTime: Equatable {
  var year: Int
  /// 0 to 11, as in JavaScript.
  var month: Int
  /// 1 to 31.
  var day: Int
  var hour = 0
  var minute = 0
  var second = 0
  var millisecond = 0

  static let millisecondsADay = 86_400_000.0

  init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.millisecond = millisecond
  }

  init(_ time: Double) {
    let time = time.isFinite ? max(-8.64e15, min(8.64e15, time)) : 0
    let days = (time / Self.millisecondsADay).rounded(.down)
    let rest = Int(time - days * Self.millisecondsADay)
    let date = CivilDate.date(days: Int(bounded: days))
    (year, month, day) = (date.year, date.month - 1, date.day)
    hour = rest / 3_600_000
    minute = rest / 60_000 % 60
    second = rest / 1000 % 60
    millisecond = rest % 1000
  }

  /// Fields out of range carry over, as in `Date.UTC`.
  var time: Double {
    let months = year * 12 + month
    let years = Int(bounded: (Double(months) / 12).rounded(.down))
    let days = Self.days(year: years, month: months - years * 12) + day - 1
    let clock = ((Double(hour) * 60 + Double(minute)) * 60 + Double(second)) * 1000 + Double(millisecond)
    return Double(days) * Self.millisecondsADay + clock
  }

  /// Its calendar day.
  var calendarDay: Day { Day(number: Int32(clamping: Int(bounded: (time / Self.millisecondsADay).rounded(.down)))) }

  /// 0 is Sunday, as in JavaScript.
  var weekday: Int { (calendarDay.weekday + 1) % 7 }

  /// From 0.
  var dayOfYear: Int { Self.days(year: year, month: month) + day - 1 - Self.days(year: year, month: 0) }

  /// Days from 1970-01-01 to the first of a month.
  private static func days(year: Int, month: Int) -> Int { CivilDate.days(year: year, month: month + 1, day: 1) }
}

extension CivilTime {
  /// Reads `2026`, `2026-10`, `2026-10-28`, `2026-10-28T05:20`, with seconds, a fraction, `Z` or an offset; a space may
  /// replace the T, and slashes the dashes. Without an offset the time is UTC.
  static func parse(_ text: String) -> Double? {
    var bytes = Array(text.utf8)
    for place in [4, 7] where bytes.count > place && bytes[place] == UInt8(ascii: "/") {
      bytes[place] = UInt8(ascii: "-")
    }
    if bytes.count == 4 || bytes.count == 7 { bytes += Array((bytes.count == 4 ? "-01-01" : "-01").utf8) }
    return ISO8601.milliseconds(bytes[...]).map(Double.init)
  }
}
