import Collect
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Collect

/// The Spot data feed as AWS writes it, and damaged.
@Suite struct SpotFeeds {
  private let account: SmallAccount
  private let folder: TemporaryFolder

  init() async throws {
    account = try SmallAccount()
    folder = try TemporaryFolder()
    try await feed([row("09", "0.0400000000 USD")])
  }

  private func row(_ hour: String, _ price: String) -> String {
    [
      "2026-10-05 \(hour):59:59 UTC", "EU-SpotUsage:c5.large", "RunInstances:SV001", "i-0a", "sir-1", price, price,
      price,
      "1",
    ].joined(separator: "\t")
  }

  private func feed(_ rows: [String], change: (String) -> String = { $0 }) async throws {
    let header = [
      "#Version: 1.0",
      "#Fields: Timestamp UsageType Operation InstanceID MyBidID MyMaxPrice MarketPrice Charge Version",
    ]
    let path = try folder.add(
      "111122223333.2026-10-05-09.001.b959dbc6", (header + rows.map(change)).joined(separator: "\n") + "\n")
    _ = try await BillImporter().importBills(paths: [path], database: account.database)
  }

  /// Expects the import to fail for this reason, with a finding, and the earlier feed to stay.
  private func expectRefusal(_ reason: String, _ rows: [String], change: (String) -> String = { $0 }) async throws {
    do {
      try await feed(rows, change: change)
      Issue.record("was read")
    } catch let error as CollectionError {
      #expect(error.reason == reason)
    }
    #expect(try account.database.lines("SELECT charge FROM spot_feed") == ["40000000"])
    #expect(
      try account.database.lines("SELECT message FROM collection_finding WHERE severity = 'error'") == [reason])
  }

  @Test("Charges in another currency are not read as dollars", arguments: ["CNY", "EUR"])
  func currency(name: String) async throws {
    try await expectRefusal(
      "1 of 1 rows cannot be read; row 3 is in \(name); batchcost reads the Spot data feed in USD. "
        + "Nothing of this import was kept", [row("09", "0.10 \(name)")])
  }

  @Test(
    "Columns separated by something other than tabs",
    arguments: [("spaces", "      "), ("commas", ","), ("semicolons", ";")])
  func separators(name: String, separator: String) async throws {
    try await expectRefusal(
      "2 of 2 rows cannot be read; row 3 has \(name) between its columns, not tabs. Nothing of this import was kept",
      [row("09", "0.05 USD"), row("10", "0.05 USD")], change: { $0.replacing("\t", with: separator) })
  }

  @Test("Half of the rows may be unreadable: each becomes a finding, the others are kept")
  func half() async throws {
    try await feed([row("09", "0.05 USD"), "not a line", row("10", "0.10 CNY"), row("11", "0.06 USD")])
    #expect(try account.database.lines("SELECT charge FROM spot_feed ORDER BY at_ms") == ["50000000", "60000000"])
    #expect(
      try account.database.lines("SELECT place, message FROM collection_finding ORDER BY place") == [
        "row 4|is not an instance-hour", "row 5|is in CNY; batchcost reads the Spot data feed in USD",
      ])
  }

  @Test("A feed without rows is refused")
  func empty() async throws {
    try await expectRefusal("no row of a bill or of the Spot data feed: nothing to import", [])
  }
}
