import Collect
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Collect

/// An unreadable bill never replaces a readable one.
@Suite struct RefusedBills {
  typealias Row = SmallAccount

  private let account: SmallAccount
  private let folder: TemporaryFolder

  init() async throws {
    account = try SmallAccount()
    folder = try TemporaryFolder()
    for id in ["i-0a", "i-0b"] {
      try account.addInstance(id, launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    }
    try await account.reconcile([Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.13")])
  }

  /// Why the import failed; nil if it did not.
  private func refusal(_ text: String, named name: String = "new.csv") async throws -> String? {
    let path = try folder.add(name, text)
    do {
      _ = try await BillImporter().importBills(paths: [path], database: account.database)
      return nil
    } catch let error as CollectionError {
      return error.reason
    }
  }

  private func expectTheGoodOne() throws {
    #expect(try account.database.lines("SELECT resource, invoiced FROM bill_line") == ["i-0a|130000000"])
    #expect(try account.database.lines("SELECT period, format, version FROM bill") == ["2026-10|cur-2.0|1"])
    #expect(try account.database.lines("SELECT COUNT(*) FROM bill_coverage") == ["1"])
  }

  private func errors() throws -> [String] {
    try account.database.lines("SELECT message FROM collection_finding WHERE severity = 'error'")
  }

  private func bill(_ rows: [String]) -> String { ([Row.header] + rows).joined(separator: "\n") + "\n" }

  private func row(_ id: String, cost: String = "0.2") -> String {
    Row.row(id, "2026-10-05T09", amount: "1", cost: cost)
  }

  @Test(
    "Unreadable times: the bill is refused, the old one stays, and a finding says why",
    arguments: [
      ("1791190800000", ": a count since 1970; write it as 2026-10-05T09:00:00Z"),
      ("1791190800", ": a count since 1970; write it as 2026-10-05T09:00:00Z"),
      (
        "10/5/2026 9:00",
        ": a spreadsheet has changed it, and day and month cannot be told apart; import the file as AWS wrote it"
      ),
      (
        "05.10.2026 09:00",
        ": a spreadsheet has changed it, and day and month cannot be told apart; import the file as AWS wrote it"
      ), ("Monday", ""), ("2026-10-05T10:00:00.000Z", ""),
    ])
  func times(time: String, hint: String) async throws {
    let text = bill([row("i-0a"), row("i-0b")]).replacing("2026-10-05T09:00:00Z", with: time)
    let reason =
      "2 of 2 rows cannot be read; row 2 \"\(time)\" to \"2026-10-05T10:00:00Z\" is not a time\(hint). "
      + "Nothing of this import was kept"
    #expect(try await refusal(text) == reason)
    try expectTheGoodOne()
    #expect(try errors() == [reason])
    #expect(
      try account.database.lines("SELECT COUNT(*) FROM collection_finding WHERE place IN ('row 2', 'row 3')") == ["2"])
    // The file's next import clears its findings.
    #expect(try await refusal(bill([row("i-0a")])) == nil)
    #expect(try account.database.lines("SELECT COUNT(*) FROM collection_finding") == ["0"])
  }

  @Test(
    "A missing amount is not $0",
    arguments: [
      ("Usage", "", "0.1", "line_item_unblended_cost"),
      ("SavingsPlanCoveredUsage", "0.2", "", "savings_plan_savings_plan_effective_cost"),
      ("DiscountedUsage", "0.2", "", "reservation_effective_cost"),
    ])
  func withoutAmounts(type: String, cost: String, effective: String, column: String) async throws {
    let row = Row.row(
      "i-0a", "2026-10-05T09", amount: "1", cost: cost, type: type, effective: effective, reserved: effective)
    #expect(
      try await refusal(bill([row]))
        == "1 of 1 rows cannot be read; row 2 has no \(column): what it cost is unknown. Nothing of this import was kept"
    )
    try expectTheGoodOne()
  }

  @Test("A spreadsheet or a zipped bill is recognised for what it is")
  func archives() async throws {
    let path = try folder.add("bill.xlsx", [0x50, 0x4b, 0x03, 0x04] + [UInt8](repeating: 0, count: 100))
    await #expect {
      _ = try await BillImporter().importBills(paths: [path], database: account.database)
    } throws: {
      ($0 as? CollectionError)?.reason == "no bill here: \(path) is packed with ZIP: unpack it with unzip first"
    }
    try expectTheGoodOne()
  }

  @Test("One row in ten may be unreadable; two of eleven are too many")
  func share() async throws {
    let good = (0..<9).map { Row.row("i-0a", "2026-10-05T0\($0)", amount: "1", cost: "0.1") }
    let broken = row("i-0b", cost: "a lot")
    #expect(
      try await refusal(bill(good + [broken, broken]))
        == "2 of 11 rows cannot be read; row 11 \"a lot\" is not an amount. Nothing of this import was kept")
    try expectTheGoodOne()
    let path = try folder.add("ten.csv", bill(good + [broken]))
    let summary = try await BillImporter().importBills(paths: [path], database: account.database)
    #expect(summary.unread == 1)
    #expect(try account.database.lines("SELECT SUM(invoiced) FROM bill_line") == ["900000000"])
    #expect(
      try account.database.lines("SELECT place, message FROM collection_finding WHERE subject = '\(path)'")
        == ["row 11|\"a lot\" is not an amount"])
  }

  @Test("Rows of other services do not count towards the readable ones")
  func otherServices() async throws {
    let others = (0..<90).map { _ in Row.row("db", "2026-10-05T09", amount: "1", cost: "1", product: "AmazonRDS") }
    let text = bill(others + [row("i-0a", cost: "?"), row("i-0b")])
    #expect(try await refusal(text)?.hasPrefix("1 of 2 rows cannot be read; row 92 ") == true)
    try expectTheGoodOne()
  }

  @Test("Without usage types no line is known to be about an instance")
  func withoutUsageType() async throws {
    let text = bill([row("i-0a")]).replacing("line_item_usage_type", with: "usage")
    #expect(try await refusal(text) == "the export lacks the column line_item_usage_type")
    try expectTheGoodOne()
  }

  @Test("Files written into one: the header may come back as it was, but not in another order")
  func headersAgain() async throws {
    let names = Row.header.split(separator: ",")
    let turned = (names.dropFirst() + names.prefix(1)).joined(separator: ",")
    let moved = row("i-0b").split(separator: ",", omittingEmptySubsequences: false)
    let other = (moved.dropFirst() + moved.prefix(1)).joined(separator: ",")
    #expect(
      try await refusal(bill([row("i-0a"), turned, other]))
        == "row 3 has the names of the columns again, in another order: files were written into one; import each by itself"
    )
    try expectTheGoodOne()
    #expect(try await refusal(bill([row("i-0a"), Row.header, row("i-0b")])) == nil)
    #expect(try account.database.lines("SELECT SUM(invoiced) FROM bill_line") == ["400000000"])
  }

  @Test("One unreadable file among several: nothing is imported")
  func oneOfSeveral() async throws {
    try folder.add("bill-1.csv", bill([row("i-0a"), row("i-0b")]))
    try folder.add("bill-2.csv", bill([row("i-0c", cost: "?")]))
    await #expect(throws: CollectionError.self) {
      try await BillImporter().importBills(paths: [folder.path], database: account.database)
    }
    try expectTheGoodOne()
  }

  @Test(
    "What a spreadsheet does to a bill: semicolons, decimal commas, account ids as numbers",
    arguments: [
      (
        ",", ";", "has semicolons between its columns, as a spreadsheet writes them: import the file as AWS wrote it"
      ),
      (",", "|", "has bars between its columns, as a spreadsheet writes them: import the file as AWS wrote it"),
      (
        ",0.2,", ",\"0,2\",",
        "2 of 2 rows cannot be read; row 2 \"0,2\" is not an amount: amounts have a decimal point, as AWS writes them. "
          + "Nothing of this import was kept"
      ),
      (
        "999900001111", "9.999E+11",
        "row 2 has the account 9.999E+11, which is not an id: a spreadsheet has changed it; import the file as AWS wrote it"
      ),
      (
        "111122223333", "11122223333",
        "row 2 has the account 11122223333, which is not an id: a spreadsheet has changed it; import the file as AWS "
          + "wrote it"
      ),
      (
        "111122223333", "'111122223333",
        "row 2 has the account '111122223333, which is not an id: a spreadsheet has changed it; import the file as AWS "
          + "wrote it"
      ),
      (
        "111122223333", "1111-2222-3333",
        "row 2 has the account 1111-2222-3333, which is not an id: a spreadsheet has changed it; import the file as AWS "
          + "wrote it"
      ),
      (
        "111122223333", "111122223333.0",
        "row 2 has the account 111122223333.0, which is not an id: a spreadsheet has changed it; import the file as AWS "
          + "wrote it"
      ),
    ])
  func spreadsheets(what: String, becomes: String, reason: String) async throws {
    #expect(try await refusal(bill([row("i-0a"), row("i-0b")]).replacing(what, with: becomes)) == reason)
    try expectTheGoodOne()
  }

  @Test("A line that names the separator, as spreadsheets write it: semicolons are still refused by name")
  func separatorLine() async throws {
    #expect(
      try await refusal("sep=;\n" + bill([row("i-0a"), row("i-0b")]).replacing(",", with: ";"))
        == "has semicolons between its columns, as a spreadsheet writes them: import the file as AWS wrote it")
    try expectTheGoodOne()
  }

  @Test("A month without any of its instances is not a correction, nor are rows of services Batch does not use")
  func lost() async throws {
    #expect(
      try await refusal(bill([row("")]))
        == "the bill of 2026-10 of 999900001111 has no line of an instance or task of Batch's; the one imported "
        + "earlier has, so it stays")
    #expect(
      try await refusal(bill([Row.row("db", "2026-10-05T09", amount: "1", cost: "1", product: "AmazonRDS")]))
        == "none of its 1 rows is for EC2, ECS, VPC or Savings Plans; it has only AmazonRDS: nothing to import")
    #expect(try await refusal(Row.header + "\n") == "has a header and no rows: nothing to import")
    try expectTheGoodOne()
  }

  @Test("A period that does not begin on the first of a month has been moved to another time zone")
  func movedPeriod() async throws {
    let text = bill([row("i-0a")]).replacing("2026-10-01T00:00:00.000Z", with: "2026-09-30 20:00:00")
    #expect(
      try await refusal(text)
        == "1 of 1 rows cannot be read; row 2 \"2026-09-30 20:00:00\" is not a billing period: it begins on the first of a "
        + "month, in UTC. Nothing of this import was kept")
    try expectTheGoodOne()
  }

  @Test("A bill in another currency is refused by its name", arguments: ["INR", "EUR", "JPY"])
  func currencies(currency: String) async throws {
    let reason = "row 2 is in \(currency); batchcost reads bills in USD, and in CNY for China"
    #expect(
      try await refusal(Row.header + ",line_item_currency_code\n" + row("i-0a") + ",\(currency)\n") == reason)
    #expect(
      try await refusal(
        FocusRows.header + "\n" + FocusRows.usage("i-0a", currency: currency) + "\n", named: "focus.csv")
        == reason)
    try expectTheGoodOne()
    #expect(try errors() == [reason, reason])
  }

  @Test("FOCUS with unreadable amounts is refused like CUR")
  func focus() async throws {
    let text = [FocusRows.header, FocusRows.usage("i-0a", cost: "?"), FocusRows.usage("i-0b")].joined(separator: "\n")
    #expect(
      try await refusal(text)
        == "1 of 2 rows cannot be read; row 2 \"?\" is not an amount. Nothing of this import was kept")
    try expectTheGoodOne()
  }
}
