import Domain
import Store
import TestSupport
import Testing

@testable import Accounting

/// Instances with only some hours in the bill: those cost what the bill says, the others keep the estimate.
@Suite struct PartlyBilled {
  private typealias Row = SmallAccount

  private func findings(_ account: SmallAccount) throws -> [String] {
    try account.database.lines(
      "SELECT subject, amount_ms FROM ledger_finding WHERE check_name = 'partly-billed' ORDER BY subject")
  }

  private func days(_ account: SmallAccount, _ name: String) throws -> [String] {
    try account.database.lines(
      """
      SELECT k.date, SUM(p.cost) FROM posting p JOIN resource r ON r.id = p.resource JOIN calendar k ON k.day = p.day
      WHERE r.name = '\(name)' GROUP BY k.date ORDER BY k.date
      """)
  }

  @Test("Two hours at $0.10 before the billed time, then $0.09 and $0.08 from the bill")
  func beginsBefore() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-04T22:00:00Z", ended: "2026-10-05T02:00:00Z")
    let statement = try await account.reconcile([
      Row.row("i-0a", "2026-10-05T00", amount: "1", cost: "0.09"),
      Row.row("i-0a", "2026-10-05T01", amount: "1", cost: "0.08"),
    ])
    #expect(statement.prefix(1) == ["Ledger, as estimated|1|0.2"])
    #expect(statement.contains("Bill, effective cost of Batch|1|0.17"))
    #expect(try days(account, "i-0a") == ["2026-10-04|200000000", "2026-10-05|170000000"])
    #expect(try account.database.lines("SELECT SUM(cost) FROM estimate_day") == ["400000000"])
    #expect(try account.database.rows("confidence", ["billed_usd", "price_list_usd"]) == ["0.17|0.2"])
    #expect(try findings(account) == ["i-0a|7200000"])
    #expect(try account.database.read { try BillExplanation(of: "i-0a", $0) }.reach == .part)
  }

  @Test("On Spot at $0.04 from 22:30: an hour and a half estimated, ending halfway through an instance-hour")
  func cutsAnInstanceHour() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-04T22:30:00Z", ended: "2026-10-05T02:10:00Z", isSpot: true)
    try await account.reconcile([
      Row.row("i-0a", "2026-10-05T00", amount: "1", cost: "0.05", item: "EU-SpotUsage:c5.large"),
      Row.row("i-0a", "2026-10-05T01", amount: "1", cost: "0.05", item: "EU-SpotUsage:c5.large"),
      Row.row("i-0a", "2026-10-05T02", amount: "0.1666666667", cost: "0.01", item: "EU-SpotUsage:c5.large"),
    ])
    #expect(try days(account, "i-0a") == ["2026-10-04|60000000", "2026-10-05|110000000"])
  }

  @Test("Running on after its last line: the bill for 9 and 10, the estimate from 11 to 13, though others are billed")
  func linesAreMissing() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T13:00:00Z")
    try account.addInstance("i-0b", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T14:00:00Z")
    try await account.reconcile(
      [
        Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.09"),
        Row.row("i-0a", "2026-10-05T10", amount: "1", cost: "0.09"),
      ] + (9...13).map { Row.row("i-0b", "2026-10-05T\($0 == 9 ? "09" : "\($0)")", amount: "1", cost: "0.1") })
    #expect(
      try account.database.lines("SELECT name, cost FROM resource ORDER BY name")
        == ["i-0a|380000000", "i-0b|500000000"])
    #expect(try findings(account) == ["i-0a|7200000"])
  }

  @Test("Billed hours carry the commitment that covers them, estimated hours the instance's own option")
  func options() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-04T23:00:00Z", ended: "2026-10-05T01:00:00Z")
    try await account.reconcile([
      Row.row(
        "i-0a", "2026-10-05T00", amount: "1", cost: "0.1", type: "SavingsPlanCoveredUsage", publicCost: "0.1",
        effective: "0.07")
    ])
    #expect(
      try account.database.lines(
        """
        SELECT o.name, SUM(p.cost) FROM posting p JOIN purchase_option o ON o.id = p.purchase_option
        GROUP BY o.name ORDER BY o.name
        """) == ["on-demand|100000000", "savings-plan|70000000"])
  }

  /// 2,000 seeds: charges cover the life without a gap; billed parts add up to the bill, estimated parts to the rate
  /// for the unbilled time.
  @Test func conservation() {
    let zero = Instant("2026-10-05T00:00:00Z")?.milliseconds ?? 0
    let rate = PriceHistory([(at: Instant(milliseconds: 0), rate: Rate(nanodollarsPerHour: 96_000_000))])
    let terms = InstanceTerms(market: .onDemand, onDemand: rate)
    for seed in UInt64(1)...2000 {
      var random = SeededGenerator(seed: seed)
      let start = zero + Int64.random(in: 0...20_000, using: &random) * 1000
      let life = TimeSpan(
        Instant(milliseconds: start),
        Instant(milliseconds: start + Int64.random(in: 7_200...200_000, using: &random) * 1000))
      var stretches: [BilledStretch] = []
      var hour = Int64.random(in: 0...8, using: &random)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let hours = (hour...(hour + Int64.random(in: 0...9, using: &random))).map { index in
          let from = Instant(milliseconds: zero + index * 3_600_000)
          return BilledHour(
            span: TimeSpan(from, Instant(milliseconds: from.milliseconds + 3_600_000)), usedMilliseconds: 3_600_000,
            effective: ExactMoney(nanodollars: Int64.random(in: 0...90_000_000, using: &random)), commitment: nil,
            planSaving: .zero, reservationSaving: .zero, negotiated: .zero)
        }
        hour += Int64(hours.count) + Int64.random(in: 1...9, using: &random)
        let window = TimeSpan(hours[0].span.start, hours[hours.count - 1].span.end)
        let own = hours.filter { $0.span.start < life.end && life.start < $0.span.end }
        if let stretch = BilledStretch(life, own, exact: life, window: window, isLate: false) {
          stretches.append(stretch)
        }
      }
      let charges = stretches.charges(among: terms.charges(over: stretches.life(life)), onDemand: rate)
      #expect(charges.first?.span.start == life.start && charges.last?.span.end == life.end, "seed \(seed)")
      #expect(zip(charges, charges.dropFirst()).allSatisfy { $0.span.end == $1.span.start }, "seed \(seed)")
      let billed = charges.filter { $0.source == .bill }.reduce(Money.zero) { $0 + ($1.cost ?? .zero) }
      let said = stretches.flatMap(\.hours).reduce(Money.zero) { $0 + $1.effective.rounded }
      #expect(billed == said, "seed \(seed)")
      let others = charges.filter { $0.source != .bill }
      let time = others.reduce(0) { $0 + $1.span.milliseconds }
      let cost = others.reduce(0) { $0 + ($1.cost?.nanodollars ?? 0) }
      #expect(abs(cost - 96_000_000 * time / 3_600_000) <= Int64(2 * others.count + 1), "seed \(seed)")
    }
  }
}
