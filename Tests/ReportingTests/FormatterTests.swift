import Domain
import Testing

@testable import Reporting

@Suite struct FormatterTests {
  private let formatter = Formatter(locale: .english)

  private func usd(_ text: String) -> Cell { .money(Money(nanodollars: parseDecimal(text, places: 9) ?? 0)) }

  @Test(arguments: [
    ("8067.44", Format.usd, "$8,067"), ("9.53", .usd, "$9.53"), ("0", .usd, "$0"), ("0.004", .usd, "$0.004"),
    ("0.0072", .usd, "$0.0072"), ("0.0366", .usd, "$0.037"),
    ("0.06", .usd, "$0.06"), ("0.00004", .usd, "<$0.0001"), ("-0.0366", .usd, "−$0.037"),
    ("-22.4", .usd, "−$22"), ("9.994999", .usd, "$9.99"), ("9.996", .usd, "$10"),
    ("2203.8", .usdCents, "$2,203.80"), ("2803.145", .cents, "2,803.14"), ("2803.155", .cents, "2,803.16"),
    ("-20.39", .cents, "−20.39"), ("0.004", .usdCents, "<$0.01"), ("-0.004", .cents, "−<0.01"), ("0", .cents, "0.00"),
    ("9999.4", .usdCompact, "$9,999"), ("12345", .usdCompact, "$12.3k"), ("1234567", .usdCompact, "$1.2M"),
  ]) func money(_ amount: String, _ format: Format, _ expected: String) {
    #expect(formatter.text(usd(amount), NumberFormat(format)) == expected)
  }

  @Test(arguments: [
    (0.5488, Format.percent, "55%"), (0.0014, .percent, "<1%"), (0.0, .percent, "0%"), (0.99, .percent1, "99.0%"),
    (0.0014, .percent1, "0.1%"), (0.02, .points, "2 pts"), (0.01, .points, "1 pt"), (0.605, .fraction, "three fifths"),
    (0.5, .fraction, "half"), (0.43, .fraction, "43%"), (0.9999, .fraction, "all"), (0.99, .fraction, "99%"),
    (50, .duration, "50 s"), (1860, .duration, "31 min"), (10_440, .duration, "2.9 h"), (756_000, .duration, "8.8 d"),
    (180_000, .duration, "50 h"), (69_840, .hours, "19.4 h"), (5826, .integer, "5,826"), (3.84, .decimal1, "3.8"),
    (0.004, .decimal1, "<0.1"), (-0.004, .decimal1, "−<0.1"), (0.0, .decimal1, "0.0"), (0.0004, .percent1, "<0.1%"),
    (3, .words, "three"), (12, .words, "twelve"), (13, .words, "13"), (.infinity, .integer, "unknown"),
  ]) func numbers(_ value: Double, _ format: Format, _ expected: String) {
    #expect(formatter.text(.real(value), NumberFormat(format)) == expected)
  }

  @Test func signsAndUnknowns() {
    #expect(formatter.text(usd("171"), NumberFormat(.usd, signed: true)) == "+$171")
    #expect(formatter.text(usd("-22"), NumberFormat(.usd, signed: true)) == "−$22")
    #expect(formatter.text(.real(0.09), NumberFormat(.percent, signed: true)) == "+9%")
    #expect(formatter.text(.null, NumberFormat(.usd)) == "unknown")
    #expect(formatter.tableText(usd("0"), NumberFormat(.usdCents)) == "–")
    #expect(NumberFormat("signed usd") == NumberFormat(.usd, signed: true))
    #expect(NumberFormat("usd signed") == nil)
  }

  @Test func datesAndPeriods() {
    #expect(formatter.text(.text("2026-10-28"), NumberFormat(.date)) == "28 Oct")
    #expect(formatter.text(.text("2026-10-28"), NumberFormat(.weekdayDay)) == "Wed 28")
    #expect(formatter.text(.text("2026-11-04T05:20:00Z"), NumberFormat(.instant)) == "4 Nov 2026 05:20 UTC")
    #expect(formatter.text(.text("2026-11-04T05:20:00Z"), NumberFormat(.time)) == "05:20")
    let moment = Cell.instant(Instant(milliseconds: 1_793_769_600_000))
    #expect(formatter.text(moment, NumberFormat(.date)) == "4 Nov")
    #expect(formatter.text(moment, NumberFormat(.instant)) == "4 Nov 2026 05:20 UTC")
    #expect(formatter.text(moment, NumberFormat(.integer)) == "2026-11-04T05:20:00Z")
    let day = { Day(year: 2026, month: $0, day: $1) }
    #expect(formatter.period(from: day(10, 26), to: day(11, 2)) == "26 Oct – 1 Nov 2026")
    #expect(formatter.period(from: day(10, 19), to: day(10, 26)) == "19 – 25 Oct 2026")
    #expect(formatter.period(from: day(10, 19), to: day(10, 20)) == "19 Oct 2026")
    #expect(
      formatter.period(from: day(12, 28), to: Day(year: 2027, month: 1, day: 4)) == "28 Dec 2026 – 3 Jan 2027")
  }

  @Test func locales() throws {
    let german = Formatter(locale: try #require(ReportLocale.named("de-DE")))
    #expect(german.text(usd("8067.44"), NumberFormat(.usdCents)) == "$8.067,44")
    #expect(german.text(.text("2026-03-05"), NumberFormat(.date)) == "5. März")
    #expect(german.text(.real(3), NumberFormat(.words)) == "3")
    #expect(ReportLocale.named("xx") == nil)
  }

  @Test(arguments: [
    ("attempts", "attempt"), ("queries", "query"), ("instances", "instance"), ("boxes", "box"), ("children", "child"),
    ("re-runs", "re-run"), ("classes", "class"), ("tries", "try"), ("EC2 Spot prices", "EC2 Spot price"),
  ]) func singulars(_ plural: String, _ expected: String) { #expect(singular(of: plural) == expected) }
}
