import Base
import Domain

/// Writes cells as a report prints them, by the rules of its locale. Unknown money is `unknown`, never 0.
struct Formatter {
  var locale: ReportLocale

  private var digits: Digits { Digits(locale: locale) }

  /// In prose zero is a number; in a table cell it is a dash: see `tableText`.
  func text(_ cell: Cell, _ format: NumberFormat) -> String {
    guard let number = cell.number else { return textOfNonNumber(cell, format.format) }
    let plain = format.format.showsCents ? fractions(cell, number, format) : textOfNumber(number, cell, format.format)
    return format.signed && number > 0 && plain != zeroText(format.format) ? "+" + plain : plain
  }

  /// The same for tables: a dash for zero and for a count that does not apply.
  func tableText(_ cell: Cell, _ format: NumberFormat) -> String {
    if cell.number == 0, format.format != .percent1, format.format.isNumeric { return "–" }
    if cell.isNull, format.format.isNumeric { return format.format.isMoney ? "unknown" : "–" }
    return text(cell, format)
  }

  private func zeroText(_ format: Format) -> String { textOfNumber(0, .integer(0), format) }

  private func textOfNonNumber(_ cell: Cell, _ format: Format) -> String {
    switch (cell, format) {
    case (.instant(let moment), _) where format.isMoment: momentText(moment, format)
    case (.text(let text), .date): Day(text.prefix(10)).map { date($0) } ?? text
    case (.text(let text), .month): Day(text.prefix(10)).map { month($0) } ?? text
    case (.text(let text), .dateLong): Day(text.prefix(10)).map { dateLong($0) } ?? text
    case (.text(let text), .weekday): Day(text.prefix(10)).map { weekday($0) } ?? text
    case (.text(let text), .weekdayDay): Day(text.prefix(10)).map { "\(weekday($0)) \($0.civil.day)" } ?? text
    case (.text(let text), .time): Instant(text).map { time($0) } ?? text
    case (.text(let text), .instant): Instant(text).map { instant($0) } ?? text
    case (.text, _), (.instant, _), (.boolean, _): cell.plain
    default: format == .text ? "" : "unknown"
    }
  }

  private func textOfNumber(_ number: Double, _ cell: Cell, _ format: Format) -> String {
    switch format {
    case .usd: usd(cell, number)
    case .usdCents, .cents: fractions(cell, number, NumberFormat(format))
    case .usdCompact: compact(cell, number)
    case .percent: percent(number)
    case .percent1: tenths(number * 100) + "%"
    case .points: points(number)
    case .fraction: simpleFraction(number) ?? percent(number)
    case .duration: duration(number)
    case .hours: digits.fixed(number / 3600, places: abs(number) < 360_000 ? 1 : 0) + " h"
    case .integer: digits.fixed(number, places: 0)
    case .decimal1: tenths(number)
    case .words: locale.isEnglish ? wordsOfNumber(number) : digits.fixed(number, places: 0)
    case .date, .month, .dateLong, .weekday, .weekdayDay, .time, .instant: momentText(number, format)
    case .text: cell.plain
    }
  }

  /// Money in cents, rounded half to even as everywhere.
  func cents(_ cell: Cell, _ number: Double) -> Int64 { units(cell, number, places: 2) }

  private func units(_ cell: Cell, _ number: Double, places: Int) -> Int64 {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    if case .money(let money) = cell {
      return Int64(dividedHalfToEven(Int128(money.nanodollars), by: Int128(1_000_000_000 / scale)))
    }
    let scaled = (number * scale).rounded(.toNearestOrEven)
    return abs(scaled) < 9e18 ? Int64(scaled) : 0
  }

  private func fractions(_ cell: Cell, _ number: Double, _ format: NumberFormat) -> String {
    let units = units(cell, number, places: format.places)
    if units == 0, number != 0 { return less(than: number, format) }
    let text = digits.fixed(units, places: format.places)
    return format.format == .usdCents ? money(text) : text
  }

  /// `<$0.01`: for amounts that are not zero but would print as zero.
  func less(than number: Double, _ format: NumberFormat) -> String {
    let least = digits.fixed(Int64(1), places: format.places)
    return (number < 0 ? minus : "") + "<" + (format.format == .usdCents ? money(least) : least)
  }

  private func usd(_ cell: Cell, _ number: Double) -> String {
    let cents = cents(cell, number)
    if abs(number) < 0.1 { return small(cell, number) }
    if cents.magnitude < 1000 { return money(digits.fixed(cents, places: 2)) }
    return money(digits.fixed(Int64(dividedHalfToEven(Int128(cents), by: 100)), places: 0))
  }

  /// Below ten cents: two significant digits, at most four decimals, as `$0.072` and `$0.0072`.
  private func small(_ cell: Cell, _ number: Double) -> String {
    if number == 0 { return money("0") }
    var places = abs(number) < 0.00995 ? 4 : 3
    var parts = units(cell, number, places: places)
    if parts == 0 { return (number > 0 ? "<" : "\(minus)<") + money(digits.fixed(Int64(1), places: 4)) }
    while places > 2, parts % 10 == 0 { (parts, places) = (parts / 10, places - 1) }
    return money(digits.fixed(parts, places: places))
  }

  private func compact(_ cell: Cell, _ number: Double) -> String {
    switch abs(number) {
    case ..<9_999.5: usd(cell, number)
    case ..<999_950: money(digits.fixed(number / 1e3, places: 1) + "k")
    case ..<999_950_000: money(digits.fixed(number / 1e6, places: 1) + "M")
    default: money(digits.fixed(number / 1e9, places: 1) + "B")
    }
  }

  /// The currency symbol is between the sign and the digits: `−$22`.
  private func money(_ text: String) -> String {
    let symbol = locale.currency.symbol
    return text.hasPrefix(minus) ? minus + symbol + text.dropFirst(minus.count) : symbol + text
  }

  private func percent(_ share: Double) -> String {
    let text = digits.fixed(share * 100, places: 0)
    if share != 0, text == "0" { return share > 0 ? "<1%" : "\(minus)<1%" }
    return text + "%"
  }

  /// `<0.1` for what is not zero but would print as zero.
  private func tenths(_ number: Double) -> String {
    let text = digits.fixed(number, places: 1)
    guard number != 0, text == digits.fixed(0.0, places: 1) || text == minus + digits.fixed(0.0, places: 1) else {
      return text
    }
    return (number < 0 ? minus : "") + "<" + digits.fixed(0.1, places: 1)
  }

  private func points(_ difference: Double) -> String {
    let text = digits.fixed(difference * 100, places: 0)
    return text + (text == "1" || text == minus + "1" ? " pt" : " pts")
  }

  private func duration(_ seconds: Double) -> String {
    switch abs(seconds) {
    case ..<99.5: digits.fixed(seconds, places: 0) + " s"
    case ..<5_400: digits.fixed(seconds / 60, places: 0) + " min"
    case ..<35_820: digits.fixed(seconds / 3600, places: 1) + " h"
    case ..<259_200: digits.fixed(seconds / 3600, places: 0) + " h"
    default: digits.fixed(seconds / 86_400, places: 1) + " d"
    }
  }
}
