import Accounting
import Store
import Testing

@testable import Insights

/// Advice is computed again for the weeks that changed, and for all whose prices or environments did.
@Suite struct AdviceWeekTests {
  /// An On-Demand instance at $0.20 an hour ran for two days in each of two weeks, with one job in its first hour.
  private func account() throws -> FactBase {
    var facts = try FactBase()
    try facts.execute("UPDATE compute_environment SET minimum_vcpus = 4 WHERE id = 2")
    try facts.collected(at: "2026-10-19T00:00:00Z")
    try facts.instance(1, spot: false, "2026-10-06T00:00:00Z", "2026-10-08T00:00:00Z")
    try facts.instance(2, spot: false, "2026-10-13T00:00:00Z", "2026-10-15T00:00:00Z")
    for (instance, day) in [(1, "2026-10-06"), (2, "2026-10-13")] {
      try facts.job(queue: 2, [.init(on: instance, "\(day)T00:00:00Z", "\(day)T01:00:00Z")])
    }
    try facts.build()
    return facts
  }

  /// By week: what the minimum costs, and the vCPUs of the minimum.
  private func advice(_ facts: FactBase) throws -> [String] {
    try facts.database.read { connection in
      let rows = try connection.prepare(
        "SELECT week, saving, minimum_vcpus FROM advice WHERE rule = 'minimum-vcpus' ORDER BY week")
      var found: [String] = []
      while try rows.step() { found.append("\(rows.text(0)) \(rows.integer(1)) \(rows.integer(2))") }
      return found
    }
  }

  @Test("A new job changes the advice for its week alone") func anotherJob() throws {
    var facts = try account()
    #expect(try advice(facts) == ["2026-W41 9400000000 4", "2026-W42 9400000000 4"])
    // Advice that no build would give.
    try facts.database.derive { try $0.execute("UPDATE advice SET saving = 7 WHERE week = '2026-W41'") }
    try facts.job(queue: 2, [.init(on: 2, "2026-10-14T00:00:00Z", "2026-10-14T01:00:00Z")])
    try Ledger.build(facts.database)
    #expect(try Insights.build(facts.database) == .part)
    #expect(try advice(facts) == ["2026-W41 7 4", "2026-W42 9200000000 4"])
  }

  @Test("Another minimum changes the advice for every week") func anotherMinimum() throws {
    let facts = try account()
    try facts.database.derive { try $0.execute("UPDATE advice SET saving = 7") }
    try facts.execute("UPDATE compute_environment SET minimum_vcpus = 8 WHERE id = 2")
    try Ledger.build(facts.database)
    #expect(try Insights.build(facts.database) == .part)
    #expect(try advice(facts) == ["2026-W41 9400000000 8", "2026-W42 9400000000 8"])
  }

  @Test("A late price changes the advice for the weeks in which it was in force") func latePrice() throws {
    let facts = try account()
    let before = try digests(facts)
    try facts.spotPrice("eu-west-1a", "g5.xlarge", from: "2026-10-12T00:00:00Z", rate: 300_000_000)
    try Ledger.build(facts.database)
    #expect(try Insights.build(facts.database) == .part)
    let after = try digests(facts)
    #expect(before.keys.sorted() == ["2026-W41", "2026-W42", "2026-W43"])
    #expect(before.keys.filter { before[$0] != after[$0] }.sorted() == ["2026-W42", "2026-W43"])
  }

  private func digests(_ facts: FactBase) throws -> [String: Int64] {
    try facts.database.read { connection in
      let rows = try connection.prepare("SELECT week, digest FROM advice_week")
      var found: [String: Int64] = [:]
      while try rows.step() { found[rows.text(0)] = rows.integer(1) }
      return found
    }
  }
}
