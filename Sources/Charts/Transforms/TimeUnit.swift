/// The parts of a date that count: `yearmonthdate`, `hours`, `monthdate`.
struct TimeUnit: Equatable {
  enum Part: String, CaseIterable {
    case year, quarter, month, week, dayofyear, date, day, hours, minutes, seconds, milliseconds
  }

  var parts: [Part]
  var step = 1

  /// Nil if the text is not a unit; a leading `utc` is allowed, as all times are UTC.
  init?(_ name: String) {
    var rest = name[...]
    if rest.hasPrefix("utc") { rest = rest.dropFirst(3) }
    var parts: [Part] = []
    while !rest.isEmpty {
      // The longest name first: "dayofyear" is not "day".
      guard
        let part = Part.allCases.filter({ rest.hasPrefix($0.rawValue) }).max(by: {
          $0.rawValue.count < $1.rawValue.count
        })
      else { return nil }
      parts.append(part)
      rest = rest.dropFirst(part.rawValue.count)
    }
    if parts.isEmpty { return nil }
    self.parts = Part.allCases.filter(parts.contains)
  }

  /// `year-month-date`.
  var name: String { parts.map(\.rawValue).joined(separator: "-") }

  /// The start of a time's unit; missing parts are those of 1 January 2012, which was a Sunday.
  func floor(_ time: Double) -> Double {
    let civil = CivilTime(time)
    var floored = CivilTime(year: parts.contains(.year) ? civil.year : 2012, month: 0, day: 1)
    for part in parts {
      let step = part == parts.last ? self.step : 1
      switch part {
      case .year: floored.year = civil.year / step * step
      case .quarter: floored.month = civil.month / 3 * 3
      case .month: floored.month = civil.month / step * step
      case .week: floored.day = 1 + max(0, (civil.dayOfYear + 7 - civil.weekday) / 7 - 1) * 7 + weekStart(floored.year)
      case .dayofyear: floored.day = civil.dayOfYear / step * step + 1
      case .date: floored.day = (civil.day - 1) / step * step + 1
      case .day: floored.day = 1 + civil.weekday + (parts.contains(.week) ? floored.day - 1 : 0)
      case .hours: floored.hour = civil.hour / step * step
      case .minutes: floored.minute = civil.minute / step * step
      case .seconds: floored.second = civil.second / step * step
      case .milliseconds: floored.millisecond = civil.millisecond / step * step
      }
    }
    return floored.time
  }

  private func weekStart(_ year: Int) -> Int {
    (7 - CivilTime(year: year, month: 0, day: 1).weekday) % 7
  }

  /// The start of the next unit.
  func end(_ start: Double) -> Double {
    var civil = CivilTime(start)
    switch parts.last {
    case .year: civil.year += step
    case .quarter: civil.month += 3
    case .month: civil.month += step
    case .week: civil.day += 7 * step
    case .dayofyear, .date, .day: civil.day += step
    case .hours: civil.hour += step
    case .minutes: civil.minute += step
    case .seconds: civil.second += step
    default: civil.millisecond += step
    }
    return civil.time
  }

  /// Milliseconds of the smallest part: no two ticks are closer.
  var duration: Double {
    let start = CivilTime(year: 2001, month: 0, day: 1).time
    return end(start) - start
  }

  /// The format of times of this unit, in d3's syntax.
  var format: String {
    let known = [
      "year": "%Y ", "quarter": "Q%q ", "month": "%b ", "date": "%d ", "week": "W%U ", "day": "%a ",
      "dayofyear": "%j ", "hours": "%H:00", "minutes": "00:%M", "seconds": ":%S", "milliseconds": ".%L",
      "year-month": "%b %Y ", "year-month-date": "%b %d, %Y ", "hours-minutes": "%H:%M",
    ]
    let names = parts.map(\.rawValue)
    var format = ""
    var start = 0
    while start < names.count {
      var end = names.count
      while end > start, known[names[start..<end].joined(separator: "-")] == nil { end -= 1 }
      if end == start { break }
      format += known[names[start..<end].joined(separator: "-")] ?? ""
      start = end
    }
    while format.last == " " { format.removeLast() }
    return format
  }
}
