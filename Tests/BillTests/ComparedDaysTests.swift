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
}
