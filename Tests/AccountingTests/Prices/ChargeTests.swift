import Domain
import Store
import Testing

@testable import Accounting

private func at(_ text: String) -> Instant { Instant(text) ?? Instant(milliseconds: .min) }
private func rate(_ text: String) -> Rate { Rate(decimal: text) ?? Rate(nanodollarsPerHour: -1) }
private func span(seconds: Int64) -> TimeSpan {
  let start = at("2026-10-19T10:00:00Z")
  return TimeSpan(start, Instant(milliseconds: start.milliseconds + seconds * 1000))
}
private func flat(_ text: String) -> PriceHistory { PriceHistory([(at("2026-01-01"), rate(text))]) }
private func nanodollars(_ charges: [Charge]) -> Int64 { charges.reduce(0) { $0 + ($1.cost?.nanodollars ?? 0) } }

/// The worked examples of the method page, §6, as literals.
@Suite struct GoldenCharges {
  @Test(
    "G3: who stopped it",
    arguments: [
      (false, true, 3599, 0), (false, true, 5400, 540_000_000), (false, false, 1800, 180_000_000),
      (true, false, 1800, 360_000_000), (true, true, 5400, 360_000_000),
    ])
  func whoStoppedIt(suse: Bool, byEC2: Bool, seconds: Int64, expected: Int64) {
    let terms = InstanceTerms(
      market: .spot(flat("0.36"), .instanceHour), onDemand: nil, wholeHours: suse, interrupted: byEC2)
    #expect(nanodollars(terms.charges(over: span(seconds: seconds))) == expected)
  }

  @Test("G4: the minimum of 60 seconds") func minimum() {
    let charges = InstanceTerms(market: .onDemand, onDemand: flat("0.36")).charges(over: span(seconds: 10))
    #expect(charges.map(\.billedMilliseconds) == [60_000])
    #expect(nanodollars(charges) == 6_000_000)
  }

  @Test("G5: a price that moves") func movingPrice() {
    let start = at("2026-10-19T00:00:00Z")
    let life = TimeSpan(start, at("2026-10-19T10:00:00Z"))
    func total(_ change: String, _ rule: SpotPriceRule) -> Int64 {
      let history = PriceHistory([(start, rate("0.20")), (at(change), rate("0.37"))])
      return 4 * nanodollars(InstanceTerms(market: .spot(history, rule), onDemand: nil).charges(over: life))
    }
    #expect(total("2026-10-19T08:00:00Z", .instanceHour) == 9_360_000_000)
    #expect(total("2026-10-19T07:30:00Z", .instanceHour) == 9_360_000_000)
    #expect(total("2026-10-19T07:30:00Z", .continuous) == 9_700_000_000)
  }

  @Test("G6: Fargate", arguments: [(3600, 98_740_000), (600, 16_456_667), (45, 1_645_667)])
  func fargate(seconds: Int64, expected: Int64) {
    let prices = PriceBook(listed: [
      ListedItem(place: "us-east-1", service: "AmazonECS", item: "Fargate-vCPU-Hours:perCPU"): flat("0.04048"),
      ListedItem(place: "us-east-1", service: "AmazonECS", item: "Fargate-GB-Hours"): flat("0.004445"),
    ])
    let terms = FargateTerms(
      resources: Resources(milliVCPUs: 2000, memoryMiB: 4096), isSpot: false, region: "us-east-1")
    #expect(terms.charge(over: span(seconds: seconds), prices: prices).cost?.nanodollars == expected)
  }

  @Test(
    "G7: the price in force",
    arguments: [
      ("2026-10-18T23:59:30Z", nil), ("2026-10-19T00:00:00Z", 1), ("2026-10-19T00:00:30Z", 1),
      ("2026-10-19T00:01:30Z", 2), ("2026-10-19T00:02:00Z", 3), ("2026-10-20T00:00:00Z", 3),
    ] as [(String, Int64?)])
  func asOf(time: String, expected: Int64?) {
    let history = PriceHistory([
      (at("2026-10-19T00:02:00Z"), rate("3")), (at("2026-10-19T00:00:00Z"), rate("1")),
      (at("2026-10-19T00:01:00Z"), rate("2")),
    ])
    #expect(history.rate(at: at(time))?.nanodollarsPerHour == expected.map { $0 * 1_000_000_000 })
  }

  @Test("An unknown pool is unpriced, and its charge remains") func unknownPool() {
    let charges = InstanceTerms(market: .spot(nil, .instanceHour), onDemand: flat("0.36")).charges(
      over: span(seconds: 5400))
    #expect(charges.map(\.cost) == [nil, nil])
    #expect(charges.map(\.billedMilliseconds) == [3_600_000, 1_800_000])
    #expect(charges.map { $0.onDemand?.nanodollars } == [360_000_000, 180_000_000])
    #expect(charges.map(\.source) == [.none, .none])
  }

  @Test("A reclaim in the first hour costs nothing and keeps its On-Demand equivalent") func freeReclaim() {
    let terms = InstanceTerms(
      market: .spot(flat("0.1"), .instanceHour), onDemand: flat("0.36"), interrupted: true)
    let charges = terms.charges(over: span(seconds: 1800))
    #expect(charges.map { $0.cost?.nanodollars } == [0])
    #expect(charges.map { $0.onDemand?.nanodollars } == [180_000_000])
  }

  @Test("On-Demand terminated by EC2 is charged") func onDemandIsNeverFree() {
    let terms = InstanceTerms(market: .onDemand, onDemand: flat("0.36"), interrupted: true)
    #expect(nanodollars(terms.charges(over: span(seconds: 1800))) == 180_000_000)
  }

  @Test("A charge is cut at midnight in proportion to seconds, and its parts add up") func midnight() {
    let start = at("2026-10-19T23:59:40Z")
    let charge = Charge(
      span: TimeSpan(start, at("2026-10-20T00:00:20Z")), billedMilliseconds: 60_000,
      cost: Money(nanodollars: 7), onDemand: Money(nanodollars: 10), source: .priceList)
    let parts = charge.cutAtMidnight()
    #expect(parts.map { $0.span.start.day.description } == ["2026-10-19", "2026-10-20"])
    #expect(parts.map(\.billedMilliseconds) == [20_000, 40_000])
    // 7 × 20/60 = 2 1/3, 7 × 40/60 = 4 2/3: the larger remainder takes the odd nanodollar.
    #expect(parts.map { $0.cost?.nanodollars } == [2, 5])
    #expect(parts.map { $0.onDemand?.nanodollars } == [3, 7])
  }
}

@Suite struct RunningSpans {
  private let asOf = at("2026-10-20T00:00:00Z")

  @Test func eventsComeFirst() {
    var evidence = LifeEvidence()
    evidence.launchTime = at("2026-10-19T10:00:00Z")
    evidence.runningEvent = at("2026-10-19T10:00:20Z")
    evidence.stateTransition = at("2026-10-19T12:00:00Z")
    evidence.stoppingEvent = at("2026-10-19T11:59:50Z")
    let span = evidence.span(asOf: asOf)
    #expect(span?.span == TimeSpan(at("2026-10-19T10:00:20Z"), at("2026-10-19T11:59:50Z")))
    #expect(span?.startSource == .event && span?.endSource == .event)
  }

  @Test func runningIsOpenUpToCollection() {
    var evidence = LifeEvidence()
    evidence.launchTime = at("2026-10-19T10:00:00Z")
    evidence.state = "running"
    evidence.lastAttemptStop = at("2026-10-19T11:00:00Z")
    #expect(evidence.span(asOf: asOf)?.span.end == asOf)
    #expect(evidence.span(asOf: asOf)?.isOpen == true)
  }

  @Test func registrationIsALowerBoundAndTheLastStopAnEnd() {
    var evidence = LifeEvidence()
    evidence.registered = at("2026-10-19T10:00:00Z")
    evidence.lastAttemptStop = at("2026-10-19T11:00:00Z")
    let span = evidence.span(asOf: asOf)
    #expect(span?.startIsLowerBound == true)
    #expect(span?.endSource == .lastSeen)
  }

  @Test func nothingEverRanAndNoEndIsOpen() {
    var evidence = LifeEvidence()
    evidence.registered = at("2026-10-19T10:00:00Z")
    #expect(evidence.span(asOf: asOf)?.isOpen == true)
    #expect(LifeEvidence().span(asOf: asOf) == nil)
  }

  @Test func anEndBeforeTheStartIsIgnored() {
    var evidence = LifeEvidence()
    evidence.launchTime = at("2026-10-19T10:00:00Z")
    evidence.stateTransition = at("2026-10-19T09:00:00Z")
    evidence.terminateCall = at("2026-10-19T12:00:00Z")
    #expect(evidence.span(asOf: asOf)?.endSource == .cloudTrail)
  }
}

@Suite struct AttachmentCharges {
  @Test("AWS's example: 2,000 GB for 43,200 s of a 30-day month at $0.09394 a GB-month")
  func volume() {
    let prices = PriceBook(listed: [
      ListedItem(place: "eu-west-1", service: "AmazonEC2", item: "EBS:VolumeUsage.gp2"): flat("0.09394")
    ])
    let start = at("2026-11-03T00:00:00Z")
    let span = TimeSpan(start, at("2026-11-03T12:00:00Z"))
    let charges = VolumeTerms(region: "eu-west-1", type: "gp2", sizeGiB: 2000).charges(over: span, prices: prices)
    // 0.09394 × 2,000 × 43,200 ÷ (86,400 × 30) = 3.131333333…
    #expect(charges.map { $0.cost?.nanodollars } == [3_131_333_333])
  }

  @Test func monthsDifferInLengthAndTheMinimumIsAMinute() {
    let prices = PriceBook(listed: [
      ListedItem(place: "eu-west-1", service: "AmazonEC2", item: "EBS:VolumeUsage.gp3"): flat("0.088"),
      ListedItem(place: "eu-west-1", service: "AmazonEC2", item: "EBS:VolumeP-IOPS.gp3"): flat("0.0055"),
    ])
    let terms = VolumeTerms(region: "eu-west-1", type: "gp3", sizeGiB: 30, iops: 4000)
    // One day of October (31 days) and one of November: (0.088 × 30 + 0.0055 × 1000) ÷ days.
    let span = TimeSpan(at("2026-10-31T00:00:00Z"), at("2026-11-02T00:00:00Z"))
    #expect(terms.charges(over: span, prices: prices).map { $0.cost?.nanodollars } == [262_580_645, 271_333_333])
    let short = TimeSpan(at("2026-11-02T00:00:00Z"), at("2026-11-02T00:00:10Z"))
    #expect(terms.charges(over: short, prices: prices).map(\.billedMilliseconds) == [60_000])
  }

  /// us-east-1, November 2026: throughput is listed at $40.96 per GiB/s and month, which is $0.04 per MiB/s.
  private func listed() throws -> PriceBook {
    let database = try Database(path: ":memory:")
    let prices = [
      ("VolumeUsage", 50_000_000, "GB-Mo"), ("VolumeUsage.gp3", 80_000_000, "GB-Mo"),
      ("VolumeUsage.piops", 125_000_000, "GB-Mo"), ("VolumeUsage.io2", 125_000_000, "GB-month"),
      ("VolumeP-IOPS.gp3", 5_000_000, "IOPS-Mo"), ("VolumeP-Throughput.gp3", 40_960_000_000, "GiBps-mo"),
      ("VolumeP-IOPS.piops", 65_000_000, "IOPS-Mo"), ("VolumeP-IOPS.io2", 65_000_000, "IOPS-Mo"),
      ("VolumeP-IOPS.io2.tier2", 45_500_000, "IOPS-Mo"), ("VolumeP-IOPS.io2.tier3", 32_000_000, "IOPS-Mo"),
    ]
    try database.write { connection in
      for (item, rate, unit) in prices {
        try connection.execute(
          "INSERT INTO list_price VALUES ('us-east-1', 'AmazonEC2', 'EBS:\(item)', '', '', 0, \(rate), '\(unit)', 'p')")
      }
    }
    return try database.read { try PriceBook(reading: $0, types: []) }
  }

  @Test(
    "A day of November: gp3 beyond 3,000 IOPS and 125 MiB/s, io1, the three prices of io2's IOPS, a magnetic disk",
    arguments: [
      // (100 × 0.08 + 1,000 × 0.005 + 125 × 0.04) ÷ 30
      (VolumeTerms(region: "us-east-1", type: "gp3", sizeGiB: 100, iops: 4000, throughputMiBps: 250), 600_000_000),
      // (100 × 0.125 + 1,000 × 0.065) ÷ 30
      (VolumeTerms(region: "us-east-1", type: "io1", sizeGiB: 100, iops: 1000), 2_583_333_333),
      // (100 × 0.125 + 32,000 × 0.065 + 32,000 × 0.0455 + 6,000 × 0.032) ÷ 30
      (VolumeTerms(region: "us-east-1", type: "io2", sizeGiB: 100, iops: 70_000), 124_683_333_333),
      (VolumeTerms(region: "us-east-1", type: "io2", sizeGiB: 100, iops: 1000), 2_583_333_333),
      (VolumeTerms(region: "us-east-1", type: "standard", sizeGiB: 300), 500_000_000),
      // No price of another type stands in.
      (VolumeTerms(region: "us-east-1", type: "st1", sizeGiB: 300), nil),
    ] as [(VolumeTerms, Int64?)])
  func performance(terms: VolumeTerms, cost: Int64?) throws {
    let span = TimeSpan(at("2026-11-02T00:00:00Z"), at("2026-11-03T00:00:00Z"))
    #expect(terms.charges(over: span, prices: try listed()).map { $0.cost?.nanodollars } == [cost])
  }

  @Test(
    "A volume is charged from its creation, but one that existed before its instance from the instance's start",
    arguments: [
      ("2026-11-02T09:59:58Z", "2026-11-02T09:59:58Z"), ("2026-11-02T11:00:00Z", "2026-11-02T11:00:00Z"),
      ("2026-10-02T09:00:00Z", "2026-11-02T10:00:00Z"), (nil, "2026-11-02T10:00:00Z"),
    ])
  func olderThanItsInstance(created: String?, start: String) {
    let volume = VolumeFacts(
      id: "vol-1", accountRegion: 1, terms: VolumeTerms(region: "us-east-1", type: "gp3", sizeGiB: 1),
      created: created.map(at), deleted: nil, endsWithInstance: true)
    let span = volume.span(
      instance: TimeSpan(at("2026-11-02T10:00:00Z"), at("2026-11-02T12:00:00Z")),
      World.Place(account: "111122223333", region: "us-east-1", asOf: at("2026-11-09T00:00:00Z")))
    #expect(span == TimeSpan(at(start), at("2026-11-02T12:00:00Z")))
  }

  @Test func aVolumeWithoutAPriceIsUnpriced() {
    let span = TimeSpan(at("2026-11-02T00:00:00Z"), at("2026-11-02T01:00:00Z"))
    let charges = VolumeTerms(region: "eu-west-1", type: "gp3", sizeGiB: 30).charges(over: span, prices: PriceBook())
    #expect(charges.map(\.cost) == [nil])
  }
}

@Suite struct BilledBeyondTheSpan {
  @Test("SUSE's full hour runs into the next day") func suseAcrossMidnight() {
    let terms = InstanceTerms(market: .onDemand, onDemand: flat("0.36"), wholeHours: true)
    let span = TimeSpan(at("2026-10-19T23:24:00Z"), at("2026-10-19T23:25:00Z"))
    let parts = terms.charges(over: span).flatMap { $0.cutAtMidnight() }
    #expect(parts.map { $0.span.start.day.description } == ["2026-10-19", "2026-10-20"])
    #expect(parts.map(\.billedMilliseconds) == [2_160_000, 1_440_000])
    #expect(parts.map { $0.cost?.nanodollars } == [216_000_000, 144_000_000])
  }

  @Test(
    "A reclaim within the first minute counts only the seconds that ran as On-Demand equivalent",
    arguments: [false, true])
  func freeReclaim(suse: Bool) {
    let terms = InstanceTerms(
      market: .spot(flat("0.1"), .instanceHour), onDemand: flat("0.36"), wholeHours: suse, interrupted: true)
    let charges = terms.charges(over: span(seconds: 30))
    #expect(charges.map { $0.cost?.nanodollars } == [0])
    #expect(charges.map { $0.onDemand?.nanodollars } == [3_000_000])
  }
}
