import Domain
import Testing

@testable import Accounting

@Suite struct ComparedDaysTests {
  @Test(
    "What a line says of two days together is divided by what each cost, or by its time if one cost nothing or less",
    arguments: [
      ([300, 100], [750, 250]), ([0, 0], [250, 750]), ([-100, 300], [250, 750]), ([0, 100], [0, 1000]),
    ])
  func divided(costs: [Int64], parts: [Int64]) {
    // An hour before midnight, three after it.
    let times = ["2026-05-04T23:00:00Z", "2026-05-05T00:00:00Z", "2026-05-05T03:00:00Z"].compactMap { Instant($0) }
    let charges = (0..<2).map { day in
      let span = TimeSpan(times[day], times[day + 1])
      return Charge(
        span: span, billedMilliseconds: span.milliseconds, cost: Money(nanodollars: costs[day]), onDemand: nil,
        source: .priceList)
    }
    let group = ComparedDays(days: [times[0].day, times[1].day], lines: [])
    let ledger = DayCosts(charges, within: TimeSpan(times[0], times[2]))
    #expect(group.divide(Money(nanodollars: 1000), by: ledger).map(\.nanodollars) == parts)
  }

  @Test(
    "A line for a day is short if it lacks more than an hour of a life of ten; a line for an hour never is",
    arguments: [(24, 32_400_000, false), (24, 32_399_999, true), (1, 0, false)])
  func short(hours: Int64, used: Int64, isShort: Bool) throws {
    let start = try #require(Instant("2026-05-04T00:00:00Z"))
    let line = BilledHour(TimeSpan(start, Instant(milliseconds: start.milliseconds + hours * 3_600_000)), .zero)
    // From 02:00 to 12:00.
    let life = TimeSpan(
      Instant(milliseconds: start.milliseconds + 7_200_000), Instant(milliseconds: start.milliseconds + 43_200_000))
    #expect(line.isShort(of: life, used: used) == isShort)
  }
}
