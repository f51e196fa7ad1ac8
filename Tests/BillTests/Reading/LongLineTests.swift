import Accounting
import Domain
import Store
import Testing

@testable import Collect

/// Lines for a day or a month, as daily or monthly CURs and FOCUS have them: they say how long a resource was used, but
/// not when. c5.large is $0.10 an hour, on Spot $0.04 until 10:30 on 5 October and $0.05 after.
@Suite struct LongLines {
  typealias Row = SmallAccount

  /// A row of usage from one midnight to another, by default for the whole month.
  private func line(
    _ id: String, _ start: String = "2026-10-01", _ end: String = "2026-11-01", amount: String, cost: String,
    item: String = "EU-BoxUsage:c5.large", product: String = "AmazonEC2", type: String = "Usage",
    publicCost: String = "", effective: String = ""
  ) -> String {
    Row.row(
      id, "2026-10-01T00", amount: amount, cost: cost, type: type, item: item, product: product,
      publicCost: publicCost, effective: effective
    )
    .replacing("2026-10-01T00:00:00Z,2026-10-01T01:00:00Z", with: "\(start)T00:00:00Z,\(end)T00:00:00Z")
  }

  private func days(_ account: SmallAccount) throws -> [String] {
    try account.database.rows("reconciliation", ["day", "ledger_usd", "billed_usd", "why", "unexplained_usd"])
  }

  private func unexplained(_ account: SmallAccount) throws -> [String] {
    try account.database.lines(
      """
      SELECT SUM(ABS(d.amount)) FROM bill_difference d JOIN difference_kind k ON k.id = d.kind WHERE k.explained = 0
      """)
  }

  private func costs(_ account: SmallAccount) throws -> [String] {
    try account.database.lines("SELECT day, billed_ms, cost FROM resource_day ORDER BY day").map {
      $0.split(separator: "|").dropFirst().joined(separator: "|")
    }
  }

  @Test("One line for the month, of an instance that ran from 22:00 to 02:00: both days agree")
  func month() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T22:00:00Z", ended: "2026-10-06T02:00:00Z")
    let statement = try await account.reconcile([line("i-0a", amount: "4", cost: "0.4")])
    #expect(statement.prefix(2) == ["Ledger, as estimated|1|0.4", "Bill, effective cost of Batch|1|0.4"])
    #expect(try days(account) == ["2026-10-05|0.2|0.2|-|0", "2026-10-06|0.2|0.2|-|0"])
    #expect(try costs(account) == ["7200000|200000000", "7200000|200000000"])
    #expect(try account.database.read(LedgerCheck.failures).isEmpty)
  }

  @Test("A negotiated price of nine tenths, in daily and monthly lines")
  func negotiated() async throws {
    for rows in [
      [line("i-0a", amount: "5", cost: "0.45", publicCost: "0.5")],
      [
        line("i-0a", "2026-10-05", "2026-10-06", amount: "2", cost: "0.18", publicCost: "0.2"),
        line("i-0a", "2026-10-06", "2026-10-07", amount: "3", cost: "0.27", publicCost: "0.3"),
      ],
    ] {
      let account = try SmallAccount()
      try account.addInstance("i-0a", launched: "2026-10-05T22:00:00Z", ended: "2026-10-06T03:00:00Z")
      let statement = try await account.reconcile(rows)
      #expect(
        statement == [
          "Ledger, as estimated|1|0.5", "Negotiated rate|1|-0.05", "Bill, effective cost of Batch|1|0.45",
          "Bill, as invoiced for EC2, ECS and Savings Plans|-|0.45",
        ])
      #expect(
        try days(account) == [
          "2026-10-05|0.2|0.18|Negotiated rate|0", "2026-10-06|0.3|0.27|Negotiated rate|0",
        ])
      #expect(try costs(account) == ["7200000|180000000", "10800000|270000000"])
    }
  }

  @Test("An amount without a cause is unexplained once, not as two amounts that cancel out")
  func unexplained() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T22:00:00Z", ended: "2026-10-06T02:00:00Z")
    let statement = try await account.reconcile([line("i-0a", amount: "4", cost: "0.48")])
    #expect(statement[1] == "Unexplained|1|0.08")
    #expect(try unexplained(account) == ["80000000"])
  }

  @Test("The Spot price moved within the month: the bill's own rule is named")
  func spotRule() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:45:00Z", ended: "2026-10-06T00:45:00Z", isSpot: true)
    // By instance-hour 1 × 0.04 and 14 × 0.05; from moment to moment 0.75 × 0.04 and 14.25 × 0.05.
    let statement = try await account.reconcile([
      line("i-0a", amount: "15", cost: "0.7425", item: "EU-SpotUsage:c5.large")
    ])
    #expect(statement[0...1] == ["Ledger, as estimated|1|0.74", "Spot price rule|1|0.0025"])
    #expect(try unexplained(account) == ["-"])
  }

  @Test("Lines of two months for an instance that ran across their boundary")
  func twoMonths() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-31T23:00:00Z", ended: "2026-11-01T02:00:00Z")
    try account.database.execute("UPDATE collection SET as_of_ms = \(Row.time("2026-11-03T00:00:00Z"))")
    let statement = try await account.reconcile([
      line("i-0a", amount: "1", cost: "0.1"),
      line("i-0a", "2026-11-01", "2026-12-01", amount: "2", cost: "0.2")
        .replacing("2026-10-01T00:00:00.000Z", with: "2026-11-01T00:00:00.000Z"),
    ])
    #expect(statement.prefix(2) == ["Ledger, as estimated|1|0.3", "Bill, effective cost of Batch|1|0.3"])
    #expect(try days(account) == ["2026-10-31|0.1|0.1|-|0", "2026-11-01|0.2|0.2|-|0"])
  }

  @Test(
    "A month's line written while the instance still ran: the estimate fills in what it lacks",
    arguments: ["2026-10-07T00:00:00Z", nil])
  func partOfAMonth(ended: String?) async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T00:00:00Z", ended: ended)
    try account.database.execute("UPDATE collection SET as_of_ms = \(Row.time("2026-10-07T00:00:00Z"))")
    // 30 hours at $0.09, and 18 at $0.10 that the bill does not have yet.
    let statement = try await account.reconcile([line("i-0a", amount: "30", cost: "2.7", publicCost: "3")])
    #expect(
      statement.prefix(4) == [
        "Ledger, as estimated|1|4.8", "Negotiated rate|1|-0.3", "In the ledger, not in the bill|1|-1.8",
        "Bill, effective cost of Batch|1|2.7",
      ])
    #expect(try account.database.lines("SELECT cost, billed_ms FROM resource") == ["4500000000|172800000"])
    #expect(try costs(account) == ["86400000|2160000000", "86400000|2340000000"])
    #expect(try unexplained(account) == ["-"])
    #expect(try account.database.read(LedgerCheck.failures).isEmpty)
  }

  @Test("A day's line written at noon")
  func partOfADay() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T20:00:00Z", ended: "2026-10-06T12:00:00Z")
    let statement = try await account.reconcile([
      line("i-0a", "2026-10-05", "2026-10-06", amount: "4", cost: "0.4"),
      line("i-0a", "2026-10-06", "2026-10-07", amount: "5", cost: "0.5"),
    ])
    #expect(
      statement.prefix(3) == [
        "Ledger, as estimated|1|1.6", "Not yet in the bill|1|-0.7", "Bill, effective cost of Batch|1|0.9",
      ])
    #expect(try account.database.lines("SELECT cost, stop_source FROM resource") == ["1600000000|ec2"])
  }

  @Test("A Savings Plan covers part of the month's time")
  func savingsPlan() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T22:00:00Z", ended: "2026-10-06T02:00:00Z")
    let statement = try await account.reconcile([
      line(
        "i-0a", amount: "3", cost: "0.3", type: "SavingsPlanCoveredUsage", publicCost: "0.3", effective: "0.216"),
      line("i-0a", amount: "1", cost: "0.1", publicCost: "0.1"),
    ])
    #expect(statement[1...2] == ["Savings Plan rate|1|-0.084", "Bill, effective cost of Batch|1|0.316"])
    #expect(try unexplained(account) == ["-"])
  }

  @Test("A corrected monthly line is named as restated, on the instance's days")
  func restated() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T22:00:00Z", ended: "2026-10-06T02:00:00Z")
    try await account.reconcile([line("i-0a", amount: "4", cost: "0.4")])
    let statement = try await account.reconcile([line("i-0a", amount: "4", cost: "0.44")])
    #expect(statement[1] == "Restated by a later bill|1|0.04")
    #expect(try unexplained(account) == ["-"])
  }

  @Test("A month's line for a volume, and one for a Fargate task")
  func others() async throws {
    let account = try SmallAccount()
    try account.addAttachmentPrices()
    try account.addFargate()
    try account.addInstance("i-0a", launched: "2026-10-05T23:00:00Z", ended: "2026-10-06T01:00:00Z")
    try account.addVolume("vol-0a", of: "i-0a", created: "2026-10-05T23:00:00Z")
    try account.addTask(1, "2026-10-05T23:30:00Z", "2026-10-06T00:30:00Z")
    let task = "arn:aws:ecs:eu-west-1:111122223333:task/AWSBatch-fargate-1/\(Row.taskID(1))"
    let statement = try await account.reconcile([
      line("i-0a", amount: "2", cost: "0.2"),
      line("vol-0a", amount: "0.2688172043", cost: "0.021", item: "EU-EBS:VolumeUsage.gp3"),
      line(task, amount: "2", cost: "0.08", item: "EU-Fargate-vCPU-Hours:perCPU", product: "AmazonECS"),
      line(task, amount: "4", cost: "0.02", item: "EU-Fargate-GB-Hours", product: "AmazonECS"),
    ])
    #expect(statement[0...1] == ["Ledger, as estimated|3|0.32", "EBS volumes|1|0.001"])
    #expect(
      try account.database.lines("SELECT amount FROM bill_difference ORDER BY day") == ["500000", "500000"])
    #expect(
      try account.database.lines("SELECT kind, cost FROM resource ORDER BY kind") == [
        "fargate-task|100000000", "instance|200000000", "volume|21000000",
      ])
  }

  @Test("A capacity reservation's idle hours of a month fall on the days it stood idle")
  func reservation() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T18:00:00Z", ended: "2026-10-05T22:00:00Z")
    try account.database.execute(
      """
      UPDATE instance_description SET capacity_reservation = 'cr-0a';
      INSERT INTO capacity_reservation VALUES ('cr-0a', 1, 'c5.large', 'Linux/UNIX', 'eu-west-1a', 'default', 'expired', 1, 0,
        \(Row.time("2026-10-05T18:00:00Z")), \(Row.time("2026-10-06T06:00:00Z")), \(Row.time("2026-10-05T18:00:00Z")),
        'default', NULL, 0, 1, 1, NULL);
      INSERT INTO reservation_state VALUES ('cr-0a', \(Row.time("2026-10-06T06:00:00Z")), 1, 1, NULL);
      """)
    // Idle for two hours and for six, at $0.08 in the bill.
    let statement = try await account.reconcile([
      line("i-0a", amount: "4", cost: "0.4"),
      line("cr-0a", amount: "8", cost: "0.64", item: "EU-UnusedBox:c5.large"),
    ])
    #expect(
      statement.prefix(3) == [
        "Ledger, as estimated|1|1.2", "Capacity reservation hours that no instance used|-|-0.16",
        "Bill, effective cost of Batch|1|1.04",
      ])
    #expect(
      try account.database.lines(
        "SELECT d.cost FROM resource_day d JOIN resource r ON r.id = d.resource WHERE r.name = 'cr-0a' ORDER BY d.day")
        == ["160000000", "480000000"])
  }

  @Test("FOCUS with a charge period of a month")
  func focus() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T22:00:00Z", ended: "2026-10-06T02:00:00Z")
    let statement = try await account.reconcile(
      [
        "999900001111,111122223333,2026-10-01T00:00:00Z,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,"
          + "Amazon Elastic Compute Cloud,i-0a,Usage,Standard,4,Hours,USD,0.36,0.36,0.4,EU-BoxUsage:c5.large"
      ],
      header:
        "BillingAccountId,SubAccountId,BillingPeriodStart,ChargePeriodStart,ChargePeriodEnd,ServiceName,ResourceId,"
        + "ChargeCategory,PricingCategory,ConsumedQuantity,ConsumedUnit,BillingCurrency,BilledCost,EffectiveCost,ListCost,"
        + "x_UsageType")
    #expect(
      statement.prefix(3) == [
        "Ledger, as estimated|1|0.4", "Negotiated rate|1|-0.04", "Bill, effective cost of Batch|1|0.36",
      ])
    #expect(try unexplained(account) == ["-"])
  }
}
