/// Dates on the axes of our reports: the day with its month first, then only days until the month changes.
///
/// `28 Oct`, `29`, `30`, `31`, `1 Nov`, `2`; `06:00`, `12:00`; `Oct`, `Nov`, `Dec`, `Jan 2027`.
enum PlainTime {
  static func labels(_ times: [Double], hasDays: Bool = true) -> [String] {
    let civil = times.map { CivilTime($0) }
    let isMidnight = civil.allSatisfy { $0.hour == 0 && $0.minute == 0 && $0.second == 0 && $0.millisecond == 0 }
    // A single tick on the first of a month is a day, unless there are no days.
    let isFirst = isMidnight && civil.allSatisfy { $0.day == 1 } && (civil.count > 1 || !hasDays)
    let hasMidnight = civil.contains { $0.hour == 0 && $0.minute == 0 }
    let isNewYear = isFirst && civil.allSatisfy { $0.month == 0 }
    return civil.enumerated().map { index, time in
      let before = index > 0 ? civil[index - 1] : nil
      if isNewYear { return TimeFormat.string(times[index], "%Y") }
      if isFirst {
        return TimeFormat.string(times[index], before == nil || before?.year != time.year ? "%b %Y" : "%b")
      }
      if isMidnight {
        return TimeFormat.string(times[index], before == nil || before?.month != time.month ? "%-d %b" : "%-d")
      }
      // Hours within one day show the day once, below.
      if index == 0, !hasMidnight { return TimeFormat.string(times[index], "%H:%M\n%-d %b") }
      let isNewDay = before == nil || before?.day != time.day || before?.month != time.month
      if time.hour == 0, time.minute == 0, isNewDay { return TimeFormat.string(times[index], "%-d %b") }
      return TimeFormat.string(times[index], time.second == 0 ? "%H:%M" : "%H:%M:%S")
    }
  }
}
