import Base
import Testing

/// Milliseconds as `date -u -d … +%s%3N` prints them.
@Suite struct ISO8601Tests {
  @Test(
    arguments: [
      ("2026-10-19T00:19:59Z", 1_792_369_199_000), ("2026-10-19 00:19:59.25 UTC", 1_792_369_199_250),
      ("2026-10-19T02:19:59+0200", 1_792_369_199_000), ("2026-10-18T18:49:59-05:30", 1_792_369_199_000),
      ("2026-10-19", 1_792_368_000_000), ("1969-12-31T23:59:59.999Z", -1), ("2024-02-29", 1_709_164_800_000),
      ("2026-10-19T00:19:59.123456789Z", 1_792_369_199_123), ("2026-10-19 02:19:59.381+02", 1_792_369_199_381),
      ("2026-10-19T00:20Z", 1_792_369_200_000), ("2026-10-19 00:19:59 +0000 UTC", 1_792_369_199_000),
    ] as [(String, Int64)])
  func reads(_ text: String, _ milliseconds: Int64) { #expect(ISO8601.milliseconds(text) == milliseconds) }

  @Test(arguments: [
    "", "2026", "2026-02-29", "2026-13-01", "2026-10-19T24:00:00Z", "2026-10-19T00", "2026-10-19T00:19:59.Z",
    "2026-10-19T00:19:59+2", "2026-10-19T00:19:59 CET", "20261019", "２０２６-10-19",
  ])
  func refuses(_ text: String) { #expect(ISO8601.milliseconds(text) == nil) }

  @Test(
    arguments: [
      (1_792_369_199_000, "2026-10-19T00:19:59Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (253_402_300_799_000, "9999-12-31T23:59:59Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
    ] as [(Int64, String)])
  func writes(_ milliseconds: Int64, _ text: String) { #expect(ISO8601.text(milliseconds) == text) }

  /// Every day of eight centuries is the day after the one before.
  @Test func countsDays() {
    var expected = (year: 1600, month: 1, day: 1)
    for days in CivilDate.days(year: 1600, month: 1, day: 1)..<CivilDate.days(year: 2400, month: 1, day: 1) {
      let date = CivilDate.date(days: days)
      guard date == expected else {
        Issue.record("\(days) is \(date), not \(expected)")
        return
      }
      expected.day += 1
      if expected.day > CivilDate.daysIn(year: expected.year, month: expected.month) {
        (expected.month, expected.day) = (expected.month + 1, 1)
      }
      if expected.month > 12 { (expected.year, expected.month) = (expected.year + 1, 1) }
    }
    #expect(expected == (2400, 1, 1))
    #expect(CivilDate.days(year: 1970, month: 1, day: 1) == 0)
  }
}
