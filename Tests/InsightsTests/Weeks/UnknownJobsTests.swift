import Accounting
import Domain
import Store
import Testing

@testable import Insights

/// Jobs that were not collected, or not all: what no known job used is not known to be unused.
@Suite struct UnknownJobsTests {
  private func check(_ facts: FactBase) throws -> [BudgetCheck.Verdict] {
    try facts.database.read { connection in
      try BudgetCheck(connection, week: Day(year: 2026, month: 10, day: 19), forecasts: false).verdicts([
        Limit(.everything, .unusedShare(0.5)), Limit(.everything, .weekly(Money(nanodollars: 5_000_000_000))),
      ])
    }
  }

  private func account() throws -> FactBase {
    let facts = try FactBase()
    try facts.collected(at: "2026-10-26T05:00:00Z")
    try facts.instance(1, spot: false, type: "c5.xlarge", "2026-10-20T08:00:00Z", "2026-10-20T12:00:00Z")
    try facts.execute("UPDATE collection SET source = 'file'")
    return facts
  }

  private func build(_ facts: FactBase) throws {
    try Ledger.build(facts.database)
    try Insights.build(facts.database)
  }

  @Test("Files without any job: a finding, and a limit on unused cost is not known to be broken")
  func withoutJobs() throws {
    let facts = try account()
    try build(facts)
    #expect(
      try facts.database.read {
        try $0.column("SELECT check_name || '|' || severity FROM ledger_finding ORDER BY 1", of: String.self)
      }
        == ["jobs-unknown|warning", "storage-unknown|note"])
    let sure = try facts.rows("confidence", from: "2026-10-19", to: "2026-10-26")
    #expect(sure[0, "jobs_unknown"] == .integer(1))
    let verdicts = try check(facts)
    #expect(verdicts.map(\.isBroken) == [false, false])
    #expect(verdicts.map(\.isUnknown) == [true, false])
  }

  @Test("AWS said that there was no job: all is unused")
  func asked() throws {
    let facts = try account()
    try facts.execute("UPDATE collection SET source = 'aws'")
    try build(facts)
    let sure = try facts.rows("confidence", from: "2026-10-19", to: "2026-10-26")
    #expect(sure[0, "jobs_unknown"] == .integer(0))
    let verdicts = try check(facts)
    #expect(verdicts.map(\.isBroken) == [true, false])
  }

  /// Four idle hours at $0.20, and four hours of a type without a price: amounts may be broken for certain, shares not.
  @Test("A share of what is half priced is neither broken nor kept") func halfPriced() throws {
    let facts = try account()
    try facts.execute("UPDATE collection SET source = 'aws'")
    try facts.instance(2, spot: false, type: "m5.xlarge", "2026-10-20T08:00:00Z", "2026-10-20T12:00:00Z")
    try build(facts)
    let verdicts = try facts.database.read { connection in
      try BudgetCheck(connection, week: Day(year: 2026, month: 10, day: 19), forecasts: false).verdicts([
        Limit(.everything, .unusedShare(0.5)), Limit(.everything, .weekly(Money(nanodollars: 700_000_000))),
      ])
    }
    #expect(verdicts.map(\.isBroken) == [false, true])
    #expect(verdicts.map(\.isUnknown) == [true, false])
  }

  @Test("A file that broke off is counted, and its finding is an error")
  func unread() throws {
    let facts = try account()
    try facts.execute(
      """
      INSERT INTO collection_finding VALUES
        ('unreadable', 'error', 'jobs-1.json', 'jobs[3]', 'is truncated; what comes before is kept'),
        ('unreadable', 'error', 'jobs-1.json', '', 'is truncated'),
        ('unknown-document', 'warning', 'other.json', '', 'is unknown')
      """)
    try build(facts)
    let sure = try facts.rows("confidence", from: "2026-10-19", to: "2026-10-26")
    #expect(sure[0, "unread_files"] == .integer(1))
    let titles = try facts.rows("weekly-titles", from: "2026-10-19", to: "2026-10-26")
    #expect(
      [titles[0, "errors"], titles[0, "warnings"], titles[0, "notes"]] == [.integer(1), .integer(2), .integer(1)])
    #expect(try check(facts).map(\.evidence.unreadFiles) == [1, 1])
  }
}
