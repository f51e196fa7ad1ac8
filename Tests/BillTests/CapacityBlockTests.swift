import Accounting
import Domain
import Store
import Testing

@testable import Collect

/// Capacity Blocks: one fee, which their instances bear.
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

  @Test("One instance for six of eight hours: all of the fee, of which two hours are unused; with lines of $0 or none")
  func one() async throws {
    try addInstance("i-0a", "2026-10-05T07:00:00Z", "2026-10-05T13:00:00Z")
    let lines = (7...12).map {
      Row.row("i-0a", "2026-10-05T\($0 < 10 ? "0" : "")\($0)", amount: "1", cost: "0", publicCost: "0.1")
    }
    for rows in [[fee], [fee] + lines] {
      let statement = try await account.reconcile(rows)
      #expect(try costs() == ["i-0a|24000000000"])
      #expect(try differences() == ["Capacity Block hours that no instance used|6000000000"])
      #expect(
        statement.suffix(2) == [
          "Bill, effective cost of Batch|2|24", "Bill, as invoiced for EC2, ECS and Savings Plans|-|24",
        ])
      // Nothing ran on it: all of the 24 is idle, that of the two hours too.
      #expect(try account.database.lines("SELECT SUM(cost), COUNT(cost) > 0 FROM posting") == ["24000000000|1"])
    }
  }

  @Test("Two instances at once share the fee by time; the last bears the hours that neither used")
  func two() async throws {
    try addInstance("i-0a", "2026-10-05T06:00:00Z", "2026-10-05T10:00:00Z")
    try addInstance("i-0b", "2026-10-05T06:00:00Z", "2026-10-05T14:00:00Z")
    // Twelve hours of the sixteen that two instances take: $1.50 each.
    try await account.reconcile([fee])
    #expect(try costs() == ["i-0a|6000000000", "i-0b|18000000000"])
    #expect(try differences() == ["Capacity Block hours that no instance used|6000000000"])
  }

  @Test("A block in which nothing of Batch ran stays with the bill's fees, by its name")
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
