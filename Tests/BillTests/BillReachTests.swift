import Domain
import Testing

@testable import Accounting

/// What bills and the ledger cover, which explains why nothing was compared.
@Suite struct BillReachTests {
  private func reach(_ account: SmallAccount, from: String, to: String) throws -> BillReach {
    let (from, to) = (try #require(Day(from)), try #require(Day(to)))
    return try account.database.read { try BillReach($0, from: from, to: to) }
  }

  @Test func nothingIsThere() throws {
    let account = try SmallAccount()
    try Ledger.build(account.database)
    let found = try reach(account, from: "2026-10-01", to: "2026-11-01")
    #expect(found.held == 0)
    #expect(found.bill == nil)
    #expect(found.ledger == nil)
    #expect(!found.hasShares)
  }

  @Test("One line of 5 October is compared, and none of the days after it")
  func oneLine() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    try await account.reconcile([SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1")])
    let found = try reach(account, from: "2026-10-05", to: "2026-10-06")
    let extent = BillReach.Extent(
      accounts: ["111122223333"], from: try #require(Day("2026-10-05")), to: try #require(Day("2026-10-06")))
    #expect(found.held == 1)
    #expect(found.bill == extent)
    #expect(found.ledger == extent)
    #expect(try reach(account, from: "2026-10-06", to: "2026-11-01").held == 0)
  }
}
