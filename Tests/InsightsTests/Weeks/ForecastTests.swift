import Domain
import Store
import TestSupport
import Testing

@testable import Insights

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct ForecastTests {
  /// Eight days of 8, 12, 8, 12 … dollars: mean 10, squares 8 × 4 = 32, s² = 32/7, no correlation between neighbours.
  /// Two days left after six of the week: 60 + 20 = 80.
  ///
  ///     t(7, 80 %) = 1.414924      √(32/7 × (2 + 4/8)) = 3.380617      half = 4.783316
  @Test func theIntervalMatchesHandCalculation() throws {
    // Day 20,003 is a Monday; the week began on the third of the eight days.
    var series = AnomalyTests.series((0..<8).map { $0 % 2 == 0 ? 8_000_000_000 : 12_000_000_000 })
    series.firstDay = Day(number: 20_001)
    let forecast = try #require(Forecast(series, from: Day(number: 20_003), to: Day(number: 20_011)))
    #expect(forecast.soFar == 60_000_000_000)
    #expect(forecast.expected == 80_000_000_000)
    #expect(forecast.daysLeft == 2)
    #expect(forecast.history == 8)
    #expect(!forecast.byWeekday)
    #expect(abs(Double(forecast.high - forecast.expected) / 1e9 - 4.783316) < 0.0001)
    #expect(abs(Double(forecast.expected - forecast.low) / 1e9 - 4.783316) < 0.0001)
  }

  @Test func neverBelowTheChargedCost() throws {
    var series = AnomalyTests.series([Int64](repeating: 1_000_000_000, count: 10))
    series.today = DayFigures(work: 5_000_000_000)
    let forecast = try #require(Forecast(series, from: Day(number: 20_008), to: Day(number: 20_012)))
    // Two whole days, five dollars today, one more day.
    #expect(forecast.soFar == 7_000_000_000)
    #expect(forecast.expected == 8_000_000_000)
    #expect(forecast.low >= 7_000_000_000)
  }

  @Test func noForecastWithoutAWeekOrBeforeTheLedger() {
    let short = AnomalyTests.series([Int64](repeating: 1, count: 6))
    #expect(Forecast(short, from: short.firstDay, to: short.firstDay + 7) == nil)
    let series = AnomalyTests.series([Int64](repeating: 1, count: 20))
    #expect(Forecast(series, from: Day(number: 19_999), to: Day(number: 20_030)) == nil)
  }

  /// In 400 random histories, the 80 % interval contains the week's total in about 80 %.
  @Test(arguments: [14, 42]) func theIntervalHoldsAsOftenAsItSays(days: Int) {
    var held = 0
    forAll(seeds: 400) { _, random in
      let costs = (0..<(days + 5)).map { _ in Int64(1e11 * exp(0.4 * normal(&random))) }
      let series = AnomalyTests.series(Array(costs[..<days]))
      let end = Day(number: 20_000 + Int32(days))
      guard let forecast = Forecast(series, from: end + -2, to: end + 5) else { return }
      let actual = costs[(days - 2)...].reduce(0, +)
      held += actual >= forecast.low && actual <= forecast.high ? 1 : 0
    }
    #expect(Double(held) / 400 > 0.75)
    #expect(Double(held) / 400 < 0.92)
  }

  /// Published: t(10) 2.228, t(5) 2.571, t(30, 0.1 %) 3.646, t(2) 4.303.
  @Test(arguments: [(0.05, 10, 2.228139), (0.05, 5, 2.570582), (0.001, 30, 3.645959), (0.05, 2, 4.302653)])
  func studentQuantilesAreThePublishedOnes(tails: Double, degrees: Int, t: Double) {
    #expect(abs(studentQuantile(tails: tails, degrees: Double(degrees)) - t) < 0.0005 * t)
  }
}
