import Domain

extension Formatter {
  func date(_ day: Day) -> String {
    let (_, month, dayOfMonth) = day.civil
    return "\(dayOfMonth)\(locale.dayMark)\(locale.months[month - 1])"
  }

  /// The whole name where the words around it are English.
  func month(_ day: Day) -> String {
    let names = locale.isEnglish ? Self.monthNames : locale.months
    return names[day.civil.month - 1]
  }

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  func dateLong(_ day: Day) -> String { "\(date(day)) \(day.civil.year)" }

  func weekday(_ day: Day) -> String { locale.weekdays[day.weekday] }

  func time(_ instant: Instant) -> String {
    let minutes = floorModulo(instant.milliseconds, millisecondsPerDay) / 60_000
    return twoDigits(minutes / 60) + ":" + twoDigits(minutes % 60)
  }

  func instant(_ instant: Instant) -> String { "\(dateLong(instant.day)) \(time(instant)) UTC" }

  /// The first and the last day of a half-open period: `26 Oct – 1 Nov 2026`, `26 – 28 Oct 2026`.
  func period(from: Day, to: Day) -> String {
    let last = Day(number: max(from.number, to.number - 1))
    let (first, final) = (from.civil, last.civil)
    if from == last { return dateLong(from) }
    if first.year != final.year { return "\(dateLong(from)) – \(dateLong(last))" }
    if first.month != final.month { return "\(date(from)) – \(dateLong(last))" }
    return "\(first.day)\(locale.dayMark == " " ? "" : ".") – \(dateLong(last))"
  }

  /// A number is milliseconds since 1970, as in the database.
  func momentText(_ milliseconds: Double, _ format: Format) -> String {
    guard abs(milliseconds) < 9e15 else { return "unknown" }
    return momentText(Instant(milliseconds: Int64(milliseconds)), format)
  }

  func momentText(_ moment: Instant, _ format: Format) -> String {
    switch format {
    case .date: date(moment.day)
    case .month: month(moment.day)
    case .dateLong: dateLong(moment.day)
    case .weekday: weekday(moment.day)
    case .weekdayDay: "\(weekday(moment.day)) \(moment.day.civil.day)"
    case .time: time(moment)
    default: instant(moment)
    }
  }

  private func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
