import Accounting
import Collect
import Domain
import Foundation
import Store
import TestSupport
import Testing

/// Malformed files: each is read as intended, ends the import with a message, or leaves a finding.
@Suite struct HostileBills {
  private let row = SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1")
  private let next = SmallAccount.row("i-0b", "2026-10-05T09", amount: "1", cost: "0.2")
  private let header = SmallAccount.header

  /// Enough rows that one or two unreadable ones do not reject the bill.
  private let rest = (0..<20).map { _ in SmallAccount.row("", "2026-10-05T09", amount: "", cost: "0.01", type: "Tax") }
  private let restLine = "|7|200000000|0"

  private struct Result: Equatable {
    var lines: [String] = []
    var findings: [String] = []
    var failure: String?
  }

  private func read(_ bytes: [UInt8], named name: String = "bill.csv") async throws -> Result {
    let account = try SmallAccount()
    for id in ["i-0a", "i-0b", "i-0c"] {
      try account.addInstance(id, launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    }
    let folder = try TemporaryFolder()
    try folder.add(name, bytes)
    var result = Result()
    do {
      _ = try await BillImporter().importBills(paths: [folder.path], database: account.database)
      try Ledger.build(account.database)
    } catch let error as CollectionError {
      result.failure = error.reason.replacing(folder.path + "/", with: "")
    }
    result.lines = try account.database.lines(
      "SELECT resource, charge, invoiced, usage_ms FROM bill_line ORDER BY resource, charge")
    result.findings = try account.database.lines(
      """
      SELECT REPLACE(subject, '\(folder.path)/', ''), place, message FROM collection_finding WHERE check_name = 'bill'
      ORDER BY 1, 2
      """)
    return result
  }

  private func read(_ text: String) async throws -> Result { try await read(Array(text.utf8)) }

  private let both = ["i-0a|0|100000000|3600000", "i-0b|0|200000000|3600000"]

  @Test("A byte order mark and Windows line endings")
  func endings() async throws {
    let text = [header, row, next].joined(separator: "\r\n") + "\r\n"
    #expect(try await read("\u{FEFF}" + text) == Result(lines: both))
    #expect(try await read([header, row, next].joined(separator: "\n")) == Result(lines: both))
  }

  @Test("UTF-16, as PowerShell writes it")
  func wide() async throws {
    let text = "\u{FEFF}" + [header, row, next].joined(separator: "\n")
    #expect(try await read([UInt8](text.data(using: .utf16LittleEndian) ?? Data())) == Result(lines: both))
  }

  @Test("A line break, quotes and commas inside a tag")
  func quoted() async throws {
    let tags = SmallAccount.row(
      "i-0a", "2026-10-05T09", amount: "1", cost: "0.1", tags: "{\"user_note\":\"a,\n\"\"b\"}")
    #expect(try await read([header, tags, next].joined(separator: "\n") + "\n") == Result(lines: both))
  }

  @Test("Numbers with exponents are exact; anything that is not a number becomes a finding with its row")
  func numbers() async throws {
    func row(_ id: String, _ amount: String, _ cost: String) -> String {
      SmallAccount.row(id, "2026-10-05T09", amount: amount, cost: cost)
    }
    let text = [header, row("i-0a", "1E0", "1.0E-1"), row("i-0b", "1", "1E+400"), row("i-0c", "NaN", "0.1")] + rest
    #expect(
      try await read(text.joined(separator: "\n"))
        == Result(
          lines: [restLine, "i-0a|0|100000000|3600000"],
          findings: ["bill.csv|row 3|\"1E+400\" is not an amount", "bill.csv|row 4|\"NaN\" is not an amount"]))
  }

  @Test("A row with too few or too many fields becomes a finding, since its fields cannot be told apart")
  func ragged() async throws {
    let text = ([header, "999900001111,2026-10-01", row, next + ",more"] + rest).joined(separator: "\n")
    #expect(
      try await read(text)
        == Result(
          lines: [restLine, both[0]],
          findings: [
            "bill.csv|row 2|has 2 fields, its header 16", "bill.csv|row 4|has 17 fields, its header 16",
          ]))
  }

  @Test("A repeated row is more usage than the hour has: a finding, and never more cost than was billed")
  func duplicated() async throws {
    #expect(
      try await read([header, row, row].joined(separator: "\n"))
        == Result(
          lines: ["i-0a|0|200000000|7200000"],
          findings: [
            "i-0a|usage|is billed for 7200 s in 1 hour, the first from 2026-10-05T09:00:00Z: "
              + "does the bill have its lines twice?"
          ]))
  }

  @Test("An hour is used for an hour at most: the ledger is built, with the bill's cost")
  func absurdUsage() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-07T09:00:00Z")
    let folder = try TemporaryFolder()
    let rows = (0..<48).map { hour in
      let time = "2026-10-0\((9 + hour) / 24 + 5)T" + ((9 + hour) % 24 < 10 ? "0" : "") + "\((9 + hour) % 24)"
      return SmallAccount.row("i-0a", time, amount: hour == 0 ? "1000" : "1", cost: "0.1")
    }
    try folder.add("bill.csv", Array(([header] + rows).joined(separator: "\n").utf8))
    _ = try await BillImporter().importBills(paths: [folder.path], database: account.database)
    try Ledger.build(account.database)
    #expect(
      try account.database.lines("SELECT place, message FROM collection_finding WHERE check_name = 'bill'") == [
        "usage|is billed for 3600000 s in 1 hour, the first from 2026-10-05T09:00:00Z: does the bill have its lines twice?"
      ])
    // 15, 24 and 9 hours at $0.10.
    #expect(
      try account.database.lines(
        """
        SELECT d.day, d.billed_ms, d.cost FROM resource_day d JOIN resource r ON r.id = d.resource
        WHERE r.kind = 'instance' ORDER BY 1
        """) == ["20731|54000000|1500000000", "20732|86400000|2400000000", "20733|32400000|900000000"])
  }

  @Test("An unknown line item type becomes a finding, and its cost is nobody's")
  func unknownType() async throws {
    let fee = SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.7", type: "FlatRateSubscription")
    #expect(
      try await read([header, row, fee].joined(separator: "\n"))
        == Result(
          lines: ["|9|700000000|0", both[0]],
          findings: [
            "FlatRateSubscription|line item type|is unknown to batchcost: its rows count among the bill's other lines, "
              + "in nobody's cost"
          ]))
  }

  @Test("Software of a Marketplace image on an instance is named; what is on no instance of Batch's is not")
  func marketplace() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    try await account.reconcile([
      SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1"),
      SmallAccount.row(
        "i-0a", "2026-10-05T09", amount: "1", cost: "0.5", item: "EU-SoftwareUsage:c5.large", product: "c9x8v7b6n5m4"),
      SmallAccount.row(
        "i-0ff", "2026-10-05T09", amount: "1", cost: "0.5", item: "EU-SoftwareUsage:c5.large", product: "a1s2d3f4g5h6"),
    ])
    #expect(try account.database.lines("SELECT cost FROM resource WHERE kind = 'instance'") == ["100000000"])
    #expect(
      try account.database.lines("SELECT subject, message FROM collection_finding WHERE check_name = 'bill'") == [
        "c9x8v7b6n5m4|is unknown to batchcost: its 1 row about Batch's instances and tasks is in nobody's cost"
      ])
  }

  @Test("A correction cancels its hour's cost: no posting is negative, and the estimate stands")
  func negative() async throws {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T11:00:00Z")
    let statement = try await account.reconcile([
      SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1"),
      SmallAccount.row("i-0a", "2026-10-05T10", amount: "-1", cost: "-0.1"),
      SmallAccount.row("i-0a", "2026-10-05T10", amount: "1", cost: "-0.05", type: "Credit"),
    ])
    #expect(
      statement == [
        "Ledger, as estimated|1|0.2", "Not yet in the bill|1|-0.2", "Bill, effective cost of Batch|1|0",
        "Credits|-|-0.05",
        "Bill, as invoiced for EC2, ECS and Savings Plans|-|-0.05",
      ])
    #expect(try account.database.lines("SELECT MIN(cost), SUM(cost) FROM posting") == ["200000000|200000000"])
    #expect(
      try account.database.lines("SELECT subject FROM ledger_finding WHERE check_name = 'bill-left-out'") == ["i-0a"])
  }

  @Test("A file that is no bill, or a truncated one, ends the import with the file and the reason")
  func refused() async throws {
    #expect(try await read("").failure == "no bill here: bill.csv is empty")
    #expect(
      try await read(row + "\n").failure
        == "no bill here: bill.csv is neither a CUR, a FOCUS export, a Spot data feed nor a manifest: skipped")
    #expect(
      try await read(header.replacing("line_item_unblended_cost", with: "cost") + "\n" + row).failure
        == "the export lacks the column line_item_unblended_cost")
    #expect(
      try await read([header, row, "\"never closed,1"].joined(separator: "\n")).failure
        == "row 3 breaks off inside quotes, after row 2: nothing of this import was kept")
    #expect(
      try await read(
        Array(#"{"exportName":"e","billingPeriod":"2026-10","dataFiles":["s3"#.utf8), named: "Manifest.json"
      )
      .failure?.hasPrefix("no bill here: Manifest.json is neither") == true)
  }

  @Test("Random bytes in a bill: nothing crashes; a failed import keeps nothing, a good one its lines: 100 seeds")
  func mutated() async throws {
    var refused = 0
    let before = row.replacing("09:00", with: "08:00").replacing("10:00", with: "09:00")
    let text = Array([header, row, next, before].joined(separator: "\n").utf8)
    for seed in UInt64(1)...100 {
      var random = SeededGenerator(seed: seed)
      var bytes = text
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let result = try await read(bytes)
      #expect((result.failure == nil) != result.lines.isEmpty, "seed \(seed)")
      if result.failure != nil { refused += 1 }
    }
    #expect((20...80).contains(refused), "\(refused) of 100")
  }
}
