import Collect
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting

/// A ledger updated after each collection equals one built from everything.
@Suite struct IncrementalTests {
  private static let fortnight = Repository.fortnight
  private let collectedAt = Instant("2026-11-02T05:20:00Z")

  private static func files() throws -> [String] {
    let folders = ["batch", "ecs", "ec2", "pricing", "cloudtrail", "logs", "events"]
    return try folders.flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: "\(fortnight)/\(folder)").sorted().map {
        "\(fortnight)/\(folder)/\($0)"
      }
    }
  }

  private func collect(_ paths: [String], into database: Database) throws -> LedgerSummary {
    _ = try Collector().collect(paths: paths, asOf: collectedAt, database: database)
    return try Ledger.build(database)
  }

  /// `BATCHCOST_GROWING_SEEDS=first:count` chooses other seeds.
  private static var seeds: (UInt64, Int) {
    let given = ProcessInfo.processInfo.environment["BATCHCOST_GROWING_SEEDS"]?.split(separator: ":") ?? []
    guard given.count == 2, let first = UInt64(given[0]), let count = Int(given[1]) else { return (1, 40) }
    return (first, count)
  }

  @Test("Over five steps and four hours, every row of the ledger equals a full build's after every step")
  func growing() throws {
    let (first, count) = Self.seeds
    var parts = 0
    var found: [String: Int] = [:]
    try forAll(seeds: count, from: first) { seed, random in
      let world = try GrowingWorld(&random, isBilled: seed % 2 == 0)
      let (grown, built) = (try Database(path: ":memory:"), try Database(path: ":memory:"))
      for (number, step) in world.steps.enumerated() {
        for database in [grown, built] {
          try database.write { connection in
            for statement in step { try connection.execute(statement) }
          }
        }
        let part = try Ledger.build(grown)
        let whole = try Ledger.build(built, anew: true)
        #expect(whole.isWhole)
        if !part.isWhole {
          parts += 1
          for what in try Self.besides(grown) { found[what, default: 0] += 1 }
        }
        let differences = try LedgerDump(grown).differences(from: LedgerDump(built))
        #expect(
          differences.isEmpty, "seed \(seed), step \(number): \(differences.prefix(8).joined(separator: "\n"))")
        if !differences.isEmpty { break }
      }
    }
    #expect(parts > count, "of the steps hardly any was computed in part")
    // Fewer worlds than usual need not have everything.
    #expect(
      count < 40 || Self.rare.allSatisfy { found[$0, default: 0] > 0 },
      "of what is rare, parts were beside no more than \(found)")
  }

  /// What makes a partial build hard, as SQL that is 1 where a world has it.
  private static let rare = [
    "SELECT EXISTS (SELECT 1 FROM bill_coverage)",
    "SELECT EXISTS (SELECT 1 FROM spot_rule_evidence WHERE source = 'bill')",
    "SELECT EXISTS (SELECT 1 FROM bill_restatement)",
    "SELECT (SELECT COUNT(DISTINCT account) FROM bill_coverage) > 1",
    "SELECT EXISTS (SELECT 1 FROM ledger_finding WHERE check_name = 'partly-billed')",
    "SELECT EXISTS (SELECT 1 FROM resource WHERE open = 1 AND started_at_ms < (SELECT MAX(end_ms) FROM bill_coverage))",
    "SELECT EXISTS (SELECT 1 FROM resource WHERE kind = 'capacity-reservation')",
  ]

  private static func besides(_ database: Database) throws -> [String] {
    try database.read { connection in try rare.filter { try connection.integer($0) == 1 } }
  }

  @Test("Collected in three parts, in any order, the ledger is that of a single collection: 2 seeds")
  func partsAreTheWhole() throws {
    let files = try Self.files()
    let whole = try Database(path: ":memory:")
    #expect(try collect(files, into: whole).cost == Money(nanodollars: 18_365_478_654_586))
    let expected = try Ledger.fingerprint(whole)
    try forAll(seeds: 2) { seed, random in
      let shuffled = files.shuffled(using: &random)
      let cuts = [0, shuffled.count / 3, shuffled.count * 2 / 3, shuffled.count]
      let database = try Database(path: ":memory:")
      for (from, to) in zip(cuts, cuts.dropFirst()) { _ = try collect(Array(shuffled[from..<to]), into: database) }
      #expect(try Ledger.fingerprint(database) == expected, "seed \(seed)")
      let grown = try LedgerDump(database)
      try Ledger.build(database, anew: true)
      let differences = try grown.differences(from: LedgerDump(database))
      #expect(differences.isEmpty, "seed \(seed): \(differences.prefix(8).joined(separator: "\n"))")
    }
  }

  @Test func aLatePriceChangesOnlyWhatWasUnpriced() throws {
    let files = try Self.files()
    let database = try Database(path: ":memory:")
    let late = files.filter { $0.contains("spot-price-history") }
    let before = try collect(files.filter { !late.contains($0) }, into: database)
    let after = try collect(late, into: database)
    #expect(after.cost == Money(nanodollars: 18_365_478_654_586))
    #expect(before.cost < after.cost)
    // On-Demand instances and Fargate tasks keep their rows.
    #expect(after.changedResources < after.instances)
    try database.write { try $0.execute("UPDATE instance_type SET name = name") }
    #expect(try Ledger.build(database).changedResources == 0)
  }

  @Test("A second build does nothing until a fact or a setting changes, or a full build is asked for")
  func builtAgain() throws {
    let database = try Database(path: ":memory:")
    let built = try collect(try Self.files(), into: database)
    let expected = try Ledger.fingerprint(database)
    /// Whether a build recomputes the calendar, which is emptied behind its back.
    func computes(_ settings: LedgerSettings = LedgerSettings(), anew: Bool = false) throws -> Bool {
      try database.derive { try $0.execute("DELETE FROM calendar") }
      var summary = try Ledger.build(database, settings: settings, anew: anew)
      summary.changedResources = built.changedResources
      summary.isWhole = built.isWhole
      summary.changedDays = built.changedDays
      #expect(summary == built || settings != LedgerSettings())
      return try database.read { try $0.integer("SELECT count(*) FROM calendar") } > 0
    }
    #expect(try !computes())
    #expect(try computes(anew: true))
    #expect(try Ledger.fingerprint(database) == expected)
    #expect(try !computes())
    try database.write { connection in
      try connection.bookkeeping { try connection.execute("DELETE FROM checkpoint") }
    }
    #expect(try !computes())
    try database.write { try $0.execute("UPDATE list_price SET rate = rate") }
    #expect(try computes())
    #expect(try computes(LedgerSettings(scheme: .cpuOnly)))
    #expect(try Ledger.fingerprint(database) != expected)
    #expect(try computes())
    #expect(try Ledger.fingerprint(database) == expected)
  }

  @Test("A list price that takes effect only in the second week also prices the first, with a finding")
  func listedLater() throws {
    let database = try Database(path: ":memory:")
    _ = try collect(try Self.files(), into: database)
    let since = try #require(Instant("2026-10-26")).milliseconds
    try database.write { connection in
      try connection.execute("UPDATE list_price SET effective_at_ms = \(since) WHERE service = 'AmazonEC2'")
    }
    #expect(try Ledger.build(database).cost == Money(nanodollars: 18_365_478_654_586))
    let (early, noted) = try database.read { connection in
      // Instances that started before the price took effect, yet have a cost and an On-Demand price.
      let early = """
        SELECT count(*) FROM resource
        WHERE kind = 'instance' AND started_at_ms < \(since) AND on_demand IS NOT NULL AND cost IS NOT NULL
        """
      let noted = "SELECT count(*) FROM ledger_finding WHERE check_name = 'listed-later'"
      return (try connection.integer(early), try connection.integer(noted))
    }
    #expect(early > 0)
    #expect(noted == early)
  }

  @Test func eachRestatedDayIsARow() throws {
    let database = try Database(path: ":memory:")
    _ = try collect(try Self.files(), into: database)
    let later = try #require(Instant("2026-11-02T08:20:00Z"))
    _ = try Ledger.build(database, settings: LedgerSettings(asOf: later))
    let query = try QueryLibrary().query("restatements")
    let rows = try database.read { try $0.rows(query, parameters: ["from": "2026-10-19", "to": "2026-11-03"]) }
    #expect(rows.rows.count == 1)
    #expect(rows[0, "day"] == .text("2026-11-02"))
    // That day was incomplete both times, so it grew; no complete day was restated.
    #expect(
      try database.read { try $0.rows(try QueryLibrary().query("restated-days"), parameters: Self.days) }.rows.isEmpty)
  }

  private static let days = ["from": "2026-10-26", "to": "2026-11-02"]

  @Test func aLatePriceRestatesCompleteDays() throws {
    let files = try Self.files()
    let late = files.filter { $0.contains("spot-price-history") }
    let database = try Database(path: ":memory:")
    func week(_ paths: [String], asOf: String) throws -> Money {
      _ = try Collector().collect(paths: paths, asOf: Instant(asOf), database: database)
      _ = try Ledger.build(database, settings: LedgerSettings(asOf: Instant(asOf)))
      let totals = try database.read { try $0.rows(try QueryLibrary().query("totals"), parameters: Self.days) }
      guard case .money(let cost) = totals[0, "cost_usd"] else { throw CancellationError() }
      return cost
    }
    let before = try week(files.filter { !late.contains($0) }, asOf: "2026-11-03T01:00:00Z")
    let after = try week(late, asOf: "2026-11-03T02:00:00Z")
    #expect(after > before)
    let rows = try database.read { try $0.rows(try QueryLibrary().query("restated-days"), parameters: Self.days) }
    #expect(rows[0, "period_change_usd"] == .money(after - before))
    #expect(rows.rows.count == 14)
    #expect(rows[0, "first_at"] == .instant(try #require(Instant("2026-11-03T01:00:00Z"))))
    #expect(rows[0, "times"] == .integer(1))
  }
}
