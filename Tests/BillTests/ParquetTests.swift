import Accounting
import Collect
import Domain
import Foundation
import Store
import Testing

@testable import Collect

/// CUR and FOCUS as Snappy Parquet, with the types that AWS writes: timestamps, doubles, maps. `duckdb` makes the files.
@Suite struct ParquetBills {
  static let duckdb = ParquetSource.program()

  /// Turns a bill in CSV into Parquet.
  ///
  /// - Parameter columns: what replaces columns, as DuckDB's SQL.
  private func parquet(_ csv: String, replacing columns: String, at path: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.duckdb ?? "")
    process.arguments = [
      "-no-init", "-c", "SET TimeZone='UTC'", "-c",
      """
      COPY (SELECT * REPLACE (\(columns)) FROM read_csv('\(csv)', all_varchar = true, header = true))
      TO '\(path.replacing("'", with: "''"))' (FORMAT parquet, COMPRESSION snappy)
      """,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  private func lines(_ database: Database) throws -> [String] {
    try database.lines(
      """
      SELECT resource, item, charge, usage_ms, invoiced, effective, effective_rest, public FROM bill_line
      ORDER BY resource
      """)
  }

  private func account() throws -> SmallAccount {
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    return account
  }

  @Test(
    "CUR 2.0: doubles, timestamps and a map of tags",
    .enabled(if: duckdb != nil, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"))
  func cur() throws {
    let folder = try Folder()
    let rows = [
      SmallAccount.row(
        "i-0a", "2026-10-05T09", amount: "1", cost: "0.1", type: "SavingsPlanCoveredUsage", publicCost: "0.1",
        effective: "0.072"),
      SmallAccount.row("i-0marked", "2026-10-05T09", amount: "0.5", cost: "3.765023952e-06"),
      SmallAccount.row("i-0other", "2026-10-05T09", amount: "1", cost: "0.3", product: "AmazonRDS"),
    ]
    let csv = try folder.add("csv/bill.csv", ([SmallAccount.header] + rows).joined(separator: "\n") + "\n")
    try FileManager.default.createDirectory(atPath: folder.path + "/it's", withIntermediateDirectories: true)
    let path = folder.path + "/it's/bill-00001.snappy.parquet"
    func double(_ name: String) -> String { "CAST(NULLIF(\(name), '') AS DOUBLE) AS \(name)" }
    func timestamp(_ name: String) -> String { "CAST(\(name) AS TIMESTAMP) AS \(name)" }
    try parquet(
      csv,
      replacing: [
        double("line_item_usage_amount"), double("line_item_unblended_cost"), double("pricing_public_on_demand_cost"),
        double("savings_plan_savings_plan_effective_cost"), double("reservation_effective_cost"),
        timestamp("line_item_usage_start_date"), timestamp("line_item_usage_end_date"),
        timestamp("bill_billing_period_start_date"),
        "CASE WHEN line_item_resource_id = 'i-0marked' THEN MAP {'aws_batch_job_queue': 'a \"b\", c'} END AS resource_tags",
      ].joined(separator: ", "), at: path)
    let account = try account()
    let summary = try BillImporter().importBills(paths: [folder.path + "/it's"], database: account.database)
    #expect(summary.rows == 3)
    #expect(
      try lines(account.database) == [
        "i-0a|BoxUsage:c5.large|1|3600000|100000000|72000000|0|100000000",
        // 0.000003765023952: 3,765 nanodollars and 0.023952 of one.
        "i-0marked|BoxUsage:c5.large|0|1800000|3765|3765|23952000|-",
      ])
    #expect(try account.database.lines("SELECT payer, period, format FROM bill") == ["999900001111|2026-10|cur-2.0"])
  }

  @Test(
    "Times with a time zone: DuckDB prints +00. Counts since 1970 are refused, and what was there stays",
    .enabled(if: duckdb != nil, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"),
    arguments: [
      ("CAST(CAST(x AS TIMESTAMP) AS TIMESTAMPTZ)", true), ("CAST(x AS TIMESTAMP_NS)", true),
      ("CAST(x AS TIMESTAMP_S)", true), ("x", true), ("epoch_ms(CAST(x AS TIMESTAMP))", false),
    ])
  func times(type: String, isRead: Bool) throws {
    let folder = try Folder()
    let row = SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.13")
    let csv = try folder.add("csv/bill.csv", SmallAccount.header + "\n" + row + "\n")
    let path = folder.path + "/bill.parquet"
    let columns = ["line_item_usage_start_date", "line_item_usage_end_date"]
    try parquet(
      csv, replacing: columns.map { "\(type.replacing("x", with: $0)) AS \($0)" }.joined(separator: ", "), at: path)
    let account = try account()
    try account.reconcile([SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.11")])
    let imported = Result { try BillImporter().importBills(paths: [path], database: account.database) }
    if isRead {
      #expect(try imported.get().bills.map(\.kept) == [1])
    } else {
      #expect(throws: CollectionError.self) { try imported.get() }
    }
    #expect(
      try lines(account.database) == [
        "i-0a|BoxUsage:c5.large|0|3600000|\(isRead ? "130000000|130000000" : "110000000|110000000")|0|-"
      ])
    #expect(
      try account.database.lines("SELECT start_ms FROM bill_line") == ["\(SmallAccount.time("2026-10-05T09:00:00Z"))"])
  }

  @Test(
    "No name of the file is SQL: of tags any is read, of other columns none that no export has",
    .enabled(if: duckdb != nil, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"))
  func names() throws {
    // A mark behind a quote makes one character of both, which no replacement of quotes finds.
    let key = "a\"\u{301}, error('run') AS \"b"
    func read(_ name: String) throws -> (tags: [String], failure: String?) {
      let folder = try Folder()
      let row = SmallAccount.row("i-0marked", "2026-10-05T09", amount: "1", cost: "0.13")
      var header = Array((SmallAccount.header + ",\"").utf8)
      for byte in name.utf8 { header += byte == 0x22 ? [byte, byte] : [byte] }
      let csv = try folder.add("csv/bill.csv", header + Array("\"\n\(row),AWSBatch\n".utf8))
      // A path that would end a text of SQL, hidden in the same way.
      let data = folder.path + "/it'\u{301}s"
      try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
      try parquet(csv, replacing: "line_item_operation AS line_item_operation", at: folder.path + "/bill.parquet")
      try FileManager.default.moveItem(atPath: folder.path + "/bill.parquet", toPath: data + "/[bill].parquet")
      let account = try account()
      do {
        _ = try BillImporter().importBills(paths: [data], database: account.database)
        return (try account.database.lines("SELECT resource FROM bill_line"), nil)
      } catch let error as CollectionError {
        return ([], error.reason)
      }
    }
    let tag = try read("resource_tags_" + key)
    #expect(tag.tags == ["i-0marked"] && tag.failure == nil)
    #expect(try read("anything " + key).failure == nil)
    #expect(
      try read("line_item_blended'\u{301}_cost").failure == nil, "not read, so not refused")
    #expect(
      try read("pricing'public_on_demand_cost").failure
        == "has a column \"pricing'public_on_demand_cost\", which no CUR or FOCUS export has")
  }

  @Test(
    "A file that is no Parquet inside: duckdb's own words, and nothing is kept",
    .enabled(if: duckdb != nil, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"))
  func broken() throws {
    let folder = try Folder()
    try folder.add("bill.parquet", "PAR1 and nothing else")
    let account = try account()
    do {
      _ = try BillImporter().importBills(paths: [folder.path], database: account.database)
      Issue.record("was read")
    } catch let error as CollectionError {
      #expect(error.path == folder.path + "/bill.parquet")
      #expect(error.reason.hasPrefix("duckdb: "))
      #expect(error.reason.contains("bill.parquet"))
    }
  }

  @Test("Without duckdb a Parquet file is no silent loss: the message says what to install")
  func withoutHelper() throws {
    #expect(ParquetSource.program(["PATH": "/nowhere"]) == nil)
    #expect(ParquetSource.program(["PATH": "/nowhere", "BATCHCOST_DUCKDB": "/nowhere/duckdb"]) == nil)
    let source = ParquetSource(path: "bill.parquet", program: nil)
    #expect(
      throws: CollectionError(
        path: "bill.parquet",
        reason: "is Parquet, which batchcost reads through duckdb: run `pipx install duckdb-cli==1.5.5`, or name the "
          + "program with BATCHCOST_DUCKDB")
    ) { try source.read { _, _ in } }
  }
}
