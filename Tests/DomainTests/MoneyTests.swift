import Testing

@testable import Domain

@Suite struct MoneyTests {
  @Test(arguments: [
    ("0.0416000000", 41_600_000), ("0.0000000005", 0), ("0.0000000015", 2), ("0.00000000051", 1),
    ("3.5E-7", 350), ("10", 10_000_000_000), (".5", 500_000_000), ("1.9999999999", 2_000_000_000),
  ])
  func readsRates(text: String, nanodollars: Int64) {
    #expect(Rate(decimal: text)?.nanodollarsPerHour == nanodollars)
  }

  @Test(arguments: ["", "-1", "1.2.3", "abc", "99999999999999999999", "1e", "0x1", "NaN"])
  func refusesInvalidRates(text: String) {
    #expect(Rate(decimal: text) == nil)
  }

  @Test func partsAddUp() {
    #expect(Money(nanodollars: 10).divided(by: [1, 1, 1]).map(\.nanodollars) == [4, 3, 3])
    #expect(Money(nanodollars: 10).divided(by: [1, 2, 0]).map(\.nanodollars) == [3, 7, 0])
    #expect(Money(nanodollars: -10).divided(by: [1, 1, 1]).map(\.nanodollars) == [-4, -3, -3])
    #expect(Money(nanodollars: 7).divided(by: [0, 0]).map(\.nanodollars) == [7, 0])
  }

  @Test func lessThanANanodollarStaysWithTheFirstPart() {
    let amount = ExactMoney(nanodollars: 10, rest: 400_000_000)
    #expect(amount.divided(by: [1, 2]).map(\.description) == ["0.0000000034", "0.000000007"])
    #expect(amount.divided(by: [0, 0]).map(\.description) == ["0.0000000104", "0"])
  }

  @Test(arguments: [(5, 2, 2), (7, 2, 4), (-5, 2, -2), (6, 4, 2), (-7, 4, -2), (1, 3, 0), (2, 3, 1)])
  func roundsHalfToEven(numerator: Int, denominator: Int, expected: Int) {
    #expect(dividedHalfToEven(Int128(numerator), by: Int128(denominator)) == Int128(expected))
  }

  @Test func printsDecimals() {
    #expect(Money(nanodollars: 18_365_478_654_586).description == "18365.478654586")
    #expect(Money(nanodollars: -1_500_000_000).description == "-1.5")
    #expect(Money.zero.description == "0")
  }
}

@Suite struct TimeTests {
  @Test(arguments: [
    (
      "2026-10-05T18:00:00Z", "2026-10-07T06:00:00Z",
      [("2026-10-05", 21_600_000), ("2026-10-06", 86_400_000), ("2026-10-07", 21_600_000)]
    ),
    // Midnight belongs to the next day; an empty span touches the day on which it is.
    ("2026-10-05T18:00:00Z", "2026-10-06T00:00:00Z", [("2026-10-05", 21_600_000)]),
    ("2026-10-06T00:00:00Z", "2026-10-06T00:00:00Z", [("2026-10-06", 0)]),
  ])
  func daysOfASpan(start: String, end: String, expected: [(String, Int)]) throws {
    let span = TimeSpan(try #require(Instant(start)), try #require(Instant(end)))
    #expect(span.days.map(\.description) == expected.map(\.0))
    #expect(span.days.map { Int(span.milliseconds(on: $0)) } == expected.map(\.1))
    #expect(span.lastDay.description == expected.last?.0)
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-10-19T00:19:59.381+00:00", 1_792_369_199_381),
    ("2026-10-19 02:19:59 UTC", 1_792_376_399_000), ("2026-10-19T02:19:59+02:00", 1_792_369_199_000),
    ("2024-02-29", 1_709_164_800_000), ("2026-10-19 00:19:59+00", 1_792_369_199_000),
    ("2026-10-19 02:19:59.381+02", 1_792_369_199_381), ("2026-10-18 19:19:59-05", 1_792_369_199_000),
    ("2026-10-19T00:20Z", 1_792_369_200_000), ("2026-10-19 00:20", 1_792_369_200_000),
    ("2026-10-19 00:19:59.381000 UTC", 1_792_369_199_381), ("2026-10-19 00:19:59 +0000 UTC", 1_792_369_199_000),
    ("2026-10-19 05:49:59 +05:30", 1_792_369_199_000),
  ])
  func readsTimes(text: String, milliseconds: Int64) {
    #expect(Instant(text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "2023-02-29", "2026-13-01", "2026-10-19T25:00:00Z", "yesterday", "2026-10-19T00:00:00+",
    "2026-10-19 00:00:00 PM", "2026-10-19 00:00:00+1", "2026-10-19 00:", "10/19/2026 0:00", "2026-10-19 00:00:00 CET",
  ])
  func refusesInvalidTimes(text: String) {
    #expect(Instant(text) == nil)
  }

  @Test func weeksFollowISO8601() {
    #expect(Day("2026-10-19")?.weekDescription == "2026-W43")
    #expect(Day("2027-01-03")?.weekDescription == "2026-W53")
    #expect(Day("2024-12-30")?.weekDescription == "2025-W01")
    #expect(Day(isoYear: 2026, week: 46)?.description == "2026-11-09")
    #expect(Day(isoYear: 2025, week: 53) == nil)
  }

  @Test func everyDayReadsBack() {
    for number in stride(from: Int32(-200_000), to: 200_000, by: 7) {
      let day = Day(number: number)
      let (y, m, d) = day.civil
      #expect(Day(year: y, month: m, day: d) == day)
    }
  }
}
