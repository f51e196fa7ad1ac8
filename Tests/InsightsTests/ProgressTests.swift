import Accounting
import Insights
import Store
import Testing

/// Whether ledger and insights follow the facts: what a reader must know before it reads both.
@Suite struct ProgressTests {
  private func progress(_ database: Database) throws -> Connection.Progress { try database.read { try $0.progress() } }

  @Test func eachStepOfABuild() throws {
    #expect(try progress(Database(path: ":memory:")) == .current)
    let facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.instance(1, spot: false, "2026-10-19T10:00:00Z", "2026-10-19T14:00:00Z")
    // Stopped before there was a ledger, after the first one, and after the insights of it.
    #expect(try progress(facts.database) == .unfinished)
    try Ledger.build(facts.database)
    #expect(try progress(facts.database) == .unfinished)
    try Insights.build(facts.database)
    #expect(try progress(facts.database) == .current)
    // The next collection: its facts, the new ledger, the new insights.
    try facts.instance(2, spot: false, "2026-10-19T11:00:00Z", "2026-10-19T12:00:00Z")
    #expect(try progress(facts.database) == .behind)
    try Ledger.build(facts.database)
    #expect(try progress(facts.database) == .unfinished)
    try Insights.build(facts.database)
    #expect(try progress(facts.database) == .current)
  }

  @Test func aBuildWithoutChangesLeavesNothingToDo() throws {
    let facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.build()
    try Ledger.build(facts.database)
    #expect(try progress(facts.database) == .current)
  }
}
