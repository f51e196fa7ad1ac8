import Base
import Foundation
import Store
import Subprocess
import TestSupport
import Testing

@testable import AWS
@testable import Lake

private let hasDuckDB = Program.duckDB() != nil

@Suite(.enabled(if: hasDuckDB, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"))
struct LakeExportTests {
  @Test func rowsEqualTheDatabases() async throws {
    let world = try World()
    let summary = try await world.export()
    #expect(summary.removed == 0 && summary.kept == 0 && summary.rows > 0)
    #expect(
      try world.files("posting") == [
        "account=111122223333/region=eu-west-1/day=20752", "account=111122223333/region=eu-west-1/day=20753",
        "account=unknown/region=unknown/day=20752",
      ])
    // Literals: what `World` wrote.
    let rows = try await world.ask(
      "SELECT id, resource, day, account, attempt, cost, on_demand, list_cost FROM posting ORDER BY id")
    #expect(
      rows == [
        "1048576,1,20752,0,1025,100,NULL,NULL", "1048577,1,20753,3,NULL,7,9,NULL",
        "2097152,2,20752,0,NULL,NULL,NULL,NULL",
      ])
    #expect(try await world.ask("SELECT DISTINCT typeof(day), typeof(account) FROM posting") == ["BIGINT,BIGINT"])
    #expect(
      try await world.ask("SELECT tag_set, name, value || '.' FROM tag ORDER BY name") == [
        "1,\"quoted \"\"team\"\", with \\N\",\"two\nlines.\"", "1,team,.",
      ])
    #expect(try await world.ask("SELECT score FROM anomaly") == ["0.1"])
    #expect(try await world.ask("SELECT COUNT(*) FROM calendar") == ["2"])
    // A view of the schema, over the files.
    #expect(try await world.ask("SELECT name FROM named_queue") == ["q"])
    // The files have statistics and are compressed.
    let parquet = "parquet_metadata('\(world.quotedFolder)/posting/*/*/*/*.parquet')"
    #expect(
      try await world.ask(
        "SELECT DISTINCT compression, bool_and(stats_min_value IS NOT NULL) FROM \(parquet) WHERE path_in_schema = 'id' GROUP BY 1"
      ) == ["ZSTD,true"])
  }

  @Test func onlyWhatChangedIsWritten() async throws {
    let world = try World()
    let first = try await world.export()
    let again = try await world.export()
    #expect(again.files == 0 && again.removed == 0 && again.kept == first.files)

    try world.change("UPDATE posting SET cost = 101 WHERE id = 1048576")
    let third = try await world.export()
    #expect(third.files == 1 && third.rows == 1 && third.kept == first.files - 1)
    #expect(try await world.ask("SELECT SUM(cost) FROM posting") == ["108"])

    try world.change("DELETE FROM posting WHERE id = 1048577")
    let fourth = try await world.export()
    #expect(fourth.files == 0 && fourth.removed == 1)
    #expect(try world.files("posting").contains("account=111122223333/region=eu-west-1/day=20753") == false)
  }

  @Test("A run that stopped between a file and its manifest is repeated with the same result")
  func aStoppedRunIsContinued() async throws {
    let world = try World()
    let first = try await world.export()
    let manifests = try FileManager.default.contentsOfDirectory(atPath: "\(world.folder)/_batchcost/manifests")
    #expect(manifests.count == 1)
    let manifest = "\(world.folder)/_batchcost/manifests/\(manifests[0])/posting.tsv"
    #expect(try String(contentsOfFile: manifest, encoding: .utf8).hasPrefix("schema\t0"))
    try FileManager.default.removeItem(atPath: manifest)
    let work = "\(world.folder)/_batchcost/work-\(manifests[0])/posting"
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    try Data("half a line".utf8).write(to: URL(fileURLWithPath: "\(work)/rows.csv"))
    let second = try await world.export()
    #expect(second.files == 3 && second.kept == first.files - 3)
    #expect(try await world.ask("SELECT COUNT(*), SUM(cost) FROM posting") == ["3,107"])
    #expect(FileManager.default.fileExists(atPath: "\(world.folder)/_batchcost/work-\(manifests[0])") == false)
  }

  @Test("Two databases export into one lake at once without sharing ids")
  func severalCollectors() async throws {
    let (one, other) = (try World(), try World())
    async let a = LakeExport(to: LakeFolder(one.folder)).run(one.database)
    async let b = LakeExport(to: LakeFolder(one.folder)).run(other.database)
    let (first, second) = try await (a, b)
    #expect(first.files == second.files && first.removed + second.removed == 0)
    #expect(try await one.ask("SELECT COUNT(*), COUNT(DISTINCT id), SUM(cost) FROM posting") == ["6,6,214"])
    #expect(
      try await one.ask("SELECT COUNT(*) FROM posting p JOIN attempt t ON t.id = p.attempt JOIN job j ON j.id = t.job")
        == ["2"])
    #expect(
      try await one.ask(
        "SELECT COUNT(*) FROM resource_posting p JOIN resource r ON r.id = p.resource JOIN account_region g ON g.id = r.account_region"
      ) == ["6"])
    // What every database has in common is there once, as is each day.
    #expect(try await one.ask("SELECT COUNT(*) FROM ledger_account") == ["8"])
    #expect(try await one.ask("SELECT COUNT(*) FROM calendar") == ["2"])
    let again = try await LakeExport(to: LakeFolder(one.folder)).run(other.database)
    #expect(again.files == 0 && again.kept == second.files)
  }

  @Test func aLakeFromANewerVersionIsNotChanged() async throws {
    let world = try World()
    _ = try await world.export()
    try Data("9999_later".utf8).write(to: URL(fileURLWithPath: "\(world.folder)/_batchcost/schema"))
    await #expect(throws: LakeError("\(world.folder)/: written by a newer batchcost (9999_later); update this one")) {
      try await world.export()
    }
  }

  @Test(
    "In a moto bucket: written once, read back, removed; a number is given out once",
    .enabled("python3 with moto[server] is not installed") { await Python.has("moto.server") })
  func inABucket() async throws {
    try await Moto.serve(#"make("s3").create_bucket(Bucket="lake")"#) { greeting in
      let facts = try #require(try JSONSerialization.jsonObject(with: Data(greeting.utf8)) as? [String: String])
      let environment = FakeAWS.environment(url: try #require(facts["url"]))
      let client = try AWSSession(environment: Environment(environment)).client()
      let place = try #require(LakeBucket(url: "s3://lake/costs", client: client))
      let world = try World()
      let export = try LakeExport(to: place)
      let first = try await export.run(world.database)
      #expect(first.files > 0)
      let again = try await export.run(world.database)
      #expect(again.files == 0 && again.kept == first.files)

      try world.change("DELETE FROM posting WHERE id = 1048577")
      #expect(try await export.run(world.database).removed == 1)
      var keys: [String] = []
      for try await page in client.pages(of: S3.listObjects(bucket: "lake", prefix: "costs/posting/")) {
        let body = try JSONSerialization.jsonObject(with: Data(page.body)) as? [String: Any]
        keys += (body?["Contents"] as? [[String: Any]] ?? []).compactMap { $0["Key"] as? String }
      }
      #expect(keys.count == 2)
      // The file is the one DuckDB wrote.
      let key = try #require(keys.first)
      let bytes = try #require(try await place.read(String(key.dropFirst("costs/".count))))
      try Data(bytes).write(to: URL(fileURLWithPath: "\(world.folder).parquet"))
      #expect(try await DuckDB.ask("SELECT SUM(cost) FROM '\(world.quotedFolder).parquet'") == ["100"])
      #expect(try await place.create([1], as: "_batchcost/collectors/0") == false)
      #expect(try await place.create([1], as: "_batchcost/collectors/7"))
    }
  }

  @Test func missingDuckDBIsAnError() throws {
    #expect(
      throws: LakeError(
        "a lake is written as Parquet by duckdb, which is not installed: run `pipx install duckdb-cli==1.5.5`, or name the "
          + "program with BATCHCOST_DUCKDB"
      )
    ) { try LakeExport(to: LakeFolder("nowhere"), program: nil) }
  }
}

/// A database with a few rows, and a lake whose folder name has characters that SQL and shells treat specially.
private struct World {
  let database: Database
  let folder: String
  /// Quoted for an SQL string.
  var quotedFolder: String { folder.replacing("'", with: "''") }

  init() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("lake-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    database = try Database(path: "\(path)/batchcost.sqlite")
    folder = "\(path)/a lake; it's"
    try database.write { connection in
      try connection.execute(
        """
        INSERT INTO account_region VALUES (1, '111122223333', 'eu-west-1'), (2, '', '');
        INSERT INTO job_queue (id, arn, name, account_region) VALUES (1, 'arn:q', 'q', 1);
        INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (1, 'arn:d', 'd', 1, 1);
        INSERT INTO tag_set VALUES (1, '{"team":"","quoted \\"team\\", with \\\\N":"two\\nlines"}');
        INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms, platform,
          progress, digest) VALUES (1, 'j', 1, 'n', 0, 1, 1, 'SUCCEEDED', 1792972800000, 0, 0, 0);
        INSERT INTO attempt (id, job, ordinal, started_at_ms, milli_vcpus, memory_mib, gpus, job_queue, job_definition, kind,
          platform) VALUES (1025, 1, 1, 1792972800000, 1000, 1024, 0, 1, 1, 0, 0);
        INSERT INTO calendar VALUES (20752, '2026-10-26', '2026-W44', '2026-10', 1, NULL),
          (20753, '2026-10-27', '2026-W44', '2026-10', 2, '05:20');
        INSERT INTO anomaly VALUES ('everything', '', 20752, 1, 2, 3, 4, 0.1, 'jobs', 6, 5);
        """)
      for (id, place) in [(1, 1), (2, 2)] {
        try connection.execute(
          """
          INSERT INTO resource (id, kind, name, account_region, purchase_option, started_at_ms, start_source, stopped_at_ms,
            stop_source, open, interrupted, free, billed_ms, unpriced_ms, attempts, digest)
          VALUES (\(id), 'instance', 'i-\(id)', \(place), 0, 1792972800000, 'event', 1793059200000, 'event', 0, 0, 0, 1, 0, 1, 7)
          """)
      }
      for (id, day, account, attempt, cost, onDemand) in [
        (1_048_576, 20752, 0, "1025", "100", "NULL"), (1_048_577, 20753, 3, "NULL", "7", "9"),
        (2_097_152, 20752, 0, "NULL", "NULL", "NULL"),
      ] {
        try connection.execute(
          """
          INSERT INTO posting (id, day, account, attempt, purchase_option, price_source, ms, milli_vcpu_ms, mib_ms, gpu_ms,
            unpriced_ms, cost, on_demand, unused_by_instance, unused_by_aws)
          VALUES (\(id), \(day), \(account), \(attempt), 0, 1, 1, 1, 1, 0, 0, \(cost), \(onDemand), 0, 0)
          """)
      }
    }
  }

  func export() async throws -> LakeExport.Summary { try await LakeExport(to: LakeFolder(folder)).run(database) }

  func change(_ sql: String) throws { try database.write { try $0.execute(sql) } }

  /// A table's folders in the lake, in order.
  func files(_ table: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/\(table)").filter { $0.hasSuffix(".parquet") }
      .map { String($0[..<($0.lastIndex(of: "/") ?? $0.startIndex)]) }.sorted()
  }

  /// The rows of a query over the lake's own views, as CSV.
  func ask(_ sql: String) async throws -> [String] {
    try await DuckDB.ask(sql, after: String(contentsOfFile: "\(folder)/_batchcost/duckdb.sql", encoding: .utf8))
  }
}

private enum DuckDB {
  static func ask(_ sql: String, after setup: String = "") async throws -> [String] {
    let program = try #require(Program.duckDB()?.path)
    let ended = try await Subprocess.run(
      .path(.init(program)),
      arguments: ["-no-init", "-bail", "-csv", "-noheader", "-nullvalue", "NULL"],
      input: .string("\(setup)\n\(sql);\n"), output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
    #expect(ended.terminationStatus == .exited(0), "\(ended.standardError)")
    var lines: [String] = []
    for line in ended.standardOutput.split(separator: "\n").map(String.init) {
      // A line inside quotes belongs to the one before it.
      if let last = lines.last, last.count(where: { $0 == "\"" }) % 2 == 1 {
        lines[lines.count - 1] += "\n\(line)"
      } else {
        lines.append(line)
      }
    }
    return lines
  }
}
