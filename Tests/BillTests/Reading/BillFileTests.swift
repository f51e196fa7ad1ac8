import Accounting
import Collect
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Collect

/// Which files make up a bill, and what the rest are told.
@Suite struct BillFileChoice {
  private let row = SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1")
  private var csv: String { SmallAccount.header + "\n" + row + "\n" }

  private func account() throws -> SmallAccount {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    return account
  }

  private func findings(_ database: Database) throws -> [String] {
    try database.lines(
      "SELECT REPLACE(message, subject, ''), severity FROM collection_finding WHERE check_name = 'bill' ORDER BY 1")
  }

  @Test(
    "The manifest decides what belongs to the bill: an extra chunk is skipped, a missing one ends the import"
  )
  func manifest() async throws {
    let folder = try TemporaryFolder()
    let data = "export/data/BILLING_PERIOD=2026-10"
    try folder.add("\(data)/bill-00001.csv", csv)
    try folder.add("\(data)/bill-00002.csv", csv.replacingOccurrences(of: "i-0a", with: "i-0b"))
    try folder.add(
      "export/metadata/BILLING_PERIOD=2026-10/bill-Manifest.json",
      """
      {"exportName":"bill","billingPeriod":"2026-10","dataFiles":["s3://b/p/\(data)/bill-00001.csv",
       "s3://b/p/\(data)/bill-00003.csv"]}
      """)
    let account = try account()
    let manifest = folder.path + "/export/metadata/BILLING_PERIOD=2026-10/bill-Manifest.json"
    await #expect(
      throws: CollectionError(
        path: manifest,
        reason: "names s3://b/p/\(data)/bill-00003.csv, which is missing: copy it too, or name the files to import "
          + "without the manifest")
    ) { try await BillImporter().importBills(paths: [folder.path], database: account.database) }
    #expect(try account.database.lines("SELECT COUNT(*) FROM bill_line") == ["0"])
    try folder.add("\(data)/bill-00003.csv", csv.replacingOccurrences(of: "i-0a", with: "i-0c"))
    let summary = try await BillImporter().importBills(paths: [folder.path], database: account.database)
    #expect(summary.files == 2)
    #expect(try findings(account.database) == ["is not in the manifest: skipped|warning"])
  }

  @Test("Of several executions of an export the last counts, even without a manifest")
  func executions() async throws {
    let folder = try TemporaryFolder()
    for (name, cost) in [("20261006T000000Z-aa", "0.3"), ("20261007T000000Z-bb", "0.1")] {
      try folder.add(
        "data/BILLING_PERIOD=2026-10/\(name)/bill-00001.csv", csv.replacingOccurrences(of: "1,0.1,", with: "1,\(cost),")
      )
    }
    let account = try account()
    _ = try await BillImporter().importBills(paths: [folder.path], database: account.database)
    #expect(try account.database.lines("SELECT invoiced FROM bill_line") == ["100000000"])
    #expect(try findings(account.database) == ["belongs to an older execution of its export: skipped|warning"])
  }

  @Test("The same file twice counts once")
  func twice() async throws {
    let folder = try TemporaryFolder()
    try folder.add("a.csv", csv)
    try folder.add("b.csv", csv)
    let account = try account()
    _ = try await BillImporter().importBills(paths: [folder.path], database: account.database)
    #expect(try account.database.lines("SELECT SUM(invoiced) FROM bill_line") == ["100000000"])
  }

  private func failure(_ bytes: [UInt8], named name: String = "bill.csv") async throws -> String? {
    let folder = try TemporaryFolder()
    try folder.add(name, bytes)
    let account = try account()
    do {
      _ = try await BillImporter().importBills(paths: [folder.path], database: account.database)
      return nil
    } catch let error as CollectionError {
      #expect(try account.database.lines("SELECT COUNT(*) FROM bill_line") == ["0"])
      return error.reason
    }
  }

  @Test func filesThatAreNoBillAreRefused() async throws {
    #expect(try await failure(Array("a,b\n1,2\n".utf8))?.hasSuffix("nor a manifest: skipped") == true)
    #expect(
      try await failure(Array(csv.replacingOccurrences(of: "line_item_resource_id", with: "x").utf8))
        == "the export lacks the column line_item_resource_id: choose \"include resource IDs\" and export again")
    #expect(
      try await failure(Array((SmallAccount.header + ",line_item_currency_code\n" + row + ",CNY\n").utf8))
        == "the bill of 2026-10 is in CNY, and account 111122223333 in eu-west-1 is not")
  }

  @Test("A truncated bill is not half imported")
  func truncated() async throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: nextflow + "/cur-split-cost-allocation.csv.gz"))
    let reason = try await failure(Array(whole.prefix(whole.count / 2)), named: "bill.csv.gz") ?? ""
    #expect(reason.hasPrefix("gzip breaks off, after row "))
    #expect(reason.hasSuffix(": nothing of this import was kept"))
  }

  @Test("One month in two formats is refused, since it would count twice")
  func twoFormats() async throws {
    let folder = try TemporaryFolder()
    try folder.add("a.csv", csv)
    try folder.add("b.csv", csv.replacingOccurrences(of: "line_item_usage_amount", with: "lineItem/UsageAmount"))
    let account = try account()
    await #expect(throws: CollectionError.self) {
      try await BillImporter().importBills(paths: [folder.path], database: account.database)
    }
  }

}
