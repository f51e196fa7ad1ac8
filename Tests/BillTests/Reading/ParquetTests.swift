import Accounting
import Base
import Collect
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Base
@testable import Collect

/// CUR and FOCUS as Snappy Parquet, with the types AWS writes: timestamps, doubles, maps. `duckdb` makes the files.
@Suite struct ParquetBills {
  static let duckdb = Program.duckDB()

  /// Turns a CSV bill into Parquet.
  ///
  /// - Parameter columns: replacements for columns, as DuckDB's SQL.
  private func parquet(_ csv: String, replacing columns: String, at path: String) async throws {
    let duckdb = try #require(Self.duckdb)
    let sql = """
      COPY (SELECT * REPLACE (\(columns)) FROM read_csv('\(csv)', all_varchar = true, header = true))
      TO '\(path.replacing("'", with: "''"))' (FORMAT parquet, COMPRESSION snappy)
      """
    let ended = try await duckdb.run(["-no-init", "-c", "SET TimeZone='UTC'", "-c", sql], patience: 120)
    #expect(ended.failure == nil, "\(ended.errors)")
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
    "Decimals of more than 38 digits are refused, and the ledger stays",
    .enabled(if: duckdb != nil, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"))
  func wideDecimals() async throws {
    let account = try account()
    let error = await #expect(throws: CollectionError.self) {
      try await BillImporter().importBills(paths: [wideDecimalBill], database: account.database)
    }
    #expect(
      error?.reason
        == "has line_item_unblended_cost as decimals of more than 38 digits, which duckdb cannot read; write it with 38 at most"
    )
    #expect(try lines(account.database).isEmpty)
  }

  @Test(
    "CUR 2.0: doubles, timestamps and a map of tags",
    .enabled(if: duckdb != nil, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"))
  func cur() async throws {
    let folder = try TemporaryFolder()
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
    try await parquet(
      csv,
      replacing: [
        double("line_item_usage_amount"), double("line_item_unblended_cost"), double("pricing_public_on_demand_cost"),
        double("savings_plan_savings_plan_effective_cost"), double("reservation_effective_cost"),
        timestamp("line_item_usage_start_date"), timestamp("line_item_usage_end_date"),
        timestamp("bill_billing_period_start_date"),
        "CASE WHEN line_item_resource_id = 'i-0marked' THEN MAP {'aws_batch_job_queue': 'a \"b\", c'} END AS resource_tags",
      ].joined(separator: ", "), at: path)
    let account = try account()
    let summary = try await BillImporter().importBills(paths: [folder.path + "/it's"], database: account.database)
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
    "FOCUS has in Parquet what it has as text: meters, priced hours, regions",
    .enabled(if: duckdb != nil, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"))
  func focus() async throws {
    let folder = try TemporaryFolder()
    let header = FocusRows.header + ",PricingQuantity,PricingUnit,SkuMeter,RegionId"
    let rows = [
      FocusRows.usage("i-0a", quantity: ",") + ",1,Hours,USW2-BoxUsage:c5.large,eu-west-1",
      FocusRows.usage("i-0a", cost: "0.02") + ",1,Hours,USW2-EBSOptimized:c5.large,eu-west-1",
      FocusRows.usage("i-0a", cost: "0.03", quantity: "3,GB") + ",3,GB,USW2-DataTransfer-Out-Bytes,eu-west-1",
    ]
    let csv = try folder.add("csv/bill.csv", ([header] + rows).joined(separator: "\n") + "\n")
    try await parquet(csv, replacing: "ServiceName AS ServiceName", at: folder.path + "/bill.parquet")
    for path in [csv, folder.path + "/bill.parquet"] {
      let account = try account()
      _ = try await BillImporter().importBills(paths: [path], database: account.database)
      #expect(
        try account.database.lines("SELECT item, usage_ms, effective FROM bill_line ORDER BY item") == [
          "BoxUsage:c5.large|3600000|130000000", "DataTransfer-Out-Bytes|0|30000000",
          "EBSOptimized:c5.large|0|20000000",
        ])
      #expect(
        try account.database.lines("SELECT region, item, cost, kilobytes FROM bill_around")
          == ["eu-west-1|DataTransfer-Out-Bytes|30000000|3000000"])
    }
  }

  @Test(
    "Times with a zone are read as DuckDB prints them, +00; counts since 1970 are refused, and the old bill stays",
    .enabled(if: duckdb != nil, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"),
    arguments: [
      ("CAST(CAST(x AS TIMESTAMP) AS TIMESTAMPTZ)", true), ("CAST(x AS TIMESTAMP_NS)", true),
      ("CAST(x AS TIMESTAMP_S)", true), ("x", true), ("epoch_ms(CAST(x AS TIMESTAMP))", false),
    ])
  func times(type: String, isRead: Bool) async throws {
    let folder = try TemporaryFolder()
    let row = SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.13")
    let csv = try folder.add("csv/bill.csv", SmallAccount.header + "\n" + row + "\n")
    let path = folder.path + "/bill.parquet"
    let columns = ["line_item_usage_start_date", "line_item_usage_end_date"]
    try await parquet(
      csv, replacing: columns.map { "\(type.replacing("x", with: $0)) AS \($0)" }.joined(separator: ", "), at: path)
    let account = try account()
    try await account.reconcile([SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.11")])
    if isRead {
      let imported = try await BillImporter().importBills(paths: [path], database: account.database)
      #expect(imported.bills.map(\.kept) == [1])
    } else {
      await #expect(throws: CollectionError.self) {
        try await BillImporter().importBills(paths: [path], database: account.database)
      }
    }
    #expect(
      try lines(account.database) == [
        "i-0a|BoxUsage:c5.large|0|3600000|\(isRead ? "130000000|130000000" : "110000000|110000000")|0|-"
      ])
    #expect(
      try account.database.lines("SELECT start_ms FROM bill_line") == ["\(SmallAccount.time("2026-10-05T09:00:00Z"))"])
  }

  @Test(
    "Names in the file never become SQL: any tag is read, and a column that no export has is refused",
    .enabled(if: duckdb != nil, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"))
  func names() async throws {
    // A mark after a quote makes one character of both, which replacing quotes by character would miss.
    let key = "a\"\u{301}, error('run') AS \"b"
    func read(_ name: String) async throws -> (tags: [String], failure: String?) {
      let folder = try TemporaryFolder()
      let row = SmallAccount.row("i-0marked", "2026-10-05T09", amount: "1", cost: "0.13")
      var header = Array((SmallAccount.header + ",\"").utf8)
      for byte in name.utf8 { header += byte == 0x22 ? [byte, byte] : [byte] }
      let csv = try folder.add("csv/bill.csv", header + Array("\"\n\(row),AWSBatch\n".utf8))
      // A path that would end an SQL string, hidden the same way.
      let data = folder.path + "/it'\u{301}s"
      try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
      try await parquet(csv, replacing: "line_item_operation AS line_item_operation", at: folder.path + "/bill.parquet")
      try FileManager.default.moveItem(atPath: folder.path + "/bill.parquet", toPath: data + "/[bill].parquet")
      let account = try account()
      do {
        _ = try await BillImporter().importBills(paths: [data], database: account.database)
        return (try account.database.lines("SELECT resource FROM bill_line"), nil)
      } catch let error as CollectionError {
        return ([], error.reason)
      }
    }
    let tag = try await read("resource_tags_" + key)
    #expect(tag.tags == ["i-0marked"] && tag.failure == nil)
    #expect(try await read("anything " + key).failure == nil)
    #expect(
      try await read("line_item_blended'\u{301}_cost").failure == nil, "not read, so not refused")
    #expect(
      try await read("pricing'public_on_demand_cost").failure
        == "has a column \"pricing'public_on_demand_cost\", which no CUR or FOCUS export has")
  }

  @Test(
    "A file that is not Parquet inside fails in duckdb's own words, and nothing is kept",
    .enabled(if: duckdb != nil, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"))
  func broken() async throws {
    let folder = try TemporaryFolder()
    try folder.add("bill.parquet", "PAR1 and nothing else")
    let account = try account()
    do {
      _ = try await BillImporter().importBills(paths: [folder.path], database: account.database)
      Issue.record("was read")
    } catch let error as CollectionError {
      #expect(error.path == folder.path + "/bill.parquet")
      #expect(error.reason.hasPrefix("duckdb: "))
      #expect(error.reason.contains("bill.parquet"))
    }
  }

  @Test("Without duckdb, a Parquet file ends the import with what to install")
  func withoutHelper() throws {
    #expect(Program.duckDB(["PATH": "/nowhere"]) == nil)
    #expect(Program.duckDB(["PATH": "/nowhere", "BATCHCOST_DUCKDB": "/nowhere/duckdb"]) == nil)
    #expect(Program.duckDB(["PATH": "/nowhere", "BATCHCOST_DUCKDB": "/bin/sh"])?.path == "/bin/sh")
    let source = ParquetSource(path: "bill.parquet", program: nil)
    #expect(
      throws: CollectionError(
        path: "bill.parquet",
        reason: "is Parquet, which batchcost reads through duckdb: run `pipx install duckdb-cli==1.5.5`, or name the "
          + "program with BATCHCOST_DUCKDB")
    ) { try source.read(stop: StopSign()) { _, _ in } }
  }
}

/// A misbehaving helper in place of `duckdb`.
@Suite struct ParquetHelperTests {
  private let folder: TemporaryFolder
  private let file: String
  private let program: String

  init() throws {
    folder = try TemporaryFolder()
    file = try folder.add("bill.parquet", "PAR1")
    program = folder.path + "/helper"
  }

  private func source(_ script: String, patience: Double = 600) throws -> ParquetSource {
    try folder.add("helper", "#!/bin/sh\n\(script)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
    var source = ParquetSource(path: file, program: Program(path: program))
    source.patience = patience
    return source
  }

  private func reason(_ source: ParquetSource, _ stop: StopSign = StopSign()) async throws -> String? {
    do {
      try await onOwnThread { try source.read(stop: stop) { reader, _ in while reader.next() {} } }
      return nil
    } catch let error as CollectionError {
      return error.reason
    }
  }

  /// Whether the process whose id is in the file is still running.
  private func runs() throws -> Bool {
    let number = try String(contentsOf: URL(fileURLWithPath: folder.path + "/pid"), encoding: .utf8)
    return kill(try #require(Int32(number.trimmingCharacters(in: .whitespacesAndNewlines))), 0) == 0
  }

  @Test("The helper receives signals and reads the file as its standard input")
  func signals() async throws {
    let script = """
      read -r head; [ "$head" = PAR1 ] || { echo "input: $head" >&2; exit 5; }
      blocked=$(sed -n 's/^SigBlk:[^0-9a-f]*//p' /proc/self/status)
      [ "$blocked" = 0000000000000000 ] || { echo "blocked: $blocked" >&2; exit 5; }
      for column in BilledCost ChargePeriodStart ChargePeriodEnd ServiceName ChargeCategory EffectiveCost ResourceId \
        ConsumedQuantity; do echo "$column,VARCHAR"; done
      """
    #expect(try await reason(try source(script)) == nil)
  }

  @Test(
    "The helper's own error is passed on",
    arguments: [
      ("echo 'IO Error: /dev/stdin: no' >&2; exit 1", "duckdb: IO Error: FILE: no"),
      ("exit 7", "duckdb: ended with status 7"),
      ("kill -9 $$", "duckdb: was ended by signal 9"),
      ("echo BilledCost,DOUBLE; exit 3", "duckdb: ended with status 3"),
    ])
  func failures(script: String, message: String) async throws {
    #expect(try await reason(try source(script)) == message.replacing("FILE", with: file))
  }

  @Test("A helper that cannot start is named at once")
  func notRun() async throws {
    try folder.add("helper", "#!/bin/none\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
    let source = ParquetSource(path: file, program: Program(path: program))
    #expect(try await reason(source) == "\(program) could not be started")
  }

  @Test("A helper that prints nothing, or never exits after printing, is killed", arguments: [false, true])
  func silence(prints: Bool) async throws {
    let script = "echo $$ >'\(folder.path)/pid'; \(prints ? "echo BilledCost,DOUBLE; exec >&-;" : "") exec sleep 600"
    let reason = try await reason(try source(script, patience: 1))
    // Which message comes depends on how soon the program starts.
    let messages = [
      "duckdb: nothing came for 1 seconds", "\(program) did not end within 1 seconds of its last output",
    ]
    #expect(messages.contains(reason ?? "nothing"))
    #expect((try? runs()) != true)
  }

  @Test("Cancelling an import kills the helper and keeps nothing")
  func cancelled() async throws {
    let source = try source("trap '' TERM; echo $$ >'\(folder.path)/pid'; echo BilledCost,DOUBLE; exec sleep 600")
    let stop = StopSign()
    let reading = Task { try await reason(source, stop) }
    while (try? runs()) != true { try await Task.sleep(for: .milliseconds(10)) }
    stop.raise()
    await #expect(throws: CancellationError.self) { try await reading.value }
    #expect(try !runs())
    // A stop sign raised beforehand.
    await #expect(throws: CancellationError.self) { _ = try await reason(source, stop) }
  }

  @Test("Cancelling the task ends an import of bills between two files")
  func cancelledTask() async throws {
    let account = try SmallAccount()
    let files = try (1...2).map { number in
      try folder.add(
        "\(number).csv",
        SmallAccount.header + "\n" + SmallAccount.row("i-0a", "2026-10-05T0\(number)", amount: "1", cost: "0.1") + "\n")
    }
    let database = account.database
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await BillImporter().importBills(paths: files, database: database)
    }
    await #expect(throws: CancellationError.self) { _ = try await task.value }
    #expect(try account.database.lines("SELECT COUNT(*) FROM bill_line") == ["0"])
  }
}
