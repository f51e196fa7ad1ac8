import Accounting
import Domain
import Store
import Testing

@testable import Collect

/// A bill's hours of a capacity reservation in which no instance ran: `UnusedBox`.
@Suite struct ReservationBills {
  typealias Row = SmallAccount

  private static let header =
    SmallAccount.header
    + ",capacity_reservation_capacity_reservation_arn,capacity_reservation_capacity_reservation_status"
  private static let arn = "arn:aws:ec2:eu-west-1:111122223333:capacity-reservation/cr-0a"

  /// Two c5.large from 9:00 to 13:00 on 5 October, of which an instance used two hours: six hours at $0.10 stood idle.
  private func account() throws -> SmallAccount {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T11:00:00Z")
    try account.database.execute(
      """
      UPDATE instance_description SET capacity_reservation = 'cr-0a';
      INSERT INTO capacity_reservation VALUES ('cr-0a', 1, 'c5.large', 'Linux/UNIX', 'eu-west-1a', 'default', 'expired', 2, 0,
        \(Row.time("2026-10-05T09:00:00Z")), \(Row.time("2026-10-05T13:00:00Z")), \(Row.time("2026-10-05T08:00:00Z")),
        'default', NULL, 0, 1, 1, NULL);
      INSERT INTO reservation_state VALUES ('cr-0a', \(Row.time("2026-10-05T12:00:00Z")), 2, 2, NULL);
      """)
    return account
  }

  private func line(_ hour: String, _ amount: String, _ cost: String, resource: String) -> String {
    Row.row(resource, "2026-10-05T\(hour)", amount: amount, cost: cost, item: "EU-UnusedBox:c5.large")
      + ",\(Self.arn),unused"
  }

  @Test("The bill's hours replace the estimated ones, named as the resource or in their own column")
  func billed() async throws {
    for resource in [Self.arn, ""] {
      let account = try account()
      let used = ["09", "10"].map {
        Row.row("i-0a", "2026-10-05T\($0)", amount: "1", cost: "0.1") + ",\(Self.arn),used"
      }
      // Until 13:00, at $0.08 an hour; the bill covers the whole day.
      let idle = [("09", "1", "0.08"), ("10", "1", "0.08"), ("11", "2", "0.16"), ("12", "2", "0.16")].map {
        line($0.0, $0.1, $0.2, resource: resource)
      }
      let ends = ["2026-10-05T00", "2026-10-06T00"].map {
        Row.row("i-other", $0, amount: "1", cost: "0") + ",,"
      }
      let statement = try await account.reconcile(used + idle + ends, header: Self.header)
      #expect(
        statement == [
          "Ledger, as estimated|1|0.8", "Capacity reservation hours that no instance used|-|-0.12",
          "Bill, effective cost of Batch|1|0.68", "Bill, as invoiced for EC2, ECS and Savings Plans|-|0.68",
        ])
      #expect(
        try account.database.lines("SELECT name, cost, billed_ms FROM resource ORDER BY name") == [
          "cr-0a|480000000|21600000", "i-0a|200000000|7200000",
        ])
      #expect(
        try account.database.lines(
          """
          SELECT a.name, s.name, SUM(p.cost) FROM posting p JOIN ledger_account a ON a.id = p.account
          JOIN price_source s ON s.id = p.price_source GROUP BY 1, 2 ORDER BY 1
          """) == ["unused.idle|bill|200000000", "unused.reserved|bill|480000000"])
      #expect(try account.database.read(LedgerCheck.failures).isEmpty)
    }
  }

  @Test("Without a bill the six hours are estimated")
  func estimated() throws {
    let account = try account()
    try Ledger.build(account.database)
    #expect(
      try account.database.lines("SELECT name, cost FROM resource ORDER BY name") == [
        "cr-0a|600000000", "i-0a|200000000",
      ])
  }
}
