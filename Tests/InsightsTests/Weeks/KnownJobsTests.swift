import Domain
import Store
import Testing

@testable import Insights

/// Jobs on unknown hosts or without a price have no known cost: it is not $0.
@Suite struct KnownJobsTests {
  @Test("The rule is the same in SQL")
  func rule() throws {
    #expect(try FactBase().integer("SELECT parts FROM priced_rule") == PricedTime.parts)
    #expect(PricedTime(billed: 100, unpriced: 1).isPriced)
    #expect(!PricedTime(billed: 100, unpriced: 2).isPriced)
  }

  /// Four jobs of an hour: two at $0.20, one on a host that nobody knows, one on a type without a price.
  private static func account() throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.execute("DELETE FROM list_price WHERE item = 'g5.xlarge'")
    let (start, stop) = ("2026-10-19T10:00:00Z", "2026-10-19T11:00:00Z")
    for host in 1...4 {
      try facts.instance(host, spot: false, type: host == 3 ? "g5.xlarge" : "c5.xlarge", start, stop)
      try facts.job(
        queue: FactBase.onDemandQueue, definition: host == 3 ? 2 : 1, memoryMiB: 8192,
        [.init(on: host, start, stop, host == 4 ? .exitCode : .succeeded)])
    }
    try facts.execute("UPDATE attempt SET container_instance = NULL WHERE job = 4")
    try facts.build()
    return facts
  }

  @Test func unitCostsAreOfJobsWhoseCostIsKnown() throws {
    let rows = try Self.account().rows("unit-costs")
    let one = try #require((rows["job_definition"] ?? []).firstIndex(of: .text("one")))
    #expect(rows[one, "jobs"] == .integer(3))
    #expect(rows[one, "unpriced_jobs"] == .integer(1))
    #expect(rows[one, "succeeded_jobs"] == .integer(2))
    #expect(rows[one, "cost_usd"] == usd("0.4"))
    #expect(rows[one, "cost_per_job_usd"] == .real(0.2))
    #expect(rows[one, "cost_per_succeeded_job_usd"] == .real(0.2))
    let two = try #require((rows["job_definition"] ?? []).firstIndex(of: .text("two")))
    #expect(rows[two, "jobs"] == .integer(1))
    #expect(rows[two, "cost_usd"] == .null)
    #expect(rows[two, "cost_per_job_usd"] == .null)
  }

  /// Of the first run's two jobs one ran on an unknown host: the second has nothing to compare with, and the third is compared
  /// with the second alone, which cost $0.10 a job.
  @Test func runsAreComparedWithThoseWhoseCostIsKnown() throws {
    var story = try ClientStory()
    for run in 1...3 {
      let minutes = run == 3 ? 45 : 30
      try story.job("bob-F-\(run)-start-1-0", "1\(run):00", "1\(run):\(minutes)", definition: "metaflow_x")
      try story.job("bob-F-\(run)-end-2-0", "1\(run):00", "1\(run):\(minutes)", definition: "metaflow_x")
    }
    try story.facts.execute("UPDATE attempt SET container_instance = NULL WHERE job = 1")
    try story.facts.build()
    let rows = try story.facts.rows("workflow-runs")
    func value(_ run: String, _ column: String) -> Cell? {
      (0..<rows.rowCount).first { rows[$0, "run"] == .text(run) }.flatMap { rows[$0, column] }
    }
    #expect(value("1", "cost_usd") == usd("0.1"))
    #expect(value("1", "is_priced") == .integer(0))
    #expect(value("1", "cost_per_job_usd") == .null)
    #expect(value("2", "cost_per_job_usd") == .real(0.1))
    #expect(value("2", "usual_per_job_usd") == .null)
    #expect(value("2", "change") == .null)
    #expect(value("3", "usual_per_job_usd") == .real(0.1))
    #expect(value("3", "change") == .real(0.5))
  }

  /// A half-priced week says so in the list of weeks, and has no cost per job.
  @Test func weeksSayHowMuchOfThemIsKnown() throws {
    let weeks = try Self.account().rows("cost-by-week")
    #expect(weeks[0, "is_priced"] == .integer(0))
    #expect(weeks[0, "cost_per_job_usd"] == .null)
  }
}
