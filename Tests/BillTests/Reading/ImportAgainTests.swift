import Accounting
import Collect
import Domain
import Store
import TestSupport
import Testing

/// Bills change until they are closed, and sometimes after: what importing a month again does to the earlier import.
@Suite struct ImportsAgain {
  typealias Row = SmallAccount

  private func account() throws -> SmallAccount {
    let account = try SmallAccount()
    for id in ["i-0a", "i-0b"] {
      try account.addInstance(id, launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    }
    try account.addInstance("i-0n", launched: "2026-11-05T09:00:00Z", ended: "2026-11-05T10:00:00Z")
    try account.database.execute("UPDATE collection SET as_of_ms = \(SmallAccount.time("2026-11-09T00:00:00Z"))")
    return account
  }

  private func lines(_ database: Database) throws -> [String] {
    try database.lines(
      "SELECT b.period, l.resource, l.invoiced FROM bill_line l JOIN bill b ON b.id = l.bill ORDER BY 1, 2")
  }

  private let november = Row.row("i-0n", "2026-11-05T09", amount: "1", cost: "0.1").replacing(
    "2026-10-01T00:00:00.000Z", with: "2026-11-01T00:00:00.000Z")

  @Test("A corrected month replaces the earlier one completely; other months stay")
  func corrected() async throws {
    let account = try account()
    try await account.reconcile([
      Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1"),
      Row.row("i-0b", "2026-10-05T09", amount: "1", cost: "0.3"), november,
    ])
    try await account.reconcile([Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.13")])
    #expect(try lines(account.database) == ["2026-10|i-0a|130000000", "2026-11|i-0n|100000000"])
    #expect(
      try account.database.lines("SELECT period, version FROM bill ORDER BY 1") == ["2026-10|2", "2026-11|1"])
    #expect(
      try account.database.lines("SELECT resource, change FROM bill_restatement ORDER BY 1")
        == ["i-0a|30000000", "i-0b|-300000000"])
  }

  @Test("A bill restates a day already reported, and so does its correction; a build without a new bill does not")
  func restated() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    func reported() throws -> [String] {
      try account.database.lines("SELECT cost, bills FROM reported_day ORDER BY as_of_ms")
    }
    try Ledger.build(account.database)
    #expect(try reported() == ["100000000|0"])
    try await account.reconcile([Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.13")])
    #expect(try reported() == ["100000000|0", "130000000|1"])
    try Ledger.build(account.database, anew: true)
    #expect(try reported() == ["100000000|0", "130000000|1"])
    try await account.reconcile([Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.11")])
    #expect(try reported() == ["100000000|0", "130000000|1", "110000000|2"])
  }

  @Test("A month corrected back leaves no trace of the correction")
  func correctedBack() async throws {
    let account = try account()
    let first = [Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1")]
    let before = try await account.reconcile(first)
    try await account.reconcile([Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.13")])
    #expect(try await account.reconcile(first) == before)
  }

  @Test("Late lines come with the next import; until then the estimate stands for their hours, 0.22 + 0.2")
  func late() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T08:00:00Z", ended: "2026-10-05T12:00:00Z")
    try account.addInstance("i-0b", launched: "2026-10-05T13:00:00Z", ended: "2026-10-05T14:00:00Z")
    func rows(_ hours: [String]) -> [String] {
      hours.map { Row.row("i-0a", "2026-10-05T\($0)", amount: "1", cost: "0.11", publicCost: "0.11") }
        + [Row.row("i-0b", "2026-10-05T13", amount: "1", cost: "0.1")]
    }
    let cost = "SELECT cost FROM resource WHERE name = 'i-0a'"
    try await account.reconcile(rows(["08", "09"]))
    #expect(try account.database.lines(cost) == ["420000000"])
    try await account.reconcile(rows(["08", "09", "10", "11"]))
    #expect(try account.database.lines(cost) == ["440000000"])
  }

  /// Usage of instances in two accounts: the editions of a month by what they cover.
  private func edition(_ hours: [String], _ others: [String] = ["08"]) -> [String] {
    hours.map { Row.row("i-0a", "2026-10-05T\($0)", amount: "1", cost: "0.1") }
      + others.map {
        Row.row("i-0f", "2026-10-05T\($0)", amount: "1", cost: "0.2").replacing("111122223333", with: "444455556666")
      }
  }

  private func refusal(_ rows: [String], _ account: SmallAccount) async throws -> String? {
    do { try await account.reconcile(rows) } catch let error as CollectionError { return error.reason }
    return nil
  }

  @Test("An edition that covers less than the one imported before is refused, unless it is asked for")
  func older() async throws {
    let account = try account()
    let head = "the bill of 2026-10 of 999900001111 "
    let tail =
      ": this is an older edition, or a part of it, so the stored one stays; pass --older-bill to replace it all the same"
    #expect(try await refusal(edition(["08", "09", "10", "11"]), account) == nil)
    let before = try lines(account.database)
    #expect(
      try await refusal(edition(["08", "09"]), account) == head
        + "ends at 2026-10-05T10:00:00Z for account 111122223333, the one imported earlier at 2026-10-05T12:00:00Z"
        + tail)
    #expect(
      try await refusal(edition(["10", "11"]), account) == head
        + "begins at 2026-10-05T10:00:00Z for account 111122223333, the one imported earlier at 2026-10-05T08:00:00Z"
        + tail)
    #expect(
      try await refusal(edition(["08", "09", "10", "11"], []), account) == head
        + "has no usage of account 444455556666, the one imported earlier has" + tail)
    #expect(try lines(account.database) == before)
    #expect(try account.database.lines("SELECT version FROM bill") == ["1"])
    // An hour less is no older edition: usage may have moved to another line.
    #expect(try await refusal(edition(["08", "09", "10"]), account) == nil)
    try await account.reconcile(edition(["08"]), mayBeOlder: true)
    #expect(
      try account.database.lines("SELECT COUNT(*), version FROM bill_line l JOIN bill b ON b.id = l.bill") == ["2|3"])
  }

  @Test("A bill by the day reaches to midnight, and one by the hour that follows it does not: neither is older")
  func daily() async throws {
    let account = try account()
    let day = Row.row("i-0a", "2026-10-05T00", amount: "4", cost: "0.4").replacing(
      "2026-10-05T01:00:00Z", with: "2026-10-06T00:00:00Z")
    #expect(try await refusal([day], account) == nil)
    #expect(try await refusal(edition(["08", "09", "10", "11"], []), account) == nil)
  }

  @Test("A bill that grew explains no difference by that; one that changed its prices does: 4 h at $0.10, then $0.13")
  func grown() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T08:00:00Z", ended: "2026-10-05T12:00:00Z")
    func rows(_ hours: [String], _ cost: String) -> [String] {
      hours.map { Row.row("i-0a", "2026-10-05T\($0)", amount: "1", cost: cost) }
    }
    let all = ["08", "09", "10", "11"]
    try await account.reconcile(rows(["08", "09"], "0.13"))
    let grown = try await account.reconcile(rows(all, "0.13"))
    #expect(grown.filter { $0.hasPrefix("Unexplained") || $0.hasPrefix("Restated") } == ["Unexplained|1|0.12"])
    try await account.reconcile(rows(all, "0.1"))
    let restated = try await account.reconcile(rows(all, "0.13"))
    #expect(restated.contains("Restated by a later bill|1|0.12") && !restated.contains { $0.hasPrefix("Unexplained") })
  }

  @Test("A failed import leaves the month as it was")
  func failed() async throws {
    let account = try account()
    try await account.reconcile([Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1")])
    let folder = try TemporaryFolder()
    let row = Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.5")
    try folder.add("bill.csv", Row.header + "\n" + row + "\n\"never closed")
    await #expect(throws: CollectionError.self) {
      try await BillImporter().importBills(paths: [folder.path], database: account.database)
    }
    #expect(try lines(account.database) == ["2026-10|i-0a|100000000"])
    #expect(try account.database.lines("SELECT version FROM bill") == ["1"])
  }
}
