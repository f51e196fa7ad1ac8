import Domain
import Store
import Testing

@testable import Insights

/// Advice compares prices of the environment's own account and region, in dollars, as they were that week.
@Suite struct PriceReaderTests {
  /// Collected on a Monday, so that two weeks are whole; c5.xlarge lists at $0.20 in eu-west-1.
  private func facts() throws -> FactBase {
    let facts = try FactBase()
    try facts.collected(at: "2026-11-02T00:00:00Z")
    try facts.instance(1, spot: false, "2026-10-20T00:00:00Z", "2026-10-20T02:00:00Z")
    return facts
  }

  private func table(
    _ facts: FactBase, account: String = "111122223333", region: String = "eu-west-1", week: String = "2026-W43"
  ) throws -> PriceTable {
    try facts.build()
    return try facts.database.read { connection in
      var reader = try PriceReader(connection)
      return reader.table(account: account, region: region, week: week)
    }
  }

  @Test func aRegionHasItsOwnPrices() throws {
    let facts = try facts()
    try facts.execute(
      """
      INSERT INTO list_price VALUES
        ('us-east-1', 'AmazonEC2', 'c5.xlarge', 'Linux', 'Shared', 0, 170000000, 'Hrs', 'price-list'),
        ('us-west-2-lax-1', 'AmazonEC2', 'c5.xlarge', 'Linux', 'Shared', 0, 240000000, 'Hrs', 'price-list'),
        ('cn-north-1', 'AmazonEC2', 'c5.xlarge', 'Linux', 'Shared', 0, 900000000, 'Hrs', 'price-list'),
        ('us-east-1', 'AmazonECS', 'Fargate-vCPU-Hours:perCPU', '', '', 0, 40480000, 'hours', 'price-list');
      """)
    #expect(try table(facts).onDemand["c5.xlarge"] == 200_000_000)
    let american = try table(facts, region: "us-east-1")
    #expect(american.onDemand["c5.xlarge"] == 170_000_000)
    #expect(american.onDemand["g5.xlarge"] == nil)
    #expect(american.fargateVCPU == 40_480_000)
    #expect(try table(facts).fargateVCPU == 0)
    #expect(try table(facts, region: "us-west-2").onDemand["c5.xlarge"] == nil)
    // In CNY, like everything in the region.
    #expect(try table(facts, region: "cn-north-1").onDemand["c5.xlarge"] == 900_000_000)
  }

  @Test func aWeekHasThePricesOfItsMiddle() throws {
    let facts = try facts()
    // From Saturday, 24 October.
    try facts.execute(
      """
      INSERT INTO list_price VALUES
        ('eu-west-1', 'AmazonEC2', 'c5.xlarge', 'Linux', 'Shared', 1792800000000, 180000000, 'Hrs', 'price-list')
      """)
    try facts.spotPrice("eu-west-1a", from: "2026-10-01T00:00:00Z", rate: 60_000_000)
    try facts.spotPrice("eu-west-1a", from: "2026-10-24T00:00:00Z", rate: 90_000_000)
    try facts.spotPrice("eu-west-1b", from: "2026-10-01T00:00:00Z", rate: 70_000_000)
    let (first, second) = (try table(facts), try table(facts, week: "2026-W44"))
    #expect(first.onDemand["c5.xlarge"] == 200_000_000)
    #expect(second.onDemand["c5.xlarge"] == 180_000_000)
    #expect(first.spot == ["c5.xlarge": 65_000_000])
    #expect(second.spot == ["c5.xlarge": 80_000_000])
    #expect(try table(facts, week: "2026-W50").onDemand.isEmpty)
  }

  /// A zone of another account may have the same name but is another zone; a Local Zone is another place.
  @Test func aSpotPriceBelongsToItsAccountAndRegion() throws {
    let facts = try facts()
    try facts.spotPrice("eu-west-1a", from: "2026-10-01T00:00:00Z", rate: 60_000_000)
    try facts.spotPrice("eu-west-1-ber-1a", from: "2026-10-01T00:00:00Z", rate: 99_000_000)
    try facts.execute(
      """
      INSERT INTO account_region VALUES (2, '444455556666', 'eu-west-1');
      INSERT INTO spot_price VALUES (2, 'eu-west-1a', 'c5.xlarge', 'Linux/UNIX', 1791000000000, 30000000);
      """)
    #expect(try table(facts).spot == ["c5.xlarge": 60_000_000])
    #expect(try table(facts, account: "444455556666").spot == ["c5.xlarge": 30_000_000])
    #expect(try table(facts, account: "777788889999").spot.isEmpty)
    #expect(try table(facts, region: "eu-central-1").spot.isEmpty)
  }
}
