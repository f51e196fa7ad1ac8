import Accounting
import Domain
import Store
import TestSupport
import Testing

/// Volumes and public addresses. An instance runs two hours with 100 GiB of gp3 and an address: by the price list 2 ×
/// $0.10, 2 × $0.01 and 2 × $0.005; the bill has $0.0105 and $0.0044 an hour for the latter two.
@Suite struct AttachmentBills {
  typealias Row = SmallAccount

  private let interface = "arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-0a"

  private func account() throws -> SmallAccount {
    let account = try SmallAccount()
    try account.addAttachmentPrices()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T11:00:00Z")
    try account.addVolume("vol-0a", of: "i-0a", created: "2026-10-05T09:00:00Z")
    try account.addAddress("eni-0a", of: "i-0a")
    return account
  }

  private func instance(_ hour: String) -> String { Row.row("i-0a", hour, amount: "1", cost: "0.1") }
  private func volume(_ hour: String, _ cost: String = "0.0105") -> String {
    Row.row("vol-0a", hour, amount: "0.1344086022", cost: cost, item: "EU-EBS:VolumeUsage.gp3")
  }
  private func address(_ hour: String) -> String {
    Row.row(
      interface, hour, amount: "1", cost: "0.0044", item: "EU-PublicIPv4:InUseAddress", product: "AmazonVPC",
      publicCost: "0.005")
  }

  private func costs(_ database: Database) throws -> [String] {
    try database.lines(
      """
      SELECT r.kind, r.name, r.cost, r.on_demand, s.name, SUM(p.cost) FROM resource r
      JOIN posting p ON p.resource = r.id JOIN price_source s ON s.id = p.price_source
      GROUP BY r.id, s.name ORDER BY r.kind
      """)
  }

  @Test("Without lines for them, or without a bill, the estimates stand")
  func estimates() async throws {
    let account = try account()
    let estimated = [
      "address|i-0a public IPv4|10000000|10000000|price-list|10000000",
      "instance|i-0a|200000000|200000000|price-list|200000000", "volume|vol-0a|20000000|20000000|price-list|20000000",
    ]
    try Ledger.build(account.database)
    #expect(try costs(account.database) == estimated)
    let statement = try await account.reconcile([instance("2026-10-05T09"), instance("2026-10-05T10")])
    #expect(statement[1...2] == ["EBS volumes|1|-0.02", "Public IPv4 addresses|1|-0.01"])
    #expect(
      try costs(account.database) == [estimated[0], estimated[1].replacing("price-list", with: "bill"), estimated[2]])
  }

  @Test("Without a price, a volume is named by its type and an address by what it is")
  func withoutPrices() throws {
    let account = try account()
    try account.database.execute("DELETE FROM list_price WHERE item <> 'c5.large'")
    try Ledger.build(account.database)
    #expect(
      try account.database.lines("SELECT subject, message FROM ledger_finding WHERE check_name = 'unpriced' ORDER BY 1")
        == [
          "i-0a public IPv4|no list price for public IPv4 addresses in eu-west-1a",
          "vol-0a|no list price for EBS volumes of type gp3 in eu-west-1a",
        ])
  }

  @Test("The bill wins: its effective cost replaces the estimates, which are kept beside it, and everything adds up")
  func billWins() async throws {
    let account = try account()
    let statement = try await account.reconcile(
      ["2026-10-05T09", "2026-10-05T10"].flatMap { [instance($0), volume($0), address($0)] })
    #expect(
      statement == [
        "Ledger, as estimated|3|0.23", "EBS volumes|1|0.001", "Public IPv4 addresses|1|-0.0012",
        "Bill, effective cost of Batch|3|0.2298", "Bill, as invoiced for EC2, ECS and Savings Plans|-|0.2298",
      ])
    #expect(
      try costs(account.database) == [
        "address|i-0a public IPv4|8800000|8800000|bill|8800000", "instance|i-0a|200000000|200000000|bill|200000000",
        "volume|vol-0a|21000000|21000000|bill|21000000",
      ])
    #expect(
      try account.database.lines("SELECT name, cost, billed_ms FROM estimate_day ORDER BY name") == [
        "i-0a|200000000|7200000", "i-0a public IPv4|10000000|7200000", "vol-0a|20000000|7200000",
      ])
    let failures = try account.database.read { connection in try LedgerCheck.failures(connection) }
    #expect(failures.isEmpty)
  }

  @Test("Lines of one hour add up: size, and IOPS beyond what is included. An hour without a line costs nothing")
  func items() async throws {
    let account = try account()
    try account.addInstance("i-0b", launched: "2026-10-05T08:00:00Z", ended: "2026-10-05T12:00:00Z")
    try account.addVolume("vol-0b", of: "i-0b", created: "2026-10-05T08:20:00Z")
    func row(_ hour: String, _ cost: String, _ item: String) -> String {
      Row.row("vol-0b", hour, amount: "0.1", cost: cost, item: "EU-EBS:\(item)")
    }
    try await account.reconcile(
      ["2026-10-05T08", "2026-10-05T09", "2026-10-05T10", "2026-10-05T11"].map {
        Row.row("i-0b", $0, amount: "1", cost: "0.1")
      } + [
        row("2026-10-05T08", "0.0066666665", "VolumeUsage.gp3"), row("2026-10-05T08", "0.002", "VolumeP-IOPS.gp3"),
        row("2026-10-05T11", "0.01", "VolumeUsage.gp3"), row("2026-10-05T11", "0.003", "VolumeP-IOPS.gp3"),
      ])
    // 8:00 0.0086666665, rounded half to even 0.008666666; 11:00 0.013.
    #expect(
      try account.database.lines("SELECT cost, billed_ms FROM resource WHERE name = 'vol-0b'")
        == ["21666666|6000000"])
  }

  @Test("A volume that outlives its instance, or lacks its last line, keeps the estimate, with a finding")
  func partly() async throws {
    let account = try account()
    try account.addInstance("i-0b", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T11:00:00Z")
    try account.addVolume("vol-0b", of: "i-0b", created: "2026-10-05T09:00:00Z")
    try account.database.execute("UPDATE volume SET delete_on_termination = 0 WHERE volume_id = 'vol-0b'")
    try await account.reconcile([
      instance("2026-10-05T09"), instance("2026-10-05T10"), volume("2026-10-05T09"),
      volume("2026-10-05T09").replacing("vol-0a", with: "vol-0b"),
      volume("2026-10-05T10").replacing("vol-0a", with: "vol-0b"),
    ])
    #expect(
      try account.database.lines(
        "SELECT subject FROM ledger_finding WHERE check_name = 'bill-left-out' AND subject LIKE 'vol%' ORDER BY 1")
        == ["vol-0a", "vol-0b"])
    #expect(try costs(account.database).contains("volume|vol-0a|20000000|20000000|price-list|20000000"))
  }

  @Test("What was never collected is listed beside the bill's cost of Batch, under a name for each kind")
  func unknown() async throws {
    let account = try account()
    let statement = try await account.reconcile([
      instance("2026-10-05T09"), instance("2026-10-05T10"),
      volume("2026-10-05T09", "0.25").replacing("vol-0a", with: "vol-1"),
      address("2026-10-05T09").replacing("eni-0a", with: "eni-1"),
      Row.row("", "2026-10-05T09", amount: "2", cost: "0.5", item: "EU-DataTransfer-Out-Bytes"),
      Row.row("", "2026-10-05T09", amount: "2", cost: "0.03", item: "EU-EBS:SnapshotUsage"),
    ])
    #expect(
      statement.suffix(5) == [
        "Bill, effective cost of Batch|1|0.2", "Data transfer|-|0.5", "EBS volumes that nobody collected|-|0.28",
        "Public IPv4 addresses that nobody collected|-|0.0044",
        "Bill, as invoiced for EC2, ECS and Savings Plans|-|0.9844",
      ])
  }

  @Test("Whatever the lines and attempts, postings add up to the bill's rounded hours and none is negative: 60 seeds")
  func conservation() async throws {
    for seed in UInt64(1)...60 {
      var random = SeededGenerator(seed: seed)
      let account = try account()
      try account.addFargate()
      for number in 1...Int.random(in: 1...4, using: &random) {
        let start = Int.random(in: 0...100, using: &random)
        try account.addAttempt(
          number, on: "i-0a", milliVCPUs: Int.random(in: 500...2000, using: &random), from: start,
          to: start + Int.random(in: 0...20, using: &random))
      }
      var expected: Int64 = 0
      var rows = [instance("2026-10-05T09"), instance("2026-10-05T10")]
      for hour in ["2026-10-05T09", "2026-10-05T10"] {
        // In 10^-10 dollars: the last digit rounds half to even.
        let cost = Int64.random(in: 0...999_999_999, using: &random)
        let (whole, digit) = cost.quotientAndRemainder(dividingBy: 10)
        expected += whole + (digit > 5 || digit == 5 && whole % 2 == 1 ? 1 : 0)
        rows.append(volume(hour, "0." + String(String(10_000_000_000 + cost).dropFirst())))
      }
      try await account.reconcile(rows)
      #expect(
        try account.database.lines(
          """
          SELECT r.cost, SUM(p.cost), MIN(p.cost) >= 0 FROM resource r JOIN posting p ON p.resource = r.id
          WHERE r.kind = 'volume'
          """) == ["\(expected)|\(expected)|1"], "seed \(seed)")
      let failures = try account.database.read { connection in
        try LedgerCheck.failures(connection)
      }
      #expect(failures.isEmpty, "seed \(seed): \(failures.map(\.message))")
    }
  }

  @Test("A volume without a price in the ledger gets its price from the bill")
  func unpriced() async throws {
    let account = try account()
    try account.database.execute("DELETE FROM list_price WHERE item LIKE 'EBS%'")
    try await account.reconcile(
      ["2026-10-05T09", "2026-10-05T10"].flatMap { [instance($0), volume($0)] })
    #expect(
      try account.database.lines("SELECT cost, unpriced_ms FROM resource WHERE kind = 'volume'") == ["21000000|0"])
  }
}
