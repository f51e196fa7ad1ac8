import Accounting
import Domain
import Store
import Testing

/// Usage under a reservation, worked out by hand: c5.large at $0.10 an hour; the reservation's upfront and recurring
/// fees make $0.063 an hour (amortized). DiscountedUsage has no unblended cost; the fee has a row of its own.
@Suite struct Reservations {
  typealias Row = SmallAccount

  private func covered(_ hour: String, amount: String, publicCost: String, reserved: String) -> String {
    Row.row(
      "i-0a", hour, amount: amount, cost: "0", type: "DiscountedUsage", publicCost: publicCost, reserved: reserved)
  }

  /// A month of a reservation: $46.872 for 744 hours, more than any instance ran.
  private let fee = Row.row(
    "arn:aws:ec2:eu-west-1:111122223333:reserved-instances/f0", "2026-10-01T00", amount: "744", cost: "46.872",
    type: "RIFee", item: "EU-HeavyUsage:c5.large")

  @Test("Effective cost replaces the estimate; the fee is invoiced, but no job's")
  func reservation() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T11:00:00Z")
    let statement = try await account.reconcile([
      covered("2026-10-05T09", amount: "1", publicCost: "0.1", reserved: "0.063"),
      covered("2026-10-05T10", amount: "1", publicCost: "0.1", reserved: "0.063"), fee,
    ])
    #expect(
      statement == [
        "Ledger, as estimated|1|0.2", "Reservation rate|1|-0.074", "Bill, effective cost of Batch|1|0.126",
        "Covered usage: as invoiced, less its effective cost|-|-0.126",
        "Savings Plans and reservations: fees|-|46.872", "Bill, as invoiced for EC2, ECS and Savings Plans|-|46.872",
      ])
    #expect(
      try account.database.lines(
        """
        SELECT o.name, p.cost, p.on_demand, p.list_cost, p.ms FROM posting p
        JOIN purchase_option o ON o.id = p.purchase_option
        """) == ["reserved|126000000|200000000|200000000|7200000"])
    #expect(try account.database.lines("SELECT cost FROM estimate_day") == ["200000000"])
  }

  @Test("One hour under a reservation, a Savings Plan and neither: one charge, labelled by what covers most")
  func mixed() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    let statement = try await account.reconcile([
      covered("2026-10-05T09", amount: "0.6", publicCost: "0.06", reserved: "0.0378"),
      Row.row(
        "i-0a", "2026-10-05T09", amount: "0.3", cost: "0.03", type: "SavingsPlanCoveredUsage", publicCost: "0.03",
        effective: "0.0216"),
      Row.row("i-0a", "2026-10-05T09", amount: "0.1", cost: "0.01", publicCost: "0.01"),
      Row.row("i-0a", "2026-10-05T09", amount: "0.3", cost: "-0.03", type: "SavingsPlanNegation"),
      fee,
    ])
    // 0.0378 + 0.0216 + 0.01.
    #expect(
      statement == [
        "Ledger, as estimated|1|0.1", "Savings Plan rate|1|-0.0084", "Reservation rate|1|-0.0222",
        "Bill, effective cost of Batch|1|0.0694", "Covered usage: as invoiced, less its effective cost|-|-0.0294",
        "Savings Plans: covered usage taken back|-|-0.03", "Savings Plans and reservations: fees|-|46.872",
        "Bill, as invoiced for EC2, ECS and Savings Plans|-|46.882",
      ])
    #expect(
      try account.database.lines(
        "SELECT o.name, r.cost FROM resource r JOIN purchase_option o ON o.id = r.purchase_option")
        == ["reserved|69400000"])
  }
}
