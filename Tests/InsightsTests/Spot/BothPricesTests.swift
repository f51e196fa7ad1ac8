import Accounting
import Domain
import Store
import Testing

@testable import Insights

/// Every query compares the same resources with On-Demand: those with both prices for all of their time.
@Suite struct BothPricesTests {
  /// Four Spot instances of two hours. c5.xlarge lists at $0.20, and costs $0.05 in zone a.
  ///
  ///     i-1  zone a: both prices                             cost 0.10   On-Demand 0.40
  ///     i-2  zone b: no Spot price                           –           left out
  ///     i-3  zone c: a Spot price of $0.06 from 11:00 on     cost 0.06   left out
  ///     i-4  m9.xlarge: no list price, $0.07                 cost 0.14   left out
  private static func account() throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.execute("INSERT INTO instance_type (name, milli_vcpus, memory_mib) VALUES ('m9.xlarge', 4000, 8192)")
    try facts.spotPrice("eu-west-1a", from: "2026-10-01T00:00:00Z", rate: 50_000_000)
    try facts.spotPrice("eu-west-1c", from: "2026-10-19T11:00:00Z", rate: 60_000_000)
    try facts.spotPrice("eu-west-1a", "m9.xlarge", from: "2026-10-01T00:00:00Z", rate: 70_000_000)
    for (id, type, zone) in [
      (1, "c5.xlarge", "a"), (2, "c5.xlarge", "b"), (3, "c5.xlarge", "c"), (4, "m9.xlarge", "a"),
    ] {
      try facts.instance(
        id, spot: true, type: type, zone: "eu-west-1\(zone)", "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z")
      try facts.job([.init(on: id, "2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z")])
    }
    try facts.build()
    return facts
  }

  @Test func totalsShowWhatIsComparedAndWhatIsLeftOut() throws {
    let totals = try Self.account().rows("totals")
    #expect(totals[0, "cost_usd"] == usd("0.3"))
    #expect(totals[0, "on_demand_usd"] == usd("0.4"))
    #expect(totals[0, "compared_usd"] == usd("0.1"))
    #expect(totals[0, "left_out_usd"] == usd("0.2"))
    #expect(totals[0, "unpriced_seconds"] == .real(10_800))
  }

  @Test func theSpotAuditComparesTheSame() throws {
    let audit = try Self.account().rows("spot-audit")
    #expect(audit[0, "on_demand_usd"] == usd("0.4"))
    #expect(audit[0, "compared_usd"] == usd("0.1"))
    #expect(audit[0, "left_out_usd"] == usd("0.2"))
    #expect(audit[0, "gross_usd"] == usd("0.3"))
  }

  @Test("FOCUS lists what cannot be compared at its cost: 0.40 + 0.20")
  func theExportListsTheSame() throws {
    let facts = try Self.account()
    let rows = try facts.rows("focus")
    var (listed, unlisted) = (Money.zero, Money.zero)
    for row in rows.rows.indices {
      if case .money(let list)? = rows[row, "list_cost_usd"] {
        listed += list
      } else if case .money(let cost)? = rows[row, "effective_cost_usd"] {
        unlisted += cost
      }
    }
    #expect(listed == Money(nanodollars: 400_000_000))
    #expect(unlisted == Money(nanodollars: 200_000_000))
    var text: [UInt8] = []
    _ = try facts.database.read {
      try FocusExport.write(
        $0, from: Day(year: 2026, month: 10, day: 19), to: Day(year: 2026, month: 10, day: 20), isSafe: true
      ) { text += $0 }
    }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map(Self.fields)
    let column = try #require(lines.first?.firstIndex(of: "ListCost"))
    let sum = lines.dropFirst().reduce(0) { $0 + (parseDecimal($1[column], places: 9) ?? .min) }
    #expect(sum == 600_000_000)
  }

  private static func fields(_ line: Substring) -> [String] {
    var (fields, quoted) = ([""], false)
    for character in line {
      if character == "\"" { quoted.toggle() }
      if character == ",", !quoted { fields.append("") } else { fields[fields.count - 1].append(character) }
    }
    return fields
  }

  @Test("By queue, day, job and attempt: nothing without a cost has a list price")
  func theOthersListNothingWithoutACost() throws {
    let facts = try Self.account()
    let attempts = try facts.rows("attempt-cost")
    #expect(
      attempts.rows.indices.map { [attempts[$0, "cost_usd"], attempts[$0, "on_demand_usd"]] } == [
        [usd("0.14"), .null], [usd("0.1"), usd("0.4")], [usd("0.06"), .null], [.null, .null],
      ])
    let instances = try facts.rows("instance-cost")
    #expect(
      instances.rows.indices.map { instances[$0, "on_demand_usd"] } == [.null, usd("0.4"), .null, .null])
    let jobs = try facts.rows("job-cost")
    let unpriced = jobs.rows.indices.filter { jobs[$0, "cost_usd"] == .null }
    #expect(unpriced.map { jobs[$0, "on_demand_usd"] } == [.null])
  }
}
