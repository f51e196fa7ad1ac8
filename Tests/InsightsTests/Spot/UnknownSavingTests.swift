import Domain
import Store
import Testing

/// What Spot saved is unknown where no On-Demand price is, and known where Spot cost nothing.
@Suite struct UnknownSavingTests {
  /// Two hours of an m9.xlarge, which has no list price, at $0.07.
  @Test func withoutAnOnDemandPrice() throws {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.execute("INSERT INTO instance_type (name, milli_vcpus, memory_mib) VALUES ('m9.xlarge', 4000, 8192)")
    try facts.spotPrice("eu-west-1a", "m9.xlarge", from: "2026-10-01T00:00:00Z", rate: 70_000_000)
    try facts.instance(1, spot: true, type: "m9.xlarge", "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z")
    try facts.job([.init(on: 1, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z")])
    try facts.build()
    let audit = try facts.rows("spot-audit")
    #expect(audit[0, "spot_usd"] == usd("0.14"))
    #expect(audit[0, "resources"] == .integer(1))
    for column in ["on_demand_usd", "gross_usd", "net_usd", "net_share", "break_even"] {
      #expect(audit[0, column] == .null, "\(column)")
    }
    #expect(try facts.rows("headline", from: "2026-10-19", to: "2026-10-20")[0, "net_saving_usd"] == .null)
    #expect(try facts.rows("cost-by-week")[0, "net_saving_usd"] == .null)
    let pools = try facts.rows("spot-net-by-pool")
    #expect(pools[0, "cost_usd"] == usd("0.14"))
    #expect(pools[0, "gross_usd"] == .null)
    #expect(pools[0, "net_usd"] == .null)
    #expect(try facts.rows("spot-bridge").rows.isEmpty)
  }

  @Test func nothingOnSpot() throws {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.instance(1, spot: false, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z")
    try facts.job([.init(on: 1, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z")])
    try facts.build()
    let audit = try facts.rows("spot-audit")
    #expect(audit[0, "resources"] == .integer(0))
    #expect(audit[0, "spot_share"] == .null)
    #expect(audit[0, "net_usd"] == usd("0"))
  }
}
