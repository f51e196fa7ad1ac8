import Domain
import Testing

@testable import Charts

/// Expected texts come from d3-format 3 and d3-time-format 4: their documentation and their own tests.
@Suite struct FormatTests {
  @Test(arguments: [
    (".0%", 0.123, "12%"), ("$.2f", -3.5, "−$3.50"), ("+20", 42, "                 +42"),
    (".^20", 42, ".........42........."), (".2s", 42e6, "42M"), ("#x", 48879, "0xbeef"), (",.2r", 4223, "4,200"),
    (",.0f", 1234567.5, "1,234,568"), ("~s", 1500, "1.5k"), (".3~s", 0.00012, "120µ"), ("$,.2f", 8067.44, "$8,067.44"),
    ("+,.0f", -88, "−88"), ("", 1.0 / 3, "0.333333333333"), (".2f", -0.001, "0.00"), ("(.1f", -3.14159, "(3.1)"),
    ("08.2f", 3.14159, "00003.14"), ("e", 42, "4.200000e+1"), (".3g", 0.00001234, "0.0000123"), ("d", 42.5, "43"),
    ("~r", 1200, "1200"), (".2p", 0.12345, "12%"), ("b", 5, "101"), (",d", 1e6, "1,000,000"), (".1f", 0.25, "0.3"),
    ("010,d", 123456, "00,123,456"), ("X", 48879, "BEEF"), ("s", 0, "0.00000"), (".0f", 2.5, "3"), ("f", .nan, "NaN"),
  ])
  func numbers(_ specifier: String, _ value: Double, _ expected: String) throws {
    let format = try #require(NumberFormat(specifier))
    #expect(format.string(value) == expected)
  }

  @Test(arguments: ["foo", ".-2s", ",q", "$$", ".f"])
  func refusesInvalidFormats(_ specifier: String) {
    #expect(NumberFormat(specifier) == nil)
  }

  @Test(arguments: [
    ("%Y-%m-%d", "2026-11-04"), ("%-d %b", "4 Nov"), ("%A, %B %e", "Wednesday, November  4"),
    ("%H:%M:%S.%L", "05:20:07.089"),
    ("%I %p", "05 AM"), ("%j", "308"), ("W%V %G", "W45 2026"), ("%U", "44"), ("%y%%", "26%"), ("%q", "4"),
    ("%u %w", "3 3"),
    ("%Q", "1793769607089"), ("%s", "1793769607"), ("%f", "089000"), ("%Z", "+0000"),
    ("%x, %X", "11/4/2026, 5:20:07 AM"),
  ])
  func times(_ specifier: String, _ expected: String) throws {
    let time = try #require(CivilTime.parse("2026-11-04T05:20:07.089Z"))
    #expect(TimeFormat.string(time, specifier) == expected)
  }

  @Test(arguments: [
    ("2026-11-04", "2026-11-04T00:00:00.000"), ("2026-11-04T05:20+02:00", "2026-11-04T03:20:00.000"),
    ("2024-02-29 23:59:59.5", "2024-02-29T23:59:59.500"), ("2026", "2026-01-01T00:00:00.000"),
  ])
  func parsesTimes(_ text: String, _ expected: String) throws {
    let time = try #require(CivilTime.parse(text))
    #expect(TimeFormat.string(time, "%Y-%m-%dT%H:%M:%S.%L") == expected)
  }

  @Test(arguments: ["", "soon", "2026-13-01", "2026-11-04T25:61", "04/11/2026", "2026-11-04Tx"])
  func refusesInvalidTimes(_ text: String) {
    #expect(CivilTime.parse(text) == nil)
  }

  /// From d3-array's documentation and tests.
  @Test func ticks() {
    #expect(Ticks.values(0, 1, count: 5) == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(Ticks.values(-10, 10, count: 4) == [-10, -5, 0, 5, 10])
    #expect(Ticks.values(1, 364, count: 3) == [100, 200, 300])
    #expect(Ticks.nice(0.132, 0.876, count: 30) == (0.12, 0.88))
    #expect(Ticks.nice(132, 876, count: 100) == (130, 880))
    #expect(Ticks.nice(132, 876, count: 5) == (0, 1000))
  }

  @Test(arguments: [
    ("datum.a > 2 && datum.b == 'x'", Cell.boolean(true)), ("datum.a + 1 + datum.b", .text("4x")),
    ("-datum.a * 2 % 4", .real(-2)), ("datum.c ? 1 : 2", .real(2)),
    ("if(isValid(datum.c), 'some', 'none')", .text("none")),
    ("format(datum.a / 7, '.1%')", .text("42.9%")), ("indexof(['p', 'x'], datum.b)", .real(1)),
    ("upper(substring('spot price', 0, 4))", .text("SPOT")), ("length(replace('a-b', '-', ''))", .real(2)),
    ("utcFormat(datum.t, '%H:%M')", .text("05:20")), ("year(datum.t) + month(datum.t)", .real(2036)),
    ("clamp(12, 0, 10) + max(1, 2, 3) + pow(2, 3)", .real(21)), ("datum['a'] === 3 || null", .boolean(true)),
    ("datum.nothing + 1", .real(1)), ("inrange(datum.a, [1, 3])", .boolean(true)), ("!datum.c", .boolean(true)),
  ])
  func expressions(_ text: String, _ expected: Cell) throws {
    let time = try #require(CivilTime.parse("2026-11-04T05:20:00Z"))
    let row: [String: Cell] = ["a": .real(3), "b": .text("x"), "c": .null, "t": .real(time)]
    #expect(try Expression(parsing: text, path: "").value(row) == expected)
  }
}

@Suite struct LocaleTests {
  private let german = ChartLocale(
    group: ".", decimal: ",",
    months: ["Jan", "Feb", "März", "Apr", "Mai", "Juni", "Juli", "Aug", "Sept", "Okt", "Nov", "Dez"],
    weekdays: ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"])

  @Test("Group and decimal separators are the locale's, only within its scope")
  func numbers() {
    func text(_ format: String, _ value: Double) -> String? { NumberFormat(format)?.string(value) }
    ChartLocale.$current.withValue(german) {
      #expect(text("$,.2f", 1234567.891) == "$1.234.567,89")
      #expect(text(".1%", 0.1234) == "12,3%")
      #expect(text("08,.1f", 1234.5) == "01.234,5")
      #expect(text(",d", 999) == "999")
    }
    #expect(text("$,.2f", 1234567.891) == "$1,234,567.89")
  }

  @Test func dates() {
    // Thursday, 5 March 2026
    let time = 1_772_668_800_000.0
    ChartLocale.$current.withValue(german) { #expect(TimeFormat.string(time, "%a %-d. %b %B") == "Do 5. März März") }
    #expect(TimeFormat.string(time, "%a %-d %b %B") == "Thu 5 Mar March")
  }
}
