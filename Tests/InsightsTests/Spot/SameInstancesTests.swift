import Domain
import Store
import Testing

/// Gross saving, lost work and re-runs are of the same instances: those with a Spot and an On-Demand price.
@Suite struct SameInstancesTests {
  /// Two Spot instances of two hours each: i-1, a c5.xlarge at $0.05 of $0.20, saves $0.30; i-2 has no Spot price, and its
  /// job was lost and ran again On-Demand for $0.40.
  private static func account() throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.spotPrice("eu-west-1a", from: "2026-10-01T00:00:00Z", rate: 50_000_000)
    try facts.instance(1, spot: true, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z")
    try facts.instance(
      2, spot: true, zone: "eu-west-1b", "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z", reclaimed: true)
    try facts.instance(3, spot: false, "2026-10-19T12:00:00Z", "2026-10-19T14:00:00Z")
    try facts.job([.init(on: 1, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z")])
    try facts.job([
      .init(on: 2, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z", .hostLost),
      .init(on: 3, "2026-10-19T12:00:00Z", "2026-10-19T14:00:00Z"),
    ])
    return facts
  }

  @Test func lostWorkWithoutAPriceTakesNothingFromOthers() throws {
    let facts = try Self.account()
    try facts.build()
    let audit = try facts.rows("spot-audit")
    #expect(audit[0, "gross_usd"] == usd("0.3"))
    #expect(audit[0, "lost_usd"] == usd("0"))
    #expect(audit[0, "lost_attempts"] == .integer(0))
    #expect(audit[0, "left_out_lost_attempts"] == .integer(1))
    #expect(audit[0, "rerun_usd"] == usd("0"))
    #expect(audit[0, "net_usd"] == usd("0.3"))
    #expect(audit[0, "break_even"] == .null)
    let pools = try facts.rows("spot-net-by-pool")
    #expect(pools["zone"] == [.text("eu-west-1a"), .text("eu-west-1b")])
    #expect(pools["lost_usd"] == [usd("0"), .null])
    #expect(pools["rerun_usd"] == [usd("0"), .null])
    #expect(pools["net_usd"] == [usd("0.3"), .null])
    #expect(try facts.rows("headline", from: "2026-10-19", to: "2026-10-20")[0, "net_saving_usd"] == usd("0.3"))
    #expect(try facts.rows("spot-bridge")["step"] == [.text("on-demand"), .text("paid"), .text("net")])
  }

  @Test("Where the host of a re-run is unknown, net is at most what is known: 0.30 − 0.10")
  func aReRunOnAnUnknownHost() throws {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.spotPrice("eu-west-1a", from: "2026-10-01T00:00:00Z", rate: 50_000_000)
    try facts.instance(1, spot: true, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z", reclaimed: true)
    try facts.job([
      .init(on: 1, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z", .hostLost),
      .init(on: 9, "2026-10-19T12:00:00Z", "2026-10-19T14:00:00Z"),
    ])
    try facts.build()
    let audit = try facts.rows("spot-audit")
    #expect(audit[0, "unplaced_reruns"] == .integer(1))
    #expect(audit[0, "rerun_attempts"] == .integer(0))
    #expect(audit[0, "rerun_usd"] == .null)
    #expect(audit[0, "net_usd"] == usd("0.2"))
    #expect(audit[0, "break_even"] == .null)
    #expect(try facts.rows("spot-net-by-pool")[0, "is_at_most"] == .integer(1))
    #expect(try facts.rows("spot-net-by-pool")[0, "rerun_usd"] == .null)
  }

  @Test(
    "What volumes of a lost host cost is lost too, so no part of lost work exceeds it: $0.10 + 2 of 744 h of 372 GB at $0.10 a month"
  )
  func volumesAreLostWithTheirHost() throws {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.spotPrice("eu-west-1a", from: "2026-10-01T00:00:00Z", rate: 50_000_000)
    try facts.instance(1, spot: true, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z", reclaimed: true)
    try facts.job([.init(on: 1, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z", .hostLost)])
    try facts.execute(
      """
      INSERT INTO volume (volume_id, account_region, instance_id, volume_type, size_gib, created_at_ms, deleted_at_ms,
        progress, digest)
        VALUES ('vol-1', 1, 'i-1', 'gp3', 372, \(ms("2026-10-19T10:00:00Z")), \(ms("2026-10-19T12:00:00Z")), 1, 1);
      INSERT INTO list_price VALUES ('eu-west-1', 'AmazonEC2', 'EBS:VolumeUsage.gp3', '', '', 0, 100000000, 'GB-Mo', 'price-list');
      """)
    try facts.build()
    let audit = try facts.rows("spot-audit")
    #expect(audit[0, "lost_usd"] == usd("0.2"))
    #expect(audit[0, "abandoned_usd"] == usd("0.2"))
    #expect(try facts.rows("retry-cost")[0, "cost_usd"] == usd("0.2"))
  }
}
