/// UTC dates as numbers: milliseconds since 1970, proleptic Gregorian, without Foundation.
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
    (year, month, day) = Self.civil(fromDays: Int(bounded: days))
    hour = rest / 3_600_000
    minute = rest / 60_000 % 60
    second = rest / 1000 % 60
    millisecond = rest % 1000
  }

  /// Fields beyond their range carry over, as in `Date.UTC`.
  var time: Double {
    let months = year * 12 + month
    let years = Int(bounded: (Double(months) / 12).rounded(.down))
    let days = Self.days(year: years, month: months - years * 12) + day - 1
    let clock = ((Double(hour) * 60 + Double(minute)) * 60 + Double(second)) * 1000 + Double(millisecond)
    return Double(days) * Self.millisecondsADay + clock
  }

  /// 0 is Sunday.
  var weekday: Int {
    let days = Int(bounded: (time / Self.millisecondsADay).rounded(.down))
    return ((days + 4) % 7 + 7) % 7
  }

  /// From 0.
  var dayOfYear: Int { Self.days(year: year, month: month) + day - 1 - Self.days(year: year, month: 0) }

  /// Days from 1970-01-01 to the first of a month (Howard Hinnant's algorithm).
  static func days(year: Int, month: Int) -> Int {
    let shifted = month < 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 1 ? -2 : 10)) + 2) / 5
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 2 : shiftedMonth - 10
    let year = yearOfEra + era * 400 + (month < 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

extension CivilTime {
  /// Reads `2026`, `2026-10`, `2026-10-28`, `2026-10-28T05:20`, with seconds, a fraction, `Z` or an offset;
  /// a space may stand for the T. Without an offset the time is UTC.
  static func parse(_ text: String) -> Double? {
    var parser = ISOParser(text.utf8)
    return parser.time()
  }
}

private struct ISOParser {
  private var bytes: ArraySlice<UInt8>

  init(_ text: String.UTF8View) { bytes = ArraySlice(Array(text)) }

  mutating func time() -> Double? {
    guard let year = digits(4) else { return nil }
    var civil = CivilTime(year: year, month: 0, day: 1)
    var separator = accept("-") || accept("/")
    if separator {
      guard let month = digits(2), (1...12).contains(month) else { return nil }
      civil.month = month - 1
      separator = accept("-") || accept("/")
      if separator {
        guard let day = digits(2), (1...31).contains(day) else { return nil }
        civil.day = day
      }
    }
    var offset = 0
    if accept("T") || accept(" ") {
      guard let hour = digits(2), hour <= 24, accept(":"), let minute = digits(2), minute < 60 else { return nil }
      civil.hour = hour
      civil.minute = minute
      if accept(":") {
        guard let second = digits(2), second <= 60 else { return nil }
        civil.second = second
        if accept(".") { civil.millisecond = fraction() }
      }
      guard let found = zone() else { return nil }
      offset = found
    }
    return bytes.isEmpty ? civil.time - Double(offset) * 60_000 : nil
  }

  /// Minutes east of UTC.
  private mutating func zone() -> Int? {
    if accept("Z") || bytes.isEmpty { return 0 }
    let sign = accept("+") ? 1 : accept("-") ? -1 : 0
    guard sign != 0, let hours = digits(2) else { return nil }
    _ = accept(":")
    return sign * (hours * 60 + (digits(2) ?? 0))
  }

  private mutating func fraction() -> Int {
    var scale = 100
    var total = 0
    while let byte = bytes.first, byte >= 48, byte <= 57 {
      total += Int(byte - 48) * scale
      scale /= 10
      bytes.removeFirst()
    }
    return total
  }

  private mutating func digits(_ count: Int) -> Int? {
    guard bytes.count >= count else { return nil }
    var value = 0
    for byte in bytes.prefix(count) {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    bytes.removeFirst(count)
    return value
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard bytes.first == UInt8(ascii: scalar) else { return false }
    bytes.removeFirst()
    return true
  }
}
