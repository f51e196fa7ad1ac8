import Domain
import Store
import TestSupport
import Testing

@testable import Insights

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct AnomalyTests {
  static func series(_ costs: [Int64], kind: DailySeries.Kind = .everything) -> DailySeries {
    DailySeries(
      kind: kind, name: "", firstDay: Day(number: 20_000),
      days: costs.map { DayFigures(work: $0, resourceTime: $0, jobs: 100) })
  }

  /// Weekdays at $100, Saturdays and Sundays at $10, alternately ±5 %: a usual error of about 0.1. A Sunday at $100
  /// raises an alarm, a Monday at $100 does not.
  @Test func theWeekdayDecides() {
    var costs = (0..<70).map { day -> Int64 in
      let level: Int64 = Day(number: 20_000 + Int32(day)).weekday >= 5 ? 10 : 100
      return level * (day / 7 % 2 == 0 ? 1_050_000_000 : 950_000_000)
    }
    let sunday = (63..<70).first { Day(number: 20_000 + Int32($0)).weekday == 6 } ?? 0
    costs[sunday] = 100_000_000_000
    let detector = AnomalyDetector(Self.series(costs))
    #expect(detector.silence == nil)
    let found = costs.indices.filter { detector.judge($0, probability: 1 / 365.0) != nil }
    #expect(found == [sunday])
    let alarm = detector.judge(sunday, probability: 1 / 365.0)
    #expect((alarm?.expected ?? 0) / 1e9 > 9.4 && (alarm?.expected ?? 0) / 1e9 < 10.6)
  }

  @Test func twoWeeksAreTooFewAndItSaysSo() {
    let detector = AnomalyDetector(Self.series([Int64](repeating: 1_000_000_000, count: 13) + [90_000_000_000]))
    #expect(detector.silence == .shortHistory)
    #expect((0..<14).allSatisfy { detector.judge($0, probability: 0.5) == nil })
  }

  @Test func occasionalWorkIsNotWatched() {
    let costs = (0..<60).map { Int64($0 % 3 == 0 ? 5_000_000_000 : 0) }
    let seldom = AnomalyDetector(Self.series(costs))
    #expect(seldom.silence == .seldomActive)
    #expect(seldom.activeDays == 18)
    #expect(seldom.recent.count == 56)
  }

  /// 80 years of log-normal days without anomalies, in one scope: about one false alarm a year is promised.
  @Test func falseAlarmsAreAsManyAsPromised() {
    var alarms = 0
    forAll(seeds: 80) { _, random in
      let costs = (0..<400).map { _ in Int64(1e11 * exp(0.3 * normal(&random))) }
      let detector = AnomalyDetector(Self.series(costs))
      alarms += (35..<400).count { detector.judge($0, probability: 1 / 365.0) != nil }
    }
    #expect(Double(alarms) / 80 < 1.4)
    #expect(Double(alarms) / 80 > 0.4)
  }

  @Test func theCauseIsWhatMovedMost() {
    let usual = DayFigures(
      work: 50_000_000_000, retried: 1_000_000_000, unused: 40_000_000_000, resourceTime: 3_600_000_000_000, jobs: 500)
    func cause(_ change: (inout DayFigures) -> Void) -> AnomalyCause {
      var day = usual
      change(&day)
      return AnomalyCause(day, peers: [usual, usual, usual], rises: true)
    }
    #expect(
      cause { $0.unused = 90_000_000_000 }
        == cause { ($0.unused, $0.retried) = (90_000_000_000, 2_000_000_000) })
    #expect(cause { $0.unused = 90_000_000_000 } == AnomalyCause(factor: .unused, figure: 90, usual: 40))
    #expect(cause { $0.retried = 9_000_000_000 } == AnomalyCause(factor: .retries, figure: 9, usual: 1))
    #expect(
      cause { ($0.work, $0.resourceTime, $0.jobs) = (100_000_000_000, 7_200_000_000_000, 1000) }
        == AnomalyCause(factor: .jobs, figure: 1000, usual: 500))
    #expect(
      cause { ($0.work, $0.resourceTime) = (100_000_000_000, 7_200_000_000_000) }
        == AnomalyCause(factor: .size, figure: 4, usual: 2))
    let dearer = cause { $0.work = 100_000_000_000 }
    #expect(dearer.factor == .price)
    #expect(abs(dearer.figure - 0.1) < 1e-12 && abs(dearer.usual - 0.05) < 1e-12)
  }

  /// 36 days of one job an hour, and a day with eight.
  @Test func aDayOfEightTimesTheJobsIsFoundAndExplained() throws {
    var facts = try FactBase()
    let start = Day(number: 20_700)
    for offset in 0..<37 {
      let begin = (start + Int32(offset)).start.milliseconds
      let hours: Int64 = offset == 36 ? 8 : 1
      try facts.instance(
        offset + 1, spot: false, type: "c5.xlarge", zone: "eu-west-1a", begin, begin + hours * 3_600_000,
        reclaimed: false)
      for hour in 0..<hours {
        let at = begin + hour * 3_600_000
        try facts.job(queue: FactBase.onDemandQueue, [.init(on: offset + 1, at, at + 3_600_000)])
      }
    }
    try facts.collected(at: (start + 37).start.description)
    try facts.build()
    let rows = try facts.rows("anomalies")
    // Everything, its queue and its definition.
    #expect(rows.rows.count == 3)
    #expect(rows[0, "cost_usd"] == usd("1.6"))
    #expect(rows[0, "expected_usd"] == usd("0.2"))
    #expect(rows[0, "excess_usd"] == usd("1.4"))
    #expect(rows[0, "cause"] == .text("jobs"))
    #expect(rows[0, "figure"] == .real(8))
    #expect(rows[0, "usual"] == .real(1))
    let watch = try facts.rows("anomaly-watch")
    #expect(watch[0, "watched"] == .integer(1))
    #expect(watch[0, "false_alarms_per_year"] == .real(1.0 / 3))
  }
}

/// A standard normal number (Box and Muller).
func normal(_ random: inout SeededGenerator) -> Double {
  let u = Double.random(in: 1e-12...1, using: &random)
  return (-2 * log(u)).squareRoot() * cos(2 * Double.pi * Double.random(in: 0...1, using: &random))
}
