import Domain
import Store
import TestSupport
import Testing

@testable import Insights

@Suite struct BridgeTests {
  typealias Pool = BridgeWeek.Pool
  static let listed = Pool(accountRegion: 1, option: 0, instanceType: "c5.xlarge", zone: "eu-west-1a")
  static let spot = Pool(accountRegion: 1, option: 1, instanceType: "c5.xlarge", zone: "eu-west-1a")

  static let last = BridgeWeek(
    jobs: 10,
    work: [
      0: .init(cost: 60_000_000_000, resourceTime: 60_000), 1: .init(cost: 20_000_000_000, resourceTime: 40_000),
    ],
    retried: 8_000_000_000, unused: 40_000_000_000,
    pools: [
      listed: .init(cost: 100_000_000_000, billed: 100), spot: .init(cost: 28_000_000_000, billed: 56),
    ])
  static let this = BridgeWeek(
    jobs: 15,
    work: [
      0: .init(cost: 88_000_000_000, resourceTime: 80_000), 1: .init(cost: 22_000_000_000, resourceTime: 40_000),
    ],
    retried: 5_500_000_000, unused: 44_000_000_000,
    pools: [
      listed: .init(cost: 110_000_000_000, billed: 100), spot: .init(cost: 20_000_000_000, billed: 40),
    ])

  /// By hand: C0 128, W0 80, V0 100, N0 10; C1 159.50, W1 110, V1 120, N1 15.
  ///
  ///     volume   128 · 15/10                       192.00
  ///     size     128 · 120/100                     153.60
  ///     price    (128 + 10 + 0) · 120/100          165.60     On-Demand +10 %, Spot as before
  ///     option   138 · (80·60/60 + 40·20/40) / 80  172.50
  ///     mix      128 · 110/80                      176.00
  ///     unused   110 + 44 + 8 · 110/80             165.00
  ///     retries                                    159.50
  @Test func totalsMatchHandCalculation() {
    let bridge = Bridge(last: Self.last, this: Self.this)
    #expect(
      bridge.totals == [
        128_000_000_000, 192_000_000_000, 153_600_000_000, 165_600_000_000, 172_500_000_000, 176_000_000_000,
        165_000_000_000, 159_500_000_000,
      ])
  }

  /// By hand: 120,000 and 100,000 milli-vCPU·ms are 1.2 and 1 in 10⁵ ÷ 3.6·10⁹ vCPU-hours; 128 repriced is 138.
  /// By the steps before the mix, work costs 138 · 100/128 = 107.8125 for 120,000, 3,234,375 a vCPU-hour: 172.5/176 of what
  /// it cost.
  @Test func figuresMatchHandCalculation() throws {
    let bridge = Bridge(last: Self.last, this: Self.this)
    let expected: [(Bridge.Factor, Double, Double)] = [
      (.volume, 15, 10), (.size, 120_000 / 3.6e9 / 15, 100_000 / 3.6e9 / 10), (.price, 138, 128),
      (.purchaseOption, 2.0 / 3, 0.6), (.mix, 3_300_000, 3_234_375), (.unused, 0.4, 0.5), (.retries, 0.05, 0.1),
    ]
    for (factor, now, before) in expected {
      let figures = bridge.figures(factor)
      #expect(abs(try #require(figures.now) - now) < 1e-9 * now, "\(factor)")
      #expect(abs(try #require(figures.before) - before) < 1e-9 * before, "\(factor)")
    }
  }

  @Test func withoutABaseWeekThereIsNoFigure() {
    let nothing = Bridge(last: BridgeWeek(), this: BridgeWeek())
    #expect(nothing.figures(.volume).now == 0)
    for factor in Bridge.Factor.allCases where factor != .volume {
      #expect(nothing.figures(factor).now == nil, "\(factor)")
    }
  }

  /// By hand: all Spot at $0.25, then six of seven vCPU-hours On-Demand at $0.17 and one on Spot: W0 7 · 0.25 = 1.75,
  /// W1 6 · 0.17 + 0.25 = 1.27. Types and queues are the same, so all of the difference is the purchase option's.
  @Test func aNewPurchaseOptionIsNotAnotherType() {
    let last = BridgeWeek(jobs: 7, work: [1: .init(cost: 1_750_000_000, resourceTime: 7_000)])
    let this = BridgeWeek(
      jobs: 7,
      work: [
        0: .init(cost: 1_020_000_000, resourceTime: 6_000), 1: .init(cost: 250_000_000, resourceTime: 1_000),
      ])
    let option: Int64 = 1_270_000_000
    #expect(
      Bridge(last: last, this: this).totals == [
        1_750_000_000, 1_750_000_000, 1_750_000_000, 1_750_000_000, option, option, option, option,
      ])
  }

  /// Nothing ran this week: fewer jobs, not cheaper ones. By hand: 128 · 0/10.
  @Test func ifNothingRanVolumeTakesAll() {
    let bridge = Bridge(last: Self.last, this: BridgeWeek())
    #expect(bridge.totals == [128_000_000_000, 0, 0, 0, 0, 0, 0, 0])
  }

  /// No job began, but an earlier one ran on, with 60 of the 100 before: 128 · 60/100 by size, then 128 · 60/80 by mix.
  @Test func continuingWorkIsNotFewerJobs() {
    let on = BridgeWeek(work: [0: .init(cost: 60_000_000_000, resourceTime: 60_000)])
    let bridge = Bridge(last: Self.last, this: on)
    #expect(bridge.totals[1] == 128_000_000_000)
    #expect(bridge.totals[2] == 76_800_000_000)
    #expect(bridge.totals[5] == 96_000_000_000)
    #expect(bridge.totals[7] == 60_000_000_000)
  }

  private func random(_ random: inout SeededGenerator) -> BridgeWeek {
    func amount() -> Int64 {
      Int.random(in: 0..<6, using: &random) == 0 ? 0 : Int64.random(in: 0...9_000_000_000_000_000, using: &random)
    }
    var week = BridgeWeek(jobs: Int64.random(in: 0...2_000_000, using: &random), retried: amount(), unused: amount())
    for option in 0..<Int.random(in: 0...4, using: &random) {
      week.work[option] = .init(cost: amount(), resourceTime: amount())
    }
    for zone in 0..<Int.random(in: 0...4, using: &random) {
      let pool = Pool(accountRegion: 1, option: 1, instanceType: "c5.xlarge", zone: "\(zone)")
      week.pools[pool] = .init(cost: amount(), billed: amount())
    }
    return week
  }

  @Test("From last week's cost to this week's, to the nanodollar, for any two weeks: 5,000 seeds")
  func addsUp() {
    forAll(seeds: 5000) { seed, generator in
      let bridge = Bridge(last: random(&generator), this: random(&generator))
      #expect(bridge.totals.count == Bridge.Factor.allCases.count + 1, "seed \(seed)")
      #expect(bridge.totals.first == bridge.last.cost, "seed \(seed)")
      #expect(bridge.totals.last == bridge.this.cost, "seed \(seed)")
    }
  }

  @Test("Doubling everything is volume alone; doubling every price is price alone")
  func oneCauseMovesOneStep() {
    func scaled(_ week: BridgeWeek, amounts: Int64, prices: Int64) -> BridgeWeek {
      BridgeWeek(
        jobs: week.jobs * amounts,
        work: week.work.mapValues { .init(cost: $0.cost * amounts * prices, resourceTime: $0.resourceTime * amounts) },
        retried: week.retried * amounts * prices, unused: week.unused * amounts * prices,
        pools: week.pools.mapValues { .init(cost: $0.cost * amounts * prices, billed: $0.billed * amounts) })
    }
    let more = Bridge(last: Self.last, this: scaled(Self.last, amounts: 2, prices: 1)).totals
    #expect(more == [128_000_000_000] + [Int64](repeating: 256_000_000_000, count: 7))
    let dearer = Bridge(last: Self.last, this: scaled(Self.last, amounts: 1, prices: 2)).totals
    #expect(
      dearer == [Int64](repeating: 128_000_000_000, count: 3) + [Int64](repeating: 256_000_000_000, count: 5))
  }

  /// One job on one On-Demand instance in the first week ($0.20), two in the second: weeks may start on any day, but
  /// both must be over.
  @Test func anySevenCompleteDays() throws {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-19T05:00:00Z")
    for (id, day) in ["2026-10-05", "2026-10-12", "2026-10-13", "2026-10-19"].enumerated() {
      try facts.instance(id + 1, spot: false, "\(day)T01:00:00Z", "\(day)T02:00:00Z")
      try facts.job(queue: FactBase.onDemandQueue, [.init(on: id + 1, "\(day)T01:00:00Z", "\(day)T02:00:00Z")])
    }
    try facts.build()
    let rows = try facts.rows("bridge", from: "2026-10-12", to: "2026-10-19")
    // Doubling everything is volume alone; empty steps are left out.
    #expect(rows.rows == [[.text("volume"), .real(2), .real(1), usd("0.2"), usd("0.4"), usd("0.2")]])
    #expect(try facts.rows("bridge", from: "2026-10-13", to: "2026-10-20").rows.isEmpty)
    #expect(try facts.rows("bridge", from: "2026-10-12", to: "2026-10-18").rows.isEmpty)
    #expect(try facts.rows("bridge", from: "2026-10-05", to: "2026-10-12").rows.isEmpty)
  }
}
