import Domain
import Store
import Testing

@testable import Accounting

/// Changing the ledger behind batchcost's back breaks the right rule. The account's one instance cost $0.34 on
/// 2026-05-04, of which $0.255 was unused: $0.085 of that beside the one attempt, during its hour.
@Suite struct LedgerCheckTests {
  private static let day = 20_577

  private func failures(_ change: String, of days: Set<Day>? = nil) throws -> [String] {
    let database = try SmallAccount().built()
    #expect(try database.read { try LedgerCheck.failures($0, of: days) }.isEmpty)
    try database.derive { try $0.execute(change) }
    return try database.read { try LedgerCheck.failures($0, of: days) }.map(\.message)
  }

  @Test func aLargerPostingBreaksEverySum() throws {
    let broken = [
      "conservation: resource i-1, day \(Self.day), charged 340000000, posted 340000001",
      "total: charged 340000000, posted 340000001",
      "rollup: day \(Self.day), posted 340000001, rolled_up 340000000",
    ]
    let change = "UPDATE posting SET cost = cost + 1 WHERE account = 0"
    #expect(try failures(change) == broken)
    #expect(try failures(change, of: [Day(number: Int32(Self.day))]) == broken)
    #expect(try failures(change, of: [Day(number: Int32(Self.day + 1))]).isEmpty)
    #expect(try failures(change, of: []).isEmpty)
  }

  @Test(
    "Each forbidden change breaks its rule",
    arguments: [
      ("DELETE FROM posting", "conservation: resource i-1, day 20577, charged 340000000, posted "),
      (
        "UPDATE posting SET on_demand = NULL",
        "conservation: resource i-1, day 20577, charged 340000000, posted 340000000"
      ),
      ("UPDATE resource SET cost = 339999999", "total: charged 339999999, posted 340000000"),
      ("DELETE FROM daily_cost", "rollup: day 20577, posted 340000000, rolled_up "),
      (
        "UPDATE daily_cost SET ms = ms + 1 WHERE account = 0",
        "rollup: day 20577, posted 340000000, rolled_up 340000000"
      ),
      (
        "UPDATE posting SET unused_by_aws = 255000001 WHERE account = 0",
        "policies: resource i-1, day 20577, unused 255000000, by_instance 85000000, by_aws 255000001"
      ),
      ("UPDATE posting SET gpu_ms = -1 WHERE account = 0", "no-negative-posting: posting "),
      ("UPDATE resource SET unpriced_ms = 7", "priced-or-named: resource i-1, unpriced_ms 7"),
      ("UPDATE hourly_use SET reserved_mib_ms = capacity_mib_ms + 1", "over-capacity-named: hour 493858"),
    ])
  func broken(_ change: String, _ message: String) throws {
    let failures = try failures(change)
    #expect(failures.contains { $0.hasPrefix(message) }, "\(failures)")
  }
}
