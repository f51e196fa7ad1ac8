import Accounting
import Collect
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Insights

/// Lenses over a partition of the jobs add up to the whole, to the nanodollar.
@Suite struct LensTests {
  /// A database in a file, since a lens reopens it.
  final class Account: Sendable {
    let path: String
    let name: String

    init(_ name: String, fill: (Database) throws -> Void) throws {
      self.name = name
      path = FileManager.default.temporaryDirectory.appendingPathComponent("lens-\(UUID().uuidString).sqlite").path
      let database = try Database(path: path)
      try fill(database)
      _ = try Ledger.build(database)
      try Insights.build(database)
    }

    convenience init(seed: UInt64) throws {
      let account = AccountGenerator.account(seed)
      try self.init("seed \(seed): \(account.traits)") { try $0.write { try $0.execute(account.facts) } }
    }

    deinit { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }

    func open(_ conditions: String..., anew: Bool = false) throws -> Database {
      try Lens(conditions).open(path, anew: anew)
    }

    func texts(_ sql: String) throws -> [String] {
      try Database(readingFrom: path).read { connection in
        let rows = try connection.prepare(sql)
        var texts: [String] = []
        while try rows.step() { texts.append(rows.text(0)) }
        return texts
      }
    }

    /// The row of the query totals.
    func totals(_ conditions: String...) throws -> [String: Cell] {
      try Lens(conditions).open(path).read { connection in
        let result = try connection.rows(
          QueryLibrary().query("totals"), parameters: ["from": "2020-01-01", "to": "2030-01-01"])
        return Dictionary(uniqueKeysWithValues: zip(result.names, result.rows.first ?? []))
      }
    }
  }

  /// Quoted as `--where` needs it for arbitrary values.
  static func quoted(_ value: String) -> String {
    value.isEmpty
      ? "" : "\"\(value.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\""))\""
  }

  static let sample = Result {
    try Account("fortnight") { database in
      _ = try Collector().collect(
        paths: [Repository.fortnight], asOf: Instant(milliseconds: 1_793_596_800_000), database: database)
    }
  }

  static func worlds() throws -> [Account] { try [sample.get()] + (1...12).map { try Account(seed: $0) } }

  /// Conditions of which every job meets exactly one, and what must add up.
  static func partitions(_ account: Account) throws -> [(conditions: [String], sums: [String])] {
    let work = ["attempt_usd", "startup_usd", "jobs", "attempts"]
    let all = work + ["cost_usd", "unused_usd", "on_demand_usd", "compared_usd", "instances"]
    var partitions: [(conditions: [String], sums: [String])] = [
      (
        try account.texts("SELECT DISTINCT q.name FROM job j JOIN job_queue q ON q.id = j.job_queue").map {
          "queue=\(quoted($0))"
        }, work
      ),
      (
        try account.texts("SELECT DISTINCT d.name FROM job j JOIN job_definition d ON d.id = j.job_definition")
          .map { "definition=\(quoted($0))" }, work
      ),
      (
        try account.texts("SELECT DISTINCT s.name FROM job_identity i JOIN job_step s ON s.id = i.job_step")
          .map { "step=\(quoted($0))" }, work
      ),
    ]
    for column in ["account", "region"] {
      partitions.append(
        (
          try account.texts(
            "SELECT DISTINCT g.\(column) FROM account_region g JOIN resource r ON r.account_region = g.id"
          )
          .map { "\(column)=\($0)" }, all
        ))
    }
    partitions.append(
      (
        try account.texts(
          "SELECT DISTINCT COALESCE(e.name, '') FROM resource r LEFT JOIN compute_environment e ON e.id = r.compute_environment"
        ).map { "environment=\(quoted($0))" }, all.filter { $0 != "jobs" && $0 != "attempts" }
      ))
    for tag in try account.texts("SELECT DISTINCT name FROM tag") {
      let values = try account.texts(
        """
        SELECT DISTINCT t.value FROM job j LEFT JOIN job_parent p ON p.id = j.parent
        JOIN tag t ON t.name = '\(tag)' AND t.tag_set = CASE WHEN j.parent IS NULL THEN j.tag_set ELSE p.tag_set END
        """)
      if values.isEmpty { continue }
      let untagged = try account.texts(
        """
        SELECT j.id FROM job j LEFT JOIN job_parent p ON p.id = j.parent
        WHERE NOT EXISTS (SELECT 1 FROM tag t WHERE t.name = '\(tag)'
          AND t.tag_set = CASE WHEN j.parent IS NULL THEN j.tag_set ELSE p.tag_set END)
        """)
      partitions.append((values.map { "tag:\(tag)=\(quoted($0))" } + (untagged.isEmpty ? [] : ["tag:\(tag)="]), work))
    }
    return partitions.filter { !$0.conditions.isEmpty }
  }

  @Test func partsOfAPartitionAddUpToTheWhole() throws {
    var checked = 0
    for account in try Self.worlds() {
      let whole = try account.totals()
      for (conditions, sums) in try Self.partitions(account) {
        let parts = try conditions.map { try account.totals($0) }
        for column in sums {
          let sum = parts.reduce(Int128(0)) { $0 + Self.exact($1[column]) }
          #expect(sum == Self.exact(whole[column]), "\(account.name): \(column) over \(conditions)")
          checked += 1
        }
      }
    }
    #expect(checked > 300)
  }

  private static func exact(_ cell: Cell?) -> Int128 {
    switch cell {
    case .money(let money): Int128(money.nanodollars)
    case .integer(let value): Int128(value)
    default: 0
    }
  }

  /// What is rebuilt from all jobs' postings equals the ledger and the insights.
  @Test(arguments: [
    "daily_cost", "unit_cost", "step_day", "start_day", "start_wait", "submission_day", "long_attempt_day", "array_run",
    "workflow_run", "failed_attempt", "never_started", "on_demand_run", "right_sizing", "measured_day",
  ]) func allJobsAreTheWhole(table: String) throws {
    for account in try [Self.sample.get()] + (1...6).map({ try Account(seed: $0) }) {
      if try account.texts("SELECT 1 FROM job LIMIT 1").isEmpty { continue }
      let work = table == "daily_cost" ? "WHERE account < 2" : ""
      for anew in [true, false] {
        try account.open("name~*", anew: anew).read { connection in
          #expect(
            try connection.integer("SELECT COUNT(*) FROM \(table)")
              == connection.integer("SELECT COUNT(*) FROM main.\(table) \(work)"))
          let differences = try connection.integer(
            "SELECT COUNT(*) FROM (SELECT * FROM main.\(table) \(work) EXCEPT SELECT * FROM \(table))")
          #expect(differences == 0, "\(account.name): \(table)")
        }
      }
    }
  }

  /// If all places are chosen, nothing is left out.
  @Test(arguments: [
    "daily_cost", "resource_day", "hourly_use", "unit_cost", "bridge", "forecast", "anomaly", "anomaly_watch", "advice",
    "graviton", "dear_pool", "ledger_finding", "wait_part",
  ]) func allPlacesAreTheWhole(table: String) throws {
    for account in try [Self.sample.get()] + (1...6).map({ try Account(seed: $0) }) {
      if try account.texts("SELECT 1 FROM job LIMIT 1").isEmpty { continue }
      for anew in [true, false] {
        try account.open("region~*", anew: anew).read { connection in
          #expect(
            try connection.integer("SELECT COUNT(*) FROM \(table)")
              == connection.integer("SELECT COUNT(*) FROM main.\(table)"))
          let differences = try connection.integer(
            "SELECT COUNT(*) FROM (SELECT * FROM main.\(table) EXCEPT SELECT * FROM \(table))")
          #expect(differences == 0, "\(account.name): \(table)")
        }
      }
    }
  }

  /// Jobs of the queue mpi, which are those of team=hpc, ran on 12 of the 14 days: the query `forecast` of the whole
  /// expects $32.60 of either by the end of the week.
  @Test("Chosen jobs are expected to cost what the whole expects of them", arguments: ["queue=mpi", "tag:team=hpc"])
  func forecastsAgree(condition: String) throws {
    let rows = try Lens([condition]).open(Self.sample.get().path).read { connection in
      try connection.rows(QueryLibrary().query("forecast"), parameters: [:])
    }
    var seen = 0
    for row in 0..<rows.rowCount where rows[row, "span"] == .text("week") {
      let name = rows[row, "name"]?.plain ?? ""
      guard ["", "mpi", "team=hpc"].contains(name) else { continue }
      guard case .money(let expected)? = rows[row, "expected_usd"] else { continue }
      #expect(abs(expected.nanodollars - 32_600_000_000) < 5_000_000, "\(name)")
      #expect(rows[row, "history_days"] == .integer(14), "\(name)")
      seen += 1
    }
    #expect(seen == 3)
  }

  /// Its jobs ran in five queues, two of which had cost more by the collection than a whole day usually does.
  @Test("A tag's forecast is that of a report on it alone, by queue") func forecastOfATag() throws {
    func expected(_ conditions: [String], _ kind: String, _ name: String) throws -> Cell? {
      let rows = try Lens(conditions).open(Self.sample.get().path).read { connection in
        try connection.rows(QueryLibrary().query("forecast"), parameters: [:])
      }
      let row = (0..<rows.rowCount).first {
        rows[$0, "kind"] == .text(kind) && rows[$0, "span"] == .text("week") && rows[$0, "name"]?.plain == name
      }
      return row.flatMap { rows[$0, "expected_usd"] }
    }
    let whole = try #require(try expected([], "tag", "team=astro"))
    #expect(whole.number.map { ($0 * 100).rounded() } == 44_573)
    #expect(try expected(["tag:team=astro"], "everything", "") == whole)
    #expect(try expected(["tag:team=astro"], "tag", "team=astro") == whole)
  }

  /// If all jobs are chosen, what is kept equals what is recomputed, to the last row.
  @Test(arguments: [
    "resource_day", "resource", "daily_cost", "bridge", "forecast", "anomaly", "posting", "ledger_finding",
  ])
  func allJobsAreTheSameAnew(table: String) throws {
    for account in try [Self.sample.get()] + (1...6).map({ try Account(seed: $0) }) {
      if try account.texts("SELECT 1 FROM job LIMIT 1").isEmpty { continue }
      func rows(anew: Bool) throws -> [String] {
        try account.open("name~*", anew: anew).read { connection in
          let rows = try connection.prepare("SELECT * FROM \(table)")
          var lines: [String] = []
          while try rows.step() {
            lines.append(rows.columnNames.indices.map { rows.text(Int32($0)) }.joined(separator: "|"))
          }
          return lines.sorted()
        }
      }
      let kept = try rows(anew: false)
      #expect(try kept == rows(anew: true), "\(account.name): \(table)")
      #expect(
        !kept.isEmpty || !["resource_day", "daily_cost", "posting"].contains(table) || account.name != "fortnight")
    }
  }

  /// Rollup rows of places whose hosts are all chosen are kept; rows of work are rebuilt from its postings.
  @Test(arguments: [
    "environment=gpu-od", "environment~*spot*", "account~*", "region~*", "region=eu-west-1 environment~*a*",
  ])
  func placesKeepTheRollup(place: String) throws {
    let account = try Self.sample.get()
    func rows(_ conditions: [String], anew: Bool = false) throws -> (lines: [String], isKept: Bool) {
      try Lens(conditions).open(account.path, anew: anew).read { connection in
        let rows = try connection.prepare(
          "SELECT * FROM daily_cost WHERE account IN (SELECT id FROM ledger_account WHERE kind <> 'unused')")
        var lines: [String] = []
        while try rows.step() {
          lines.append(rows.columnNames.indices.map { rows.text(Int32($0)) }.joined(separator: "|"))
        }
        let isMade = "SELECT COUNT(*) FROM temp.sqlite_schema WHERE name = 'lens_borne'"
        return (lines.sorted(), try connection.integer(isMade) == 0)
      }
    }
    let conditions = place.split(separator: " ").map(String.init)
    let (kept, made) = (try rows(conditions), try rows(conditions + ["name~*"], anew: true))
    #expect(kept.isKept && !made.isKept && !kept.lines.isEmpty)
    #expect(kept.lines == made.lines)
  }

  /// Queue waits are kept as they are and add up to the total; if nothing is chosen, all are there.
  @Test func waitsOfQueuesAddUp() throws {
    let account = try Self.sample.get()
    func jobs(_ lens: Lens) throws -> Int64 {
      try lens.open(account.path).read { try $0.integer("SELECT COALESCE(SUM(jobs), 0) FROM wait_part") }
    }
    let all = try account.texts("SELECT SUM(jobs) FROM wait_part").first.flatMap { Int64($0) }
    let queues = try account.texts("SELECT DISTINCT q.name FROM job j JOIN job_queue q ON q.id = j.job_queue")
    #expect(try queues.map { try jobs(Lens(["queue=\($0)"])) }.reduce(0, +) == all)
    #expect(try jobs(Lens(["region~*"])) == all)
  }

  /// Rollups that contain a condition's column are read, the others rebuilt from postings: the result is the same.
  @Test func bothWaysToTheRollupAgree() throws {
    let account = try Self.sample.get()
    for condition in ["queue=gpu", "tag:team=render", "definition~*a*", "tag:team="] {
      func rows(_ conditions: String...) throws -> [String] {
        try Lens(conditions).open(account.path).read { connection in
          let rows = try connection.prepare("SELECT * FROM daily_cost")
          var lines: [String] = []
          while try rows.step() {
            lines.append(rows.columnNames.indices.map { rows.text(Int32($0)) }.joined(separator: "|"))
          }
          return lines.sorted()
        }
      }
      let read = try rows(condition)
      #expect(!read.isEmpty)
      #expect(try read == rows(condition, "name~*"))
    }
  }

  /// The sample's queue mpi has 3 multi-node jobs of 13 nodes: every count of jobs is 3.
  @Test(arguments: ["totals", "cost-by-queue", "cost-by-job-definition", "unit-costs", "queue-wait", "cost-by-tag"])
  func multiNodeJobsCountOnce(query: String) throws {
    for anew in [true, false] {
      let result = try Self.sample.get().open("queue=mpi", anew: anew).read {
        try $0.rows(
          QueryLibrary().query(query), parameters: ["from": "2020-01-01", "to": "2030-01-01", "tag": "team"])
      }
      func sum(_ column: String) -> Int64 {
        let place = result.names.firstIndex(of: column)
        return result.rows.reduce(0) { sum, row in
          if let place, case .integer(let value) = row[place] { sum + value } else { sum }
        }
      }
      #expect(sum("jobs") == 3, "\(query)")
      if result.names.contains("attempts") { #expect(sum("attempts") == 13, "\(query)") }
    }
  }

  @Test func theFileIsNotChanged() throws {
    let account = try Account(seed: 3)
    let before = try Data(contentsOf: URL(fileURLWithPath: account.path))
    let library = QueryLibrary()
    try account.open("name~*").read { connection in
      for name in library.names {
        _ = try connection.rows(
          library.query(name), parameters: ["from": "2020-01-01", "to": "2030-01-01", "tag": "team"])
      }
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: account.path)) == before)
  }

  @Test func unusedCostOfChosenJobsIsUnknownNotZero() throws {
    let totals = try Self.sample.get().totals("queue=gpu")
    #expect(totals["unused_usd"] == .null)
    #expect(totals["cost_usd"] != .null)
  }

  @Test(arguments: [
    ("queue=gup", "no job in queue \"gup\" (did you mean \"gpu\"?)"),
    ("tag:taem=hpc", "no job has a tag \"taem\" (did you mean \"team\"?); `batchcost tags` lists the tags"),
    ("tag:team=rendr", "no job with tag team \"rendr\" (did you mean \"render\"?)"),
    ("account=1", "no job in account \"1\"; there is 111122223333"),
    ("environment=gpu-spt", "no job on environment \"gpu-spt\" (did you mean \"gpu-spot\"?)"),
    ("client=nextflow", "no job of client \"nextflow\"; there is nf-core"),
    ("queue=", "every job has one"),
  ]) func aConditionWithoutJobsIsAnError(condition: String, message: String) throws {
    let account = try Self.sample.get()
    #expect(throws: LensError(message: "--where \(condition): \(message)")) { try account.open(condition) }
  }

  @Test func conditionsThatNoJobMeetsTogetherAreAnError() throws {
    let account = try Self.sample.get()
    #expect(throws: LensError(message: "--where: no job has all of queue=gpu, queue=mpi")) {
      try account.open("queue=gpu", "queue=mpi")
    }
  }
}
