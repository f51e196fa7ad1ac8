import Collect
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting

/// The ledger against its second implementation, `Queries/ledger-reference.sql`, written from the method page.
@Suite struct ReferenceTests {
  @Test("The ledger agrees with the SQL reference to the nanodollar in any world")
  func agreesOnRandomWorlds() throws {
    let (first, count) = Self.seeds
    try forAll(seeds: count, from: first) { seed, random in
      let database = try Database(path: ":memory:")
      try database.write { try ReferenceWorld.write(&random, into: $0) }
      _ = try Ledger.build(database)
      let differences = try LedgerRows.differences(in: database)
      #expect(differences.isEmpty, "seed \(seed): \(differences.prefix(6).joined(separator: "\n"))")
    }
  }

  @Test("The ledger of the bundled fortnight agrees with the SQL reference in every row")
  func agreesOnTheFortnight() throws {
    let fortnight = Repository.fortnight
    let database = try Database(path: ":memory:")
    let collectedAt = try #require(Instant("2026-11-02T05:20:00Z"))
    _ = try Collector().collect(paths: [fortnight], asOf: collectedAt, database: database)
    _ = try Ledger.build(database)
    let differences = try LedgerRows.differences(in: database)
    #expect(differences.isEmpty, "\(differences.prefix(20).joined(separator: "\n"))")
    #expect(try database.read { try $0.integer("SELECT SUM(cost) FROM posting") } == 18_365_478_654_586)
    let statement = try QueryLibrary().query("ledger-reference").sql
    #expect(
      try database.read { try LedgerRows($0, statement).rows } == ReferenceSteps.rows(in: database).rows,
      "one statement has other rows than its steps, one after another")
  }

  /// `BATCHCOST_REFERENCE_SEEDS=first:count` chooses other seeds.
  private static var seeds: (UInt64, Int) {
    let given = ProcessInfo.processInfo.environment["BATCHCOST_REFERENCE_SEEDS"]?.split(separator: ":") ?? []
    guard given.count == 2, let first = UInt64(given[0]), let count = Int(given[1]) else { return (1, 40) }
    return (first, count)
  }
}

/// The ledger's rows by what identifies them, from the posting table and from the reference.
struct LedgerRows {
  struct Amounts: Equatable {
    var milliseconds: Int64
    var cost, onDemand: Int64?
  }

  private(set) var rows: [String: Amounts] = [:]

  /// Columns: resource, day, account, job, attempt, ms, cost, On-Demand equivalent.
  init(_ connection: Connection, _ sql: String) throws {
    let statement = try connection.prepare(sql)
    while try statement.step() {
      let key = (0..<5).map { statement.optionalText(Int32($0)) ?? "–" }.joined(separator: " ")
      rows[key] = Amounts(
        milliseconds: statement.integer(5), cost: statement.optionalInteger(6), onDemand: statement.optionalInteger(7))
    }
  }

  /// Where a database's ledger and the reference differ, row by row; an all-zero row counts as absent.
  static func differences(in database: Database) throws -> [String] {
    let ours = try database.read { try LedgerRows($0, posted).rows }
    let theirs = try ReferenceSteps.rows(in: database).rows
    let nothing = Amounts(milliseconds: 0, cost: 0, onDemand: 0)
    return Set(ours.keys).union(theirs.keys).sorted().compactMap { key in
      let (a, b) = (ours[key] ?? nothing, theirs[key] ?? nothing)
      if a.milliseconds == b.milliseconds && near(a.cost, b.cost) && near(a.onDemand, b.onDemand) { return nil }
      return "\(key): the ledger has \(text(ours[key])), the reference \(text(theirs[key]))"
    }
  }

  private static func near(_ a: Int64?, _ b: Int64?) -> Bool {
    guard let a, let b else { return a == b }
    return abs(a - b) <= 1
  }

  private static func text(_ amounts: Amounts?) -> String {
    guard let amounts else { return "nothing" }
    let cost = amounts.cost.map(String.init) ?? "NULL"
    let onDemand = amounts.onDemand.map(String.init) ?? "NULL"
    return "\(amounts.milliseconds) ms, \(cost), \(onDemand) On-Demand"
  }

  private static let posted = """
    SELECT r.name, p.day, a.name, j.job_id, t.ordinal, SUM(p.ms), SUM(p.cost), SUM(p.on_demand)
    FROM posting p
    JOIN resource r ON r.id = p.resource
    JOIN ledger_account a ON a.id = p.account
    LEFT JOIN attempt t ON t.id = p.attempt
    LEFT JOIN job j ON j.id = t.job
    GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT NULL, u.day, 'unplaced', j.job_id, t.ordinal, u.ms, NULL, NULL
    FROM unplaced u
    JOIN attempt t ON t.id = u.attempt
    JOIN job j ON j.id = t.job
    """
}
