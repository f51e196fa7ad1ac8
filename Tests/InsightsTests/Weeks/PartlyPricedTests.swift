import Accounting
import Domain
import Store
import Testing

@testable import Insights

/// What a part of the time has no price is at least what is known of it: no cost to compare with, and no history.
@Suite struct PartlyPricedTests {
  private static let unpriced = 3.0 / 7.0

  /// One host a day for two weeks, four hours each at $0.20 an hour, with one job that fills it. On the first three days
  /// the hosts are of a type without a price: of the first week, $3.20 of $5.60 are known.
  private static func account() throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-26T05:00:00Z")
    try facts.execute("DELETE FROM list_price WHERE item = 'g5.xlarge'")
    for day in 12...25 {
      let (start, stop) = ("2026-10-\(day)T08:00:00Z", "2026-10-\(day)T12:00:00Z")
      let type = day < 15 ? "g5.xlarge" : "c5.xlarge"
      try facts.instance(day, spot: false, type: type, start, stop)
      try facts.job(
        queue: FactBase.onDemandQueue, milliVCPUs: 4000, memoryMiB: 4096, [.init(on: day, start, stop, .succeeded)])
    }
    try facts.build()
    return facts
  }

  @Test func aWeekIsNotComparedWithAHalfPricedOne() throws {
    let facts = try Self.account()
    func rows(_ query: String) throws -> DataTable { try facts.rows(query, from: "2026-10-19", to: "2026-10-26") }
    let headline = try rows("headline")
    #expect(headline[0, "cost_usd"] == usd("5.6"))
    #expect(headline[0, "compares"] == .integer(0))
    #expect(headline[0, "change"] == .null)
    #expect(headline[0, "unpriced_share"] == .real(0))
    #expect(headline[0, "previous_unpriced_share"] == .real(Self.unpriced))
    #expect(try rows("bridge").rowCount == 0)
    #expect(try rows("movers").rowCount == 0)
    #expect(try rows("queue-days")[0, "change_usd"] == .null)
    #expect(try rows("weekly-titles")[0, "is_dearest_week"] == .integer(0))
  }

  /// With a price for the other type, too, it is compared: $5.60 after 3 × $4.00 + $3.20.
  @Test func pricedWeeksAreCompared() throws {
    let facts = try Self.account()
    try facts.execute(
      """
      INSERT INTO list_price VALUES
        ('eu-west-1', 'AmazonEC2', 'g5.xlarge', 'Linux', 'Shared', 0, 1000000000, 'Hrs', 'price-list')
      """)
    try facts.build()
    let headline = try facts.rows("headline", from: "2026-10-19", to: "2026-10-26")
    #expect(headline[0, "compares"] == .integer(1))
    #expect(headline[0, "change_usd"] == usd("-9.6"))
    #expect(try facts.rows("bridge", from: "2026-10-19", to: "2026-10-26").rowCount > 0)
  }

  /// $3.20 of the first week are known, four of seven hosts: a limit above it may be broken, one below it is.
  @Test func aLimitAboveWhatIsKnownIsNotKnownToHold() throws {
    let facts = try Self.account()
    let limits = [3, 5].map { Limit(.everything, .weekly(Money(nanodollars: $0 * 1_000_000_000))) }
    let verdicts = try facts.database.read { connection in
      try BudgetCheck(connection, week: Day(year: 2026, month: 10, day: 12), forecasts: false).verdicts(
        limits + [Limit(.jobQueue("on-demand"), .weekly(Money(nanodollars: 5_000_000_000)))])
    }
    #expect(verdicts.map(\.isBroken) == [true, false, false])
    #expect(verdicts.map(\.isUnknown) == [false, true, true])
    #expect(verdicts.map(\.time.unpricedShare) == [Double](repeating: Self.unpriced, count: 3))
    let later = try facts.database.read { connection in
      try BudgetCheck(connection, week: Day(year: 2026, month: 10, day: 19), forecasts: false).verdicts([
        Limit(.everything, .weekly(Money(nanodollars: 5_600_000_000)))
      ])
    }
    #expect(later.map(\.isUnknown) == [false])
  }

  /// Hosts of $0.80 on as many days. Nobody described the second: it registered, so its cost may be higher.
  private func account(hosts: Int) throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-26T05:00:00Z")
    for day in 19..<19 + hosts {
      let (start, stop) = ("2026-10-\(day)T08:00:00Z", "2026-10-\(day)T12:00:00Z")
      try facts.instance(day, spot: false, start, stop)
      try facts.job(
        queue: FactBase.onDemandQueue, milliVCPUs: 4000, memoryMiB: 4096, [.init(on: day, start, stop, .succeeded)])
    }
    try facts.execute(
      """
      DELETE FROM instance_description WHERE instance_id = 'i-20';
      DELETE FROM instance_event WHERE instance_id = 'i-20' AND kind = 'running';
      UPDATE container_instance SET registered_at_ms = \(ms("2026-10-20T08:00:00Z")) WHERE instance_id = 'i-20';
      """)
    try facts.build()
    return facts
  }

  @Test("Hosts that nobody described are most of the cost from more than a quarter on: of $1.60 and $3.20")
  func mostlyUndescribed() throws {
    for (hosts, share, isMost) in [(2, 0.5, 1), (4, 0.25, 0)] as [(Int, Double, Int64)] {
      let rows = try account(hosts: hosts).rows("confidence", from: "2026-10-19", to: "2026-10-26")
      #expect(rows[0, "undescribed_share"] == .real(share))
      #expect(rows[0, "is_mostly_undescribed"] == .integer(isMost))
    }
  }

  @Test func aLimitOnHostsThatNobodyDescribedIsNotKnownToHold() throws {
    let facts = try account(hosts: 2)
    let limits = [1, 2].map { Limit(.everything, .weekly(Money(nanodollars: $0 * 1_000_000_000))) }
    let verdicts = try facts.database.read { connection in
      try BudgetCheck(connection, week: Day(year: 2026, month: 10, day: 19), forecasts: false).verdicts(limits)
    }
    #expect(verdicts.map(\.isBroken) == [true, false])
    #expect(verdicts.map(\.isUnknown) == [false, true])
  }

  /// Ten days of $10, of which one is known for a fifth of its time, $2: nine are history, and it counts as $10 in what is
  /// expected, though $2 were charged.
  @Test func aForecastExpectsWhatIsNotKnown() throws {
    var series = AnomalyTests.series([Int64](repeating: 10_000_000_000, count: 10))
    series.days[8] = DayFigures(work: 2_000_000_000, time: PricedTime(billed: 100, unpriced: 80))
    let forecast = try #require(Forecast(series, from: Day(number: 20_008), to: Day(number: 20_012)))
    #expect(forecast.history == 9)
    #expect(forecast.daysLeft == 2)
    #expect(forecast.soFar == 12_000_000_000)
    #expect(forecast.expected == 40_000_000_000)
  }

  /// Days of $100, the first six weeks of which are known for a quarter of their time.
  @Test func halfKnownDaysAreNoHistoryOfUnusualOnes() {
    let costs = (0..<84).map { Int64($0 < 42 ? 25_000_000_000 : 100_000_000_000) }
    func alarms(unpriced: Int64) -> Int {
      var series = AnomalyTests.series(costs)
      for day in 0..<42 { series.days[day].time = PricedTime(billed: 100, unpriced: unpriced) }
      let detector = AnomalyDetector(series)
      return costs.indices.count { detector.judge($0, probability: 0.01) != nil }
    }
    #expect(alarms(unpriced: 1) > 0)
    #expect(alarms(unpriced: 75) == 0)
  }

  /// 14 hosts of four hours with all their prices, and each with a volume of 100 GiB whose price nobody collected.
  @Test("A volume without a price is named, and makes the time of its instance neither longer nor unpriced")
  func volumesWithoutAPrice() throws {
    let facts = try Self.account()
    try facts.execute(
      """
      INSERT INTO list_price VALUES
        ('eu-west-1', 'AmazonEC2', 'g5.xlarge', 'Linux', 'Shared', 0, 1000000000, 'Hrs', 'price-list');
      INSERT INTO volume (volume_id, account_region, instance_id, volume_type, size_gib, created_at_ms, progress, digest)
        SELECT 'vol-' || instance_id, account_region, instance_id, 'gp3', 100, launched_at_ms, 1, 1
        FROM instance_description WHERE source = 'ec2'
      """)
    try facts.build()
    let confidence = try facts.rows("confidence", from: "2026-10-19", to: "2026-10-26")
    #expect(confidence[0, "priced_share"] == .real(1))
    #expect(confidence[0, "unpriced_seconds"] == .real(0))
    #expect(confidence[0, "unpriced_volumes"] == .integer(7))
    #expect(confidence[0, "unpriced_volume_seconds"] == .real(100_800))
    #expect(confidence[0, "storage_unknown"] == .integer(0))
    let headline = try facts.rows("headline", from: "2026-10-19", to: "2026-10-26")
    #expect(headline[0, "cost_usd"] == usd("5.6"))
    #expect(headline[0, "compares"] == .integer(1))
    let verdict = try facts.database.read { connection in
      try BudgetCheck(connection, week: Day(year: 2026, month: 10, day: 19), forecasts: false).verdicts([
        Limit(.everything, .weekly(Money(nanodollars: 6_000_000_000)))
      ])
    }
    #expect(verdict.map(\.isUnknown) == [false])
    #expect(try facts.database.read { try LedgerCheck.failures($0) }.isEmpty)
  }
}
