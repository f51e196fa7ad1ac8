import TestSupport
import Testing

@testable import Accounting

@Suite struct SpotRuleEvidenceTests {
  /// What one instance adds, which both rules price, with two nanodollars allowed for rounding.
  private func sums(billed: Int64, first: Int64, second: Int64) -> [Int64] {
    var sums = SpotRuleEvidence.Sums()
    sums.add(billed: billed, instanceHour: first, continuous: second, tolerance: 2)
    return [
      sums.subjects, sums.moved, sums.instanceHour, sums.continuous, sums.instanceHourGap, sums.continuousGap,
    ]
  }

  @Test("Costs that rounding may explain under either rule are no evidence")
  func alike() { #expect(sums(billed: 100, first: 100, second: 104) == [1, 0, 0, 0, 0, 0]) }

  @Test(
    "A bill within the rounding of one rule's cost speaks for that rule",
    arguments: [
      (100, [1, 1, 1, 0, 0, 5]), (102, [1, 1, 1, 0, 2, 3]), (103, [1, 1, 0, 1, 3, 2]), (106, [1, 1, 0, 1, 6, 1]),
      (110, [1, 1, 0, 0, 10, 5]),
    ] as [(Int64, [Int64])])
  func unlike(billed: Int64, expected: [Int64]) { #expect(sums(billed: billed, first: 100, second: 105) == expected) }

  @Test(
    "A Spot hour costs $0.04 by its start and $0.045 by the moment: four nanodollars more are rounding, five are not",
    arguments: [("0.040000004", "bill|1|1|1|0|4|4999996"), ("0.040000005", "bill|1|1|0|0|5|4999995")])
  func oneHour(cost: String, expected: String) async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T10:00:00Z", ended: "2026-10-05T11:00:00Z", isSpot: true)
    try await account.reconcile([
      SmallAccount.row("i-0a", "2026-10-05T10", amount: "1", cost: cost, item: "EU-SpotUsage:c5.large")
    ])
    #expect(try account.database.lines("SELECT * FROM spot_rule_evidence WHERE source = 'bill'") == [expected])
  }

  @Test func evidenceAddsUp() {
    var all = SpotRuleEvidence.Sums(
      subjects: 1, moved: 2, instanceHour: 3, continuous: 4, instanceHourGap: 5, continuousGap: 6)
    all += SpotRuleEvidence.Sums(
      subjects: 10, moved: 20, instanceHour: 30, continuous: 40, instanceHourGap: 50, continuousGap: 60)
    #expect(
      all
        == SpotRuleEvidence.Sums(
          subjects: 11, moved: 22, instanceHour: 33, continuous: 44, instanceHourGap: 55, continuousGap: 66))
  }
}
