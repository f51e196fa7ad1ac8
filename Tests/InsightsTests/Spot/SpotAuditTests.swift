import Domain
import Store
import Testing

@testable import Insights

@Suite struct SpotAuditTests {
  /// One job that lost two hours on a Spot instance (c5.xlarge, $0.05 against $0.20 an hour) and ran two more hours
  /// On-Demand, while Spot in that zone stood at $0.05 when its first instance-hour began and at $0.08 in its second.
  ///
  ///     On-Demand equivalent 2 h × 0.20 = 0.40      gross 0.40 − 0.10 = 0.30
  ///     lost                 2 h × 0.05 = 0.10
  ///     re-run               0.40 − (0.05 + 0.08) = 0.27
  ///     net                  0.30 − 0.10 − 0.27 = −0.07
  ///     break-even           all Spot hours were lost: 1 × 0.30 ÷ 0.37 = 30 ÷ 37
  static func lostAndRunAgain() throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.spotPrice("eu-west-1a", from: "2026-10-01T00:00:00Z", rate: 50_000_000)
    try facts.spotPrice("eu-west-1a", from: "2026-10-19T13:00:00Z", rate: 80_000_000)
    try facts.instance(1, spot: true, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z", reclaimed: true)
    try facts.instance(2, spot: false, "2026-10-19T12:30:00Z", "2026-10-19T14:30:00Z")
    try facts.job([
      .init(on: 1, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z", .hostLost),
      .init(on: 2, "2026-10-19T12:30:00Z", "2026-10-19T14:30:00Z"),
    ])
    return facts
  }

  @Test func netsLostWorkAndReRunsAgainstTheGrossSaving() throws {
    let facts = try Self.lostAndRunAgain()
    try facts.build()
    let audit = try facts.rows("spot-audit")
    #expect(audit.rows.count == 1)
    #expect(audit[0, "spot_usd"] == usd("0.1"))
    #expect(audit[0, "on_demand_usd"] == usd("0.4"))
    #expect(audit[0, "gross_usd"] == usd("0.3"))
    #expect(audit[0, "lost_usd"] == usd("0.1"))
    #expect(audit[0, "lost_attempts"] == .integer(1))
    #expect(audit[0, "rerun_usd"] == usd("0.27"))
    #expect(audit[0, "rerun_attempts"] == .integer(1))
    #expect(audit[0, "net_usd"] == usd("-0.07"))
    #expect(audit[0, "lost_hours_share"] == .real(1))
    #expect(audit[0, "break_even"] == .real(30.0 / 37.0))
    #expect(audit[0, "spot_share"] == .real(0.2))
  }

  @Test func theBridgeEndsInALossAndSaysSo() throws {
    let facts = try Self.lostAndRunAgain()
    try facts.build()
    let steps = try facts.rows("spot-bridge")
    #expect(
      steps.rows == [
        [.text("on-demand"), .null, .null, usd("0"), usd("0.4"), usd("0.4"), .text("on-demand"), .integer(1)],
        [.text("paid"), .null, .null, usd("0.4"), usd("0.3"), usd("-0.1"), .text("spot"), .integer(0)],
        [.text("gross"), .null, .real(0.75), usd("0"), usd("0.3"), usd("0.3"), .text("positive"), .integer(1)],
        [.text("lost"), .integer(1), .null, usd("0.3"), usd("0.2"), usd("-0.1"), .text("negative"), .integer(0)],
        [.text("rerun"), .integer(1), .null, usd("0.2"), usd("-0.07"), usd("-0.27"), .text("negative"), .integer(0)],
        [.text("net"), .null, .real(-0.175), usd("0"), usd("-0.07"), usd("-0.07"), .text("negative"), .integer(1)],
      ])
  }

  /// Two hours on Spot, lost and not run again: the job failed, and its work is lost too.
  @Test func abandonedWorkIsLost() throws {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.spotPrice("eu-west-1a", from: "2026-10-01T00:00:00Z", rate: 50_000_000)
    try facts.instance(1, spot: true, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z", reclaimed: true)
    try facts.job([.init(on: 1, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z", .hostLost)])
    try facts.build()
    let audit = try facts.rows("spot-audit")
    #expect(audit[0, "gross_usd"] == usd("0.3"))
    #expect(audit[0, "lost_usd"] == usd("0.1"))
    #expect(audit[0, "abandoned_usd"] == usd("0.1"))
    #expect(audit[0, "net_usd"] == usd("0.2"))
    for query in ["spot-savings", "spot-savings-by-type", "spot-net-by-pool"] {
      #expect(try facts.rows(query)[0, "net_usd"] == usd("0.2"), "\(query)")
    }
    #expect(try facts.rows("cost-by-week")[0, "net_saving_usd"] == usd("0.2"))
    #expect(try facts.rows("headline")[0, "net_saving_usd"] == usd("0.2"))
  }

  @Test func theLosingPoolBearsTheReRun() throws {
    let facts = try Self.lostAndRunAgain()
    try facts.build()
    let pools = try facts.rows("spot-net-by-pool")
    #expect(
      pools.rows == [
        [
          .text("c5.xlarge"), .text("eu-west-1a"), usd("0.1"), usd("0.4"), usd("0.3"), usd("0.1"), usd("0.27"),
          usd("-0.07"), .integer(0), .integer(1), .integer(1), usd("-0.07"),
        ]
      ])
  }

  @Test("Half an instance over parts of two instance-hours: 0.10 × (0.5 · 0.05 + 0.5 · 0.08) ÷ 0.20 = 0.0325")
  func spotPriceHoldsForTheInstanceHourThatThePostingTouches() {
    let counterfactual = SpotCounterfactual(
      instanceStart: Instant(milliseconds: ms("2026-10-19T12:30:00Z")),
      onDemand: .init([(Instant(milliseconds: 0), Rate(nanodollarsPerHour: 200_000_000))]),
      spot: .init([
        (Instant(milliseconds: 0), Rate(nanodollarsPerHour: 50_000_000)),
        (Instant(milliseconds: ms("2026-10-19T13:00:00Z")), Rate(nanodollarsPerHour: 80_000_000)),
      ]))
    let span = TimeSpan(
      Instant(milliseconds: ms("2026-10-19T13:00:00Z")), Instant(milliseconds: ms("2026-10-19T14:00:00Z")))
    #expect(counterfactual.cost(insteadOf: 100_000_000, over: span) == 32_500_000)
    #expect(counterfactual.cost(insteadOf: 0, over: span) == 0)
  }

  @Test func whatIsLostOnAnInstanceWithoutAPriceIsLeftOutWithIt() throws {
    let facts = try Self.lostAndRunAgain()
    try facts.execute("DELETE FROM spot_price WHERE at_ms > 0")
    try facts.spotPrice("eu-west-1b", from: "2026-10-01T00:00:00Z", rate: 50_000_000)
    try facts.build()
    let audit = try facts.rows("spot-audit")
    for column in ["gross_usd", "lost_usd", "rerun_usd", "rerun_cost_usd", "net_usd"] {
      #expect(audit[0, column] == .null, "\(column)")
    }
    #expect(audit[0, "left_out_resources"] == .integer(1))
    #expect(audit[0, "left_out_lost_attempts"] == .integer(1))
    #expect(audit[0, "unpriced_seconds"] == .real(7200))
  }

  @Test func leakageSaysWhy() throws {
    var facts = try Self.lostAndRunAgain()
    // The first attempt of a job of the Spot-first queue, half an instance for an hour, and a retry after an error.
    try facts.instance(3, spot: false, "2026-10-19T15:00:00Z", "2026-10-19T16:00:00Z")
    try facts.job(milliVCPUs: 2000, memoryMiB: 4096, [.init(on: 3, "2026-10-19T15:00:00Z", "2026-10-19T16:00:00Z")])
    try facts.job(
      milliVCPUs: 2000, memoryMiB: 4096,
      [
        .init(on: 3, "2026-10-19T15:00:00Z", "2026-10-19T15:30:00Z", .exitCode),
        .init(on: 3, "2026-10-19T15:30:00Z", "2026-10-19T16:00:00Z"),
      ])
    // The On-Demand queue's own work is not leakage.
    try facts.instance(4, spot: false, "2026-10-19T15:00:00Z", "2026-10-19T16:00:00Z")
    try facts.job(
      queue: FactBase.onDemandQueue, [.init(on: 4, "2026-10-19T15:00:00Z", "2026-10-19T16:00:00Z")])
    try facts.build()
    let rows = try facts.rows("on-demand-leakage")
    let columns = ["why", "attempts", "cost_usd", "spot_usd", "premium_usd"]
    #expect(
      rows.rows.indices.map { row in columns.map { rows[row, $0] } } == [
        [.text("spot-lost"), .integer(1), usd("0.4"), usd("0.13"), usd("0.27")],
        [.text("spot-unavailable"), .integer(2), usd("0.15"), usd("0.06"), usd("0.09")],
        [.text("retried"), .integer(1), usd("0.05"), usd("0.02"), usd("0.03")],
      ])
  }

  @Test("Where a part of it has no Spot price, the premium is unknown, for the row and for all")
  func leakageOfUnknownPremium() throws {
    var facts = try Self.lostAndRunAgain()
    // Another zone, without a Spot price.
    try facts.instance(3, spot: false, zone: "eu-west-1c", "2026-10-19T15:00:00Z", "2026-10-19T16:00:00Z")
    try facts.job([.init(on: 3, "2026-10-19T15:00:00Z", "2026-10-19T16:00:00Z")])
    try facts.build()
    let rows = try facts.rows("on-demand-leakage")
    let columns = ["why", "cost_usd", "spot_usd", "premium_usd", "all_premium_usd"]
    #expect(
      rows.rows.indices.map { row in columns.map { rows[row, $0] } } == [
        [.text("spot-lost"), usd("0.4"), usd("0.13"), usd("0.27"), .null],
        [.text("spot-unavailable"), usd("0.2"), .null, .null, .null],
      ])
  }

  @Test func aFullSpotEnvironmentIsTheReason() throws {
    let facts = try Self.lostAndRunAgain()
    try facts.execute("UPDATE compute_environment SET maximum_vcpus = 4 WHERE id = 1")
    var more = facts
    try more.execute("DELETE FROM attempt; DELETE FROM job")
    try more.job([.init(on: 1, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z")])
    try more.instance(3, spot: false, "2026-10-19T11:10:00Z", "2026-10-19T11:40:00Z")
    try more.job([.init(on: 3, "2026-10-19T11:10:00Z", "2026-10-19T11:40:00Z")])
    try more.build()
    #expect(try more.rows("on-demand-leakage")[0, "why"] == .text("spot-at-maximum"))
  }

  @Test("An expensive pool: two hours at 0.05 while zone b was at 0.03, then at 0.06")
  func dearAgainstASibling() throws {
    let facts = try Self.lostAndRunAgain()
    try facts.spotPrice("eu-west-1b", from: "2026-10-01T00:00:00Z", rate: 30_000_000)
    try facts.spotPrice("eu-west-1b", from: "2026-10-19T10:30:00Z", rate: 60_000_000)
    try facts.spotPrice("us-east-1a", from: "2026-10-01T00:00:00Z", rate: 10_000_000)
    try facts.build()
    let pools = try facts.rows("spot-pools")
    #expect(pools[0, "cost_usd"] == usd("0.1"))
    #expect(pools[0, "dear_usd"] == usd("0.05"))
    #expect(pools[0, "sibling_usd"] == usd("0.03"))
    #expect(pools[0, "hours"] == .real(2))
    #expect(pools[0, "under_on_demand"] == .real(0.75))
  }
}
