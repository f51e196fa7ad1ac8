import Accounting
import Domain
import Store
import Testing

@testable import Collect

/// Capacity Blocks: one fee, borne by the block's instances.
@Suite struct CapacityBlocks {
  typealias Row = SmallAccount

  private let account: SmallAccount

  init() throws {
    account = try SmallAccount()
  }

  private func addInstance(_ id: String, _ launched: String, _ ended: String) throws {
    try account.addInstance(id, launched: launched, ended: ended)
    try account.database.execute(
      "UPDATE instance_description SET lifecycle = 'capacity-block' WHERE instance_id = '\(id)'")
  }

  /// $24 for 6:00 to 14:00 on 5 October: $3 an hour.
  private let fee = Row.row(
    "arn:aws:ec2:eu-west-1:111122223333:capacity-reservation/cr-0a", "2026-10-05T06", amount: "1", cost: "24",
    type: "Fee", item: "EU-CapacityBlockFee:c5.large"
  ).replacing("2026-10-05T07:00:00Z", with: "2026-10-05T14:00:00Z")

  private func costs() throws -> [String] {
    try account.database.lines("SELECT name, cost FROM resource WHERE kind = 'instance' ORDER BY name")
  }

  private func differences() throws -> [String] {
    try account.database.lines(
      """
      SELECT k.name, SUM(d.amount) FROM bill_difference d JOIN difference_kind k ON k.id = d.kind
      WHERE k.name <> 'Capacity Block fee' GROUP BY k.name ORDER BY 1
      """)
  }

  @Test("An instance without a lifecycle is in the block that its reservation is")
  func reservationOfABlock() async throws {
    try account.addInstance("i-0a", launched: "2026-10-05T07:00:00Z", ended: "2026-10-05T13:00:00Z")
    try account.database.execute(
      """
      UPDATE instance_description SET capacity_reservation = 'cr-0a';
      INSERT INTO capacity_reservation (reservation_id, account_region, kind, progress, digest)
        VALUES ('cr-0a', 1, 'capacity-block', 0, 0)
      """)
    try Ledger.build(account.database)
    #expect(try costs() == ["i-0a|-"])
    _ = try await account.reconcile([fee])
    #expect(try costs() == ["i-0a|24000000000"])
  }

  @Test("One instance for six of eight hours bears the whole fee, two hours of it unused, with $0 lines or none")
  func one() async throws {
    try addInstance("i-0a", "2026-10-05T07:00:00Z", "2026-10-05T13:00:00Z")
    let lines = (7...12).map {
      Row.row("i-0a", "2026-10-05T\($0 < 10 ? "0" : "")\($0)", amount: "1", cost: "0", publicCost: "0.1")
    }
    for rows in [[fee], [fee] + lines] {
      let statement = try await account.reconcile(rows)
      #expect(try costs() == ["i-0a|24000000000"])
      #expect(try differences() == ["Capacity Block hours that no instance used|6000000000"])
      #expect(statement.contains("Capacity Block hours that no instance used|-|6"))
      #expect(
        statement.suffix(2) == [
          "Bill, effective cost of Batch|1|24", "Bill, as invoiced for EC2, ECS and Savings Plans|-|24",
        ])
      // Nothing ran on it: 18 of the 24 are idle, and 6 are reserved without an instance.
      #expect(
        try account.database.lines("SELECT account, SUM(cost) FROM posting GROUP BY 1 ORDER BY 1") == [
          "6|18000000000", "7|6000000000",
        ])
    }
  }

  @Test(
    "A line about another time than the block's, or about a month, leaves the hours to the instances in the reservation",
    arguments: [
      ("2026-10-05T06:00:00Z", "2026-10-05T06:00:01Z"), ("2026-10-01T08:00:00Z", "2026-10-01T09:00:00Z"),
      ("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"),
    ])
  func purchasedBefore(_ start: String, _ end: String) async throws {
    try addInstance("i-0a", "2026-10-05T07:00:00Z", "2026-10-05T13:00:00Z")
    try account.database.execute("UPDATE instance_description SET capacity_reservation = 'cr-0a'")
    try await account.reconcile([
      fee.replacing("2026-10-05T06:00:00Z", with: start).replacing("2026-10-05T14:00:00Z", with: end)
    ])
    #expect(try costs() == ["i-0a|24000000000"])
    #expect(try differences() == [])
  }

  @Test("The reservation that a fee names tells its instances, whatever type the fee names")
  func otherType() async throws {
    try addInstance("i-0a", "2026-10-05T07:00:00Z", "2026-10-05T13:00:00Z")
    try account.database.execute("UPDATE instance_description SET capacity_reservation = 'cr-0a'")
    try await account.reconcile([fee.replacing("CapacityBlockFee:c5.large", with: "CapacityBlockFee:u-p6e-gb200x72")])
    #expect(try costs() == ["i-0a|24000000000"])
  }

  @Test("A fee that names no resource goes to the block's type and account")
  func withoutResource() async throws {
    try addInstance("i-0a", "2026-10-05T07:00:00Z", "2026-10-05T13:00:00Z")
    try await account.reconcile([
      fee.replacing("arn:aws:ec2:eu-west-1:111122223333:capacity-reservation/cr-0a", with: "")
    ])
    #expect(try costs() == ["i-0a|24000000000"])
    #expect(try differences() == ["Capacity Block hours that no instance used|6000000000"])
  }

  @Test("$0 lines whose fee is in another month's bill are unpriced, and no negotiated rate is assumed")
  func feeElsewhere() async throws {
    try addInstance("i-0a", "2026-10-05T07:00:00Z", "2026-10-05T09:00:00Z")
    let lines = ["07", "08"].map { Row.row("i-0a", "2026-10-05T\($0)", amount: "1", cost: "0", publicCost: "0.1") }
    try await account.reconcile(lines)
    #expect(try costs() == ["i-0a|-"])
    #expect(try differences().isEmpty)
    #expect(
      try account.database.lines("SELECT subject, message FROM ledger_finding WHERE check_name = 'unpriced'") == [
        "i-0a|in a Capacity Block, which is paid for by a fee at purchase: only the bill has the cost"
      ])
  }

  @Test("Hours without an instance have their own kind, on the days they fall on")
  func days() async throws {
    // $24 for 24 hours from 18:00: one instance from 20:00 to 2:00.
    let night = fee.replacing("2026-10-05T06:00:00Z", with: "2026-10-05T18:00:00Z")
      .replacing("2026-10-05T14:00:00Z", with: "2026-10-06T18:00:00Z")
    try addInstance("i-0a", "2026-10-05T20:00:00Z", "2026-10-06T02:00:00Z")
    try await account.reconcile([night])
    #expect(
      try account.database.lines(
        """
        SELECT c.date, a.name, SUM(p.cost), SUM(p.ms) FROM posting p JOIN ledger_account a ON a.id = p.account
        JOIN calendar c ON c.day = p.day GROUP BY 1, 2 ORDER BY 1, 2
        """) == [
          "2026-10-05|unused.idle|4000000000|14400000", "2026-10-05|unused.reserved|2000000000|7200000",
          "2026-10-06|unused.idle|2000000000|7200000", "2026-10-06|unused.reserved|16000000000|57600000",
        ])
    #expect(try account.database.read(LedgerCheck.failures).isEmpty)
  }

  @Test("Described as four instances from 6:00 to 10:00, the block ran two throughout: half of the fee is unused")
  func described() async throws {
    try addInstance("i-0a", "2026-10-05T06:00:00Z", "2026-10-05T10:00:00Z")
    try addInstance("i-0b", "2026-10-05T06:00:00Z", "2026-10-05T10:00:00Z")
    // It belongs to another block.
    try addInstance("i-0c", "2026-10-05T06:00:00Z", "2026-10-05T10:00:00Z")
    let (start, end) = (SmallAccount.time("2026-10-05T06:00:00Z"), SmallAccount.time("2026-10-05T10:00:00Z"))
    let rest = "\(start), \(end), \(start), 'capacity-block'"
    try account.database.execute(
      """
      UPDATE instance_description SET capacity_reservation = CASE instance_id WHEN 'i-0c' THEN 'cr-9' ELSE 'cr-0a' END;
      INSERT INTO capacity_reservation VALUES
        ('cr-0a', 1, 'c5.large', 'Linux/UNIX', 'eu-west-1a', 'default', 'expired', 2, 0, \(rest), 'cb-1', 0, 1, 1, NULL),
        ('cr-0b', 1, 'c5.large', 'Linux/UNIX', 'eu-west-1a', 'default', 'expired', 2, 0, \(rest), NULL, 0, 1, 1, NULL);
      INSERT INTO capacity_block VALUES ('cb-1', 1, 'eu-west-1a', 'expired', \(start), \(end), '["cr-0a","cr-0b"]', 1, 1)
      """)
    try await account.reconcile([fee.replacing("capacity-reservation/cr-0a", with: "capacity-block/cb-1")])
    #expect(try costs() == ["i-0a|6000000000", "i-0b|18000000000", "i-0c|-"])
    #expect(try differences() == ["Capacity Block hours that no instance used|12000000000"])
  }

  @Test("Two instances at once share the fee by time; the last bears the hours neither used")
  func two() async throws {
    try addInstance("i-0a", "2026-10-05T06:00:00Z", "2026-10-05T10:00:00Z")
    try addInstance("i-0b", "2026-10-05T06:00:00Z", "2026-10-05T14:00:00Z")
    // Twelve of the hours two instances could take, sixteen in all: $1.50 each.
    try await account.reconcile([fee])
    #expect(try costs() == ["i-0a|6000000000", "i-0b|18000000000"])
    #expect(try differences() == ["Capacity Block hours that no instance used|6000000000"])
  }

  @Test("The fee of a block that Batch never used stays among the bill's fees, under its own name")
  func another() async throws {
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    let statement = try await account.reconcile([fee, Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1")])
    #expect(try costs() == ["i-0a|100000000"])
    #expect(
      statement == [
        "Ledger, as estimated|1|0.1", "Bill, effective cost of Batch|1|0.1",
        "Capacity Blocks: fees of those in which nothing of Batch ran|-|24",
        "Bill, as invoiced for EC2, ECS and Savings Plans|-|24.1",
      ])
  }
}
