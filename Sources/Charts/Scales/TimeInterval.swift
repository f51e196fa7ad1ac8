/// A regular sequence of instants: every 6 hours, every second month. Same rules as d3-time, in UTC.
struct TimeInterval: Equatable {
  enum Unit: String, CaseIterable {
    case millisecond = "milliseconds"
    case second = "seconds"
    case minute = "minutes"
    case hour = "hours"
    case day = "date"
    case week
    case month
    case year

    /// Milliseconds; an average for the longer intervals.
    var duration: Double {
      switch self {
      case .millisecond: 1
      case .second: 1000
      case .minute: 60_000
      case .hour: 3_600_000
      case .day: 86_400_000
      case .week: 604_800_000
      case .month: 2_592_000_000
      case .year: 31_536_000_000
      }
    }
  }

  var unit: Unit
  var step: Int

  init(_ unit: Unit, _ step: Int = 1) {
    self.unit = unit
    self.step = max(1, step)
  }

  var duration: Double { unit.duration * Double(step) }

  func floor(_ time: Double) -> Double {
    let step = Double(step)
    switch unit {
    case .millisecond, .second, .minute, .hour:
      if self.step == 1 || unit != .hour {
        return (time / (unit.duration * step)).rounded(.down) * unit.duration * step
      }
      let midnight = TimeInterval(.day).floor(time)
      return midnight + ((time - midnight) / duration).rounded(.down) * duration
    case .day:
      var civil = CivilTime(time)
      // Counted from the first of the month: the 1st, 3rd, 5th, ….
      civil.day = (civil.day - 1) / self.step * self.step + 1
      return CivilTime(year: civil.year, month: civil.month, day: civil.day).time
    case .week:
      let day = (time / CivilTime.millisecondsADay).rounded(.down)
      // 1970-01-04 was a Sunday.
      let week = ((day - 3) / 7 / step).rounded(.down) * step
      return (week * 7 + 3) * CivilTime.millisecondsADay
    case .month:
      let civil = CivilTime(time)
      return CivilTime(year: civil.year, month: civil.month / self.step * self.step, day: 1).time
    case .year:
      let year = (Double(CivilTime(time).year) / step).rounded(.down) * step
      return CivilTime(year: Int(bounded: year), month: 0, day: 1).time
    }
  }

  func ceil(_ time: Double) -> Double {
    let start = floor(time)
    return start == time ? time : next(after: start)
  }

  /// The next instant of the sequence.
  func next(after start: Double) -> Double {
    var civil = CivilTime(start)
    switch unit {
    case .millisecond, .second, .minute, .hour, .week: return floor(start + duration + (unit == .week ? 1 : 0))
    case .day:
      let month = civil.month
      civil.day += step
      let next = floor(civil.time)
      // Every other day, but always the first of each month.
      if CivilTime(next).month != month || next <= start {
        return CivilTime(year: civil.year, month: month + 1, day: 1).time
      }
      return next
    case .month: return CivilTime(year: civil.year, month: civil.month + step, day: 1).time
    case .year: return CivilTime(year: civil.year + step, month: 0, day: 1).time
    }
  }

  /// The instants from `start` to `stop`, inclusive.
  func range(_ start: Double, _ stop: Double) -> [Double] {
    var times: [Double] = []
    var time = ceil(start)
    while time <= stop, times.count < 2000 {
      times.append(time)
      let next = next(after: time)
      if next <= time { break }
      time = next
    }
    return times
  }

  /// The interval with about `count` ticks.
  static func ticks(_ start: Double, _ stop: Double, count: Double) -> TimeInterval {
    let target = abs(stop - start) / max(1e-9, count)
    let candidates: [TimeInterval] = [
      .init(.second, 1), .init(.second, 5), .init(.second, 15), .init(.second, 30), .init(.minute, 1),
      .init(.minute, 5), .init(.minute, 15), .init(.minute, 30), .init(.hour, 1), .init(.hour, 3), .init(.hour, 6),
      .init(.hour, 12), .init(.day, 1), .init(.day, 2), .init(.week, 1), .init(.month, 1), .init(.month, 3),
      .init(.year, 1),
    ]
    guard let index = candidates.firstIndex(where: { $0.duration > target }) else {
      let year = Unit.year.duration
      return TimeInterval(.year, Int(bounded: max(1, Ticks.step(start / year, stop / year, count: count))))
    }
    if index == 0 {
      return TimeInterval(.millisecond, Int(bounded: max(1, Ticks.step(start, stop, count: count))))
    }
    let (shorter, longer) = (candidates[index - 1], candidates[index])
    return target / shorter.duration < longer.duration / target ? shorter : longer
  }
}
