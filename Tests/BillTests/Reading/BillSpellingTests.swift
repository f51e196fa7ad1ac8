import Collect
import Store
import TestSupport
import Testing

@testable import Collect

/// The same hour of an instance, $0.13, in other spellings of AWS and of what exports pass through.
@Suite struct BillSpellings {
  private func account() throws -> SmallAccount {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    return account
  }

  private let row = SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.13")

  @Test(
    "Prefixes of regions, Local and Wavelength Zones",
    arguments: ["", "EU-", "APN1-", "LAX1-", "USW2WL1-", "USW2WL1LAS1-", "APNE1WL1NRT1-"])
  func prefixes(prefix: String) async throws {
    let account = try account()
    try await account.reconcile([row.replacing("EU-BoxUsage", with: prefix + "BoxUsage")])
    #expect(try account.database.lines("SELECT item, usage_ms FROM bill_line") == ["BoxUsage:c5.large|3600000"])
    #expect(try account.database.lines("SELECT cost FROM resource") == ["130000000"])
  }

  @Test("ARNs of every partition", arguments: ["aws", "aws-cn", "aws-us-gov", "aws-iso"])
  func partitions(partition: String) async throws {
    let account = try account()
    let arn = "arn:\(partition):ec2:eu-west-1:111122223333:instance/i-0a"
    try await account.reconcile([FocusRows.usage(arn)], header: FocusRows.header)
    #expect(try account.database.lines("SELECT resource, effective FROM bill_line") == ["i-0a|130000000"])
    #expect(try account.database.lines("SELECT cost FROM resource") == ["130000000"])
  }

  @Test(
    "Words for a missing value are no value",
    arguments: ["NULL", "null", "None", "\\N", "NA", "<NA>", "N/A", "-"])
  func missing(word: String) async throws {
    let account = try account()
    let cells = row.split(separator: ",", omittingEmptySubsequences: false).map { $0.isEmpty ? word[...] : $0 }
    let split = SmallAccount.header + ",split_line_item_split_cost,split_line_item_parent_resource_id"
    try await account.reconcile([(cells + [word[...], word[...]]).joined(separator: ",")], header: split)
    #expect(
      try account.database.lines("SELECT resource, effective, public FROM bill_line") == ["i-0a|130000000|-"])
    #expect(try account.database.lines("SELECT cost FROM resource") == ["130000000"])
  }

  @Test("An hourly and a daily export of one bill, in two files or in one: refused, since both would double the cost")
  func twoExports() async throws {
    let account = try account()
    try await account.reconcile([row])
    let daily = row.replacing("2026-10-05T09:00:00Z", with: "2026-10-05T00:00:00Z")
      .replacing("2026-10-05T10:00:00Z", with: "2026-10-06T00:00:00Z")
    let other = try TemporaryFolder()
    let both = try TemporaryFolder()
    try other.add("hourly.csv", SmallAccount.header + "\n" + row + "\n")
    try other.add("daily.csv", SmallAccount.header + "\n" + daily + "\n")
    try both.add("bill.csv", SmallAccount.header + "\n" + row + "\n" + daily + "\n")
    for (folder, end) in [
      (other, "2 files: name only one copy of the bill"), (both, "file: give each export by itself"),
    ] {
      await #expect {
        try await BillImporter().importBills(paths: [folder.path], database: account.database)
      } throws: {
        ($0 as? CollectionError)?.reason
          == "2 of 2 hours of instances are billed twice in the \(end). Nothing of this import was kept"
      }
    }
    // Days of one export follow one another.
    let next = daily.replacing("2026-10-06T00", with: "2026-10-07T00").replacing("2026-10-05T00", with: "2026-10-06T00")
    try await account.reconcile([daily, next])
    #expect(try account.database.lines("SELECT COUNT(*) FROM bill_line") == ["2"])
  }

  @Test(
    "The same usage in the bill of another payer, or of none: refused, since both would double the cost",
    arguments: ["888800001111", ""])
  func otherPayers(_ payer: String) async throws {
    let account = try account()
    try await account.reconcile([row])
    await #expect {
      try await account.reconcile([row.replacing("999900001111", with: payer)])
    } throws: {
      ($0 as? CollectionError)?.reason
        == "1 of 1 hours of instances are in the bill of 2026-10 of 999900001111 too: give one of the two. Nothing of this "
        + "import was kept"
    }
    #expect(try account.database.lines("SELECT cost FROM resource") == ["130000000"])
    // Another hour is no double.
    try await account.reconcile([
      row.replacing("999900001111", with: payer).replacing("T10:00", with: "T11:00").replacing("T09:00", with: "T10:00")
    ])
    #expect(try account.database.lines("SELECT COUNT(*) FROM bill") == ["2"])
  }

  @Test("A bill and a packed copy of it: refused, since both together would double the cost")
  func copies() async throws {
    let account = try account()
    try await account.reconcile([row])
    let folder = try TemporaryFolder()
    let text = SmallAccount.header + "\n" + row + "\n"
    try folder.add("bill.csv", text)
    // A byte more makes another file of the same bill.
    try folder.add("copy.csv", text + "\n")
    await #expect {
      try await BillImporter().importBills(paths: [folder.path], database: account.database)
    } throws: {
      ($0 as? CollectionError)?.reason
        == "1 of 1 hours of instances are billed twice in the 2 files: name only one copy of the bill. "
        + "Nothing of this import was kept"
    }
    #expect(try account.database.lines("SELECT effective FROM bill_line") == ["130000000"])
  }
}
