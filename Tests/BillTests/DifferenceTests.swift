import Accounting
import Collect
import Domain
import Store
import Testing

/// Small bills, each with one reason to differ from the ledger. The amounts were worked out by hand: c5.large is $0.10
/// an hour, on Spot $0.04 until 10:30 and $0.05 after.
@Suite struct Differences {
  typealias Row = SmallAccount

  /// The lines between the two totals.
  private func differences(_ statement: [String]) -> [String] {
    let start = statement.firstIndex { $0.hasPrefix("Ledger") } ?? 0
    let end = statement.firstIndex { $0.hasPrefix("Bill, effective") } ?? statement.count
    return Array(statement[start..<end].dropFirst())
  }

  @Test("A bill that matches the ledger has no differences, and wins")
  func agreement() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:15:00Z", ended: "2026-10-05T11:00:00Z")
    let statement = try await account.reconcile([
      Row.row("i-0a", "2026-10-05T09", amount: "0.75", cost: "0.0750000000"),
      Row.row("i-0a", "2026-10-05T10", amount: "1", cost: "0.1000000000"),
    ])
    #expect(statement.prefix(2) == ["Ledger, as estimated|1|0.175", "Bill, effective cost of Batch|1|0.175"])
    #expect(
      try account.database.rows("confidence", ["billed_usd", "price_list_usd"]) == ["0.175|0"])
  }

  @Test("LaunchTime is 36 s before billing began: $0.001 less")
  func start() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:14:24Z", ended: "2026-10-05T11:00:00Z")
    let statement = try await account.reconcile([
      Row.row("i-0a", "2026-10-05T09", amount: "0.75", cost: "0.075"),
      Row.row("i-0a", "2026-10-05T10", amount: "1", cost: "0.1"),
    ])
    #expect(differences(statement) == ["Start of billing known more exactly|1|-0.001"])
    #expect(try account.database.lines("SELECT start_source, stop_source FROM resource") == ["bill|ec2"])
  }

  @Test("An end that was never collected: the bill has an hour more")
  func lastSeen() async throws {
    let account = try SmallAccount()
    try account.addInstance(
      "i-0a", launched: "2026-10-05T09:15:00Z", ended: "2026-10-05T10:00:00Z", lastSeen: true)
    let statement = try await account.reconcile([
      Row.row("i-0a", "2026-10-05T09", amount: "0.75", cost: "0.075"),
      Row.row("i-0a", "2026-10-05T10", amount: "1", cost: "0.1"),
    ])
    // Only its launch is known: the ledger ends it there and bills the minimum of a minute.
    #expect(statement.first == "Ledger, as estimated|1|0.001666667")
    #expect(differences(statement) == ["End was known from the last attempt only|1|0.173333333"])
    #expect(try account.database.lines("SELECT cost FROM resource") == ["175000000"])
  }

  @Test(
    "A Savings Plan covers most hours of a day; the hours it does not cover count as On-Demand",
    arguments: [
      // (covered, not covered, days of purchase option, hours and nanodollars; 0 is On-Demand, 4 a Savings Plan)
      (["09", "10"], ["11"], "4", ["0|3600000|100000000", "4|7200000|144000000"]),
      (["10", "11"], ["09"], "4", ["0|3600000|100000000", "4|7200000|144000000"]),
      (["09", "11"], ["10"], "4", ["0|3600000|100000000", "4|7200000|144000000"]),
      (["10"], ["09", "11"], "0", ["0|7200000|200000000", "4|3600000|72000000"]),
    ])
  func mixedDay(covered: [String], other: [String], option: String, days: [String]) async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T12:00:00Z")
    try await account.reconcile(
      covered.map {
        Row.row(
          "i-0a", "2026-10-05T\($0)", amount: "1", cost: "0.1", type: "SavingsPlanCoveredUsage", publicCost: "0.1",
          effective: "0.072")
      } + other.map { Row.row("i-0a", "2026-10-05T\($0)", amount: "1", cost: "0.1", publicCost: "0.1") })
    #expect(try account.database.lines("SELECT purchase_option FROM resource") == [option])
    #expect(
      try account.database.lines("SELECT purchase_option, billed_ms, cost FROM resource_day ORDER BY 1") == days)
  }

  @Test("A Savings Plan covers half an hour: its rate, and the label of whatever covers most")
  func savingsPlan() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T11:00:00Z")
    let statement = try await account.reconcile([
      Row.row(
        "i-0a", "2026-10-05T09", amount: "1", cost: "0.1", type: "SavingsPlanCoveredUsage", publicCost: "0.1",
        effective: "0.072"),
      Row.row(
        "i-0a", "2026-10-05T10", amount: "0.25", cost: "0.025", type: "SavingsPlanCoveredUsage", publicCost: "0.025",
        effective: "0.018"),
      Row.row("i-0a", "2026-10-05T10", amount: "0.75", cost: "0.075", publicCost: "0.075"),
    ])
    #expect(
      statement == [
        "Ledger, as estimated|1|0.2", "Savings Plan rate|1|-0.035", "Bill, effective cost of Batch|1|0.165",
        "Covered usage: as invoiced, less its effective cost|-|0.035",
        "Bill, as invoiced for EC2, ECS and Savings Plans|-|0.2",
      ])
    #expect(
      try account.database.lines(
        """
        SELECT o.name, p.cost, p.on_demand, p.list_cost, p.ms FROM posting p
        JOIN purchase_option o ON o.id = p.purchase_option ORDER BY p.id
        """) == ["savings-plan|72000000|100000000|100000000|3600000", "on-demand|93000000|100000000|-|3600000"])
  }

  @Test("The price moves within the instance-hour and the bill follows it: named as another Spot price rule")
  func spotRule() async throws {
    let account = try SmallAccount()
    try account.addInstance(
      "i-0a", launched: "2026-10-05T09:45:00Z", ended: "2026-10-05T11:45:00Z", isSpot: true)
    // By instance-hour: 0.04 from 9:45, 0.05 from 10:45. From moment to moment: 0.05 from 10:30.
    let statement = try await account.reconcile([
      Row.row("i-0a", "2026-10-05T09", amount: "0.25", cost: "0.01", item: "EU-SpotUsage:c5.large"),
      Row.row("i-0a", "2026-10-05T10", amount: "1", cost: "0.045", item: "EU-SpotUsage:c5.large"),
      Row.row("i-0a", "2026-10-05T11", amount: "0.75", cost: "0.0375", item: "EU-SpotUsage:c5.large"),
    ])
    #expect(statement.first == "Ledger, as estimated|1|0.09")
    #expect(differences(statement) == ["Spot price rule|1|0.0025"])
    #expect(
      try account.database.rows("spot-price-rule", ["source", "moved", "fit_instance_hour", "fit_continuous"])
        == ["bill|1|0|1"])
  }

  @Test("What has no cause is called unexplained, and amounts that cancel out are not hidden")
  func unexplained() async throws {
    let account = try SmallAccount()
    for id in ["i-0a", "i-0b"] {
      try account.addInstance(id, launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    }
    let statement = try await account.reconcile([
      Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.11"),
      Row.row("i-0b", "2026-10-05T09", amount: "1", cost: "0.09"),
    ])
    #expect(differences(statement) == ["Unexplained|2|0"])
    #expect(try account.database.rows("bill-difference", ["absolute_usd"])[1] == "0.02")
  }

  @Test(
    "Half a second less on the bill: one second's cost, $0.100027796 ÷ 3,599, and three nanodollars are rounding",
    arguments: [("0.100027796", ["Rounding|1|0.000027796"]), ("0.100027797", ["Unexplained|1|0.000027797"])])
  func oneSecond(cost: String, expected: [String]) async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    let statement = try await account.reconcile([
      Row.row("i-0a", "2026-10-05T09", amount: "0.9998611111", cost: cost)
    ])
    #expect(differences(statement) == expected)
  }

  @Test("A negotiated price shows in the bill's own public cost")
  func negotiated() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    let statement = try await account.reconcile([
      Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.09", publicCost: "0.1")
    ])
    #expect(differences(statement) == ["Negotiated rate|1|-0.01"])
  }

  @Test("Instances that are not Batch's, unknown, or older than the first collection; and lines that are nobody's")
  func strangers() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    try account.addInstance("i-0web", launched: "2026-10-05T09:00:00Z", isBatch: false)
    let mark = #"{"aws_batch_compute_environment":"spot"}"#
    let statement = try await account.reconcile([
      Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1"),
      Row.row("i-0early", "2026-10-04T09", amount: "1", cost: "0.2", tags: mark),
      Row.row("i-0late", "2026-10-05T10", amount: "1", cost: "0.3", tags: mark),
      Row.row("i-0web", "2026-10-05T09", amount: "1", cost: "0.4"),
      Row.row("i-0other", "2026-10-05T09", amount: "1", cost: "0.5"),
      Row.row("i-0a", "2026-10-05T09", amount: "3", cost: "0.05", item: "EU-CPUCredits:t3"),
      Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "-0.02", type: "Credit"),
      Row.row("", "2026-10-05T09", amount: "", cost: "7", type: "Tax"),
      Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "9", product: "AmazonS3"),
    ])
    #expect(
      statement == [
        "Ledger, as estimated|3|0.1", "Billed before the first collection|1|0.2",
        "Batch's, but unknown to the collector|1|0.3", "Bill, effective cost of Batch|3|0.6", "Credits|-|-0.02",
        "Tax|-|7", "Instances that are not Batch's|1|0.9", "CPU credits|-|0.05",
        "Bill, as invoiced for EC2, ECS and Savings Plans|-|8.53",
      ])
  }

  @Test("Lines missing near the bill's end are still to come; earlier ones are missing. The estimate stands")
  func missing() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-02T09:00:00Z", ended: "2026-10-02T10:00:00Z")
    try account.addInstance("i-0b", launched: "2026-10-06T09:00:00Z", ended: "2026-10-06T10:00:00Z")
    try account.addInstance("i-0c", launched: "2026-10-01T09:00:00Z", ended: "2026-10-01T10:00:00Z")
    try account.addInstance("i-0d", launched: "2026-10-06T20:00:00Z", ended: "2026-10-06T21:00:00Z")
    let statement = try await account.reconcile([
      Row.row("i-0c", "2026-10-01T09", amount: "1", cost: "0.1"),
      Row.row("i-0d", "2026-10-06T20", amount: "1", cost: "0.1"),
    ])
    #expect(
      differences(statement) == ["Not yet in the bill|1|-0.1", "In the ledger, not in the bill|1|-0.1"])
    #expect(
      try account.database.rows("confidence", ["billed_usd", "price_list_usd"]) == ["0.2|0.2"])
  }

  @Test("A restated bill: the second import's change is named")
  func restated() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    try await account.reconcile([Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1")])
    let statement = try await account.reconcile([Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.12")])
    #expect(differences(statement) == ["Restated by a later bill|1|0.02"])
    #expect(try account.database.lines("SELECT version, rows FROM bill") == ["2|1"])
    #expect(try account.database.lines("SELECT COUNT(*) FROM bill_line") == ["1"])
  }

  @Test("No price was collected, but the bill has one")
  func unpriced() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    try account.database.execute("DELETE FROM list_price")
    let statement = try await account.reconcile([Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1")])
    #expect(differences(statement) == ["No price known to the ledger|1|0.1"])
    #expect(try account.database.lines("SELECT cost, unpriced_ms FROM resource") == ["100000000|0"])
  }
}
