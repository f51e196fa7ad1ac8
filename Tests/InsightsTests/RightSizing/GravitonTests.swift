import Domain
import Store
import TestSupport
import Testing

@testable import Insights

private let dollar: Int64 = 1_000_000_000

@Suite struct GravitonTests {
  /// eu-west-1's list prices; Graviton prices are made up.
  private func prices() -> PriceTable {
    var prices = PriceTable()
    func add(
      _ type: String, _ vcpus: Int64, _ gib: Int64, _ rate: Int64, _ architecture: String = "x86_64", gpus: Int64 = 0
    ) {
      prices.shapes[type] = PriceTable.Shape(
        capacity: Resources(milliVCPUs: vcpus * 1000, memoryMiB: gib * 1024, gpus: gpus), architecture: architecture,
        registeredMiB: gib * 1000)
      prices.onDemand[type] = rate
    }
    add("m5.4xlarge", 16, 64, 856_000_000)
    add("m6g.4xlarge", 16, 64, 688_000_000, "arm64")
    add("m7g.4xlarge", 16, 64, 730_000_000, "arm64")
    add("m6gd.4xlarge", 16, 64, 500_000_000, "arm64")
    add("m6g.2xlarge", 8, 32, 344_000_000, "arm64")
    // 36 vCPUs against 32: no such size.
    add("c5.9xlarge", 36, 72, 1_728_000_000)
    add("c6g.8xlarge", 32, 64, 1_100_000_000, "arm64")
    // The same name, other memory.
    add("i3.xlarge", 4, 30, 344_000_000)
    add("i4g.xlarge", 4, 32, 300_000_000, "arm64")
    add("g5.xlarge", 4, 16, 1_123_000_000, gpus: 1)
    add("g5g.xlarge", 4, 16, 500_000_000, "arm64", gpus: 1)
    // An x86 type newer than any Graviton here, and one cheaper than its sibling.
    add("m8i.4xlarge", 16, 64, 900_000_000)
    add("r5.xlarge", 4, 32, 282_000_000)
    add("r6g.xlarge", 4, 32, 282_000_000, "arm64")
    return prices
  }

  private func environment(_ costs: [String: Int64], spot: Bool = false) -> EnvironmentWeek {
    var week = EnvironmentWeek(week: "2026-W44", id: 1, name: "grid")
    week.resourceType = spot ? "SPOT" : "EC2"
    week.uses = costs.sorted { $0.key < $1.key }.map { type, cost in
      var use = TypeUse(type: type, capacity: prices().shapes[type]?.capacity ?? .zero)
      use.cost = cost
      return use
    }
    return week
  }

  /// $100 × 0.688 ÷ 0.856 = $80.373831776 (80.37383177570…).
  @Test func theSameHoursAtTheSiblingsListPrice() {
    #expect(
      Graviton.siblings(environment(["m5.4xlarge": 100 * dollar]), prices()) == [
        Graviton(
          week: "2026-W44", environment: 1, type: "m5.4xlarge", sibling: "m6g.4xlarge", isSpot: false,
          cost: 100 * dollar, siblingCost: 80_373_831_776)
      ])
  }

  @Test(
    "No sibling of that size, memory or price; GPUs; Graviton itself; an unknown type",
    arguments: [
      "c5.9xlarge", "i3.xlarge", "g5.xlarge", "m8i.4xlarge", "r5.xlarge", "m6g.4xlarge", "m7g.4xlarge", "m9.4xlarge",
    ]) func nothingIsNamed(type: String)
  {
    #expect(Graviton.siblings(environment([type: 100 * dollar]), prices()) == [])
  }

  @Test("Of two siblings at one price, the newer") func newer() {
    var prices = prices()
    prices.onDemand["m7g.4xlarge"] = 688_000_000
    let named = Graviton.siblings(environment(["m5.4xlarge": 100 * dollar]), prices)
    #expect(named.map(\.sibling) == ["m7g.4xlarge"])
  }

  /// On Spot, $30 at 0.30 for m5 and 0.24 for m7g is $24; list prices do not matter.
  @Test func spotUsesTheWeeksRates() {
    var prices = prices()
    let spot = environment(["m5.4xlarge": 30 * dollar], spot: true)
    #expect(Graviton.siblings(spot, prices) == [])
    prices.spot = ["m5.4xlarge": 300_000_000, "m7g.4xlarge": 240_000_000]
    #expect(Graviton.siblings(spot, prices).map(\.siblingCost) == [24 * dollar])
  }

  /// $5.09 × (0.856 − 0.688) ÷ 0.856 is $0.99897; $5.10 saves $1.00093.
  @Test func savingsBelowADollarAreLeftOut() {
    #expect(Graviton.siblings(environment(["m5.4xlarge": 5_090_000_000]), prices()) == [])
    #expect(Graviton.siblings(environment(["m5.4xlarge": 5_100_000_000]), prices()).count == 1)
  }

  /// A c5.xlarge On-Demand for thirty hours is $6; a c6g.xlarge at $0.16 would have cost 4.80.
  private func thirtyHours() throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-27T00:00:00Z")
    try facts.execute("UPDATE instance_type SET architecture = 'x86_64'")
    try facts.instance(1, spot: false, "2026-10-20T00:00:00Z", "2026-10-21T06:00:00Z")
    try facts.job(
      queue: FactBase.onDemandQueue, [.init(on: 1, "2026-10-20T00:00:00Z", "2026-10-21T06:00:00Z")])
    return facts
  }

  @Test func siblingsAreListedButInNoTotal() throws {
    let facts = try thirtyHours()
    try facts.build()
    #expect(try facts.rows("graviton").rows == [])
    let (advice, totals) = (try facts.rows("advice").rows, try facts.rows("right-sizing-totals").rows)
    try addGraviton(to: facts)
    try facts.build()
    #expect(
      try facts.rows("graviton").rows == [
        [
          .text("on-demand"), .text("c5"), .text("c6g"), .text("list"), usd("6"), usd("4.8"), usd("1.2"), .real(0.2),
          .text("only if the image exists for arm64"), .text("2026-W43"),
        ]
      ])
    #expect(try facts.rows("advice").rows == advice)
    #expect(try facts.rows("right-sizing-totals").rows == totals)
  }

  private func addGraviton(to facts: FactBase) throws {
    try facts.execute(
      """
      UPDATE instance_type SET architecture = 'x86_64' WHERE architecture IS NULL;
      INSERT INTO instance_type (name, milli_vcpus, memory_mib, architecture) VALUES ('c6g.xlarge', 4000, 8192, 'arm64');
      INSERT INTO list_price VALUES
        ('eu-west-1', 'AmazonEC2', 'c6g.xlarge', 'Linux', 'Shared', 0, 160000000, 'Hrs', 'price-list');
      INSERT INTO spot_price SELECT account_region, zone, 'c6g.xlarge', product, at_ms, MAX(rate / 3, 1) FROM spot_price
        WHERE instance_type = 'c5.xlarge';
      """)
  }

  @Test("Its cost is the ledger's own, the sibling's is less, and nothing else changes: 60 seeds")
  func withinTheLedger() throws {
    var named: Int64 = 0
    try forAll(seeds: 60, from: 9000) { seed, random in
      let facts = try randomFacts(&random)
      // A hundred times the list price, so that savings exceed a dollar.
      try facts.execute("UPDATE list_price SET rate = rate * 100; UPDATE spot_price SET rate = rate * 100")
      try facts.build()
      let advice = try facts.rows("advice").rows
      try addGraviton(to: facts)
      try facts.execute("UPDATE list_price SET rate = rate * 100 WHERE item = 'c6g.xlarge'")
      try facts.build()
      #expect(try facts.rows("advice").rows == advice, "seed \(seed)")
      let excess = try facts.integer(
        """
        SELECT COUNT(*) FROM graviton g LEFT JOIN (
          SELECT k.week, r.compute_environment, r.instance_type, SUM(p.cost) AS cost FROM posting p
          JOIN resource r ON r.id = p.resource JOIN calendar k ON k.day = p.day GROUP BY 1, 2, 3) l
          ON l.week = g.week AND l.compute_environment = g.compute_environment AND l.instance_type = g.instance_type
        WHERE g.cost IS NOT l.cost OR g.sibling_cost > g.cost OR g.sibling_cost < 0
        """)
      #expect(excess == 0, "seed \(seed)")
      named += try facts.integer("SELECT COUNT(*) FROM graviton")
    }
    #expect(named > 20)
  }
}
