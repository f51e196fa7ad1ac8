import Domain
import Store
import Testing

@testable import Insights

/// Work lost since the last checkpoint, by the user's rules.
@Suite struct CheckpointTests {
  /// A c5.xlarge on Spot at $0.06 an hour, reclaimed after an hour and a half: the attempt on all of it cost $0.09.
  /// Another follows, unless the work is given up.
  private static func account(isRerun: Bool = true) throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-28T00:00:00Z")
    try facts.execute(#"INSERT INTO tag_set VALUES (1, '{"checkpoint-every":"25m"}')"#)
    try facts.spotPrice("eu-west-1a", from: "2026-10-01T00:00:00Z", rate: 60_000_000)
    try facts.instance(1, spot: true, "2026-10-26T10:00:00Z", "2026-10-26T11:30:00Z", reclaimed: true)
    try facts.instance(2, spot: true, "2026-10-26T11:30:00Z", "2026-10-26T12:30:00Z")
    let lost = FactBase.Attempt(on: 1, "2026-10-26T10:00:00Z", "2026-10-26T11:30:00Z", .hostLost)
    let again = FactBase.Attempt(on: 2, "2026-10-26T11:30:00Z", "2026-10-26T12:30:00Z")
    try facts.job(name: "train-7", tagSet: 1, isRerun ? [lost, again] : [lost])
    return facts
  }

  private func kept(_ facts: FactBase, _ rules: CheckpointRule...) throws -> Int64 {
    try facts.build(settings: InsightSettings(checkpoints: rules))
    return try facts.integer("SELECT SUM(kept) FROM failed_attempt")
  }

  @Test("Every 40 minutes: the last one after 80 of 90 minutes, so a cent of the $0.09 is lost; both amounts are shown")
  func interval() throws {
    let facts = try Self.account()
    #expect(try kept(facts, CheckpointRule(times: .every(40 * 60_000))) == 80_000_000)
    let audit = try facts.rows("spot-audit")
    #expect(audit[0, "lost_usd"] == usd("0.09"))
    #expect(audit[0, "since_checkpoint_usd"] == usd("0.01"))
    // Gross: 2.5 hours at $0.20 list less $0.15; net after the loss of $0.09, or of a cent.
    #expect(audit[0, "net_usd"] == usd("0.26"))
    #expect(audit[0, "net_since_checkpoint_usd"] == usd("0.34"))
    for query in ["retry-cost", "retry-cost-by-queue", "retry-cost-by-job-definition"] {
      let rows = try facts.rows(query)
      #expect(rows[0, "cost_usd"] == usd("0.09"), "\(query)")
      #expect(rows[0, "since_checkpoint_usd"] == usd("0.01"), "\(query)")
    }
  }

  @Test("A tag gives the interval; without it, or in an attempt shorter than it, nothing is kept")
  func tag() throws {
    let facts = try Self.account()
    // 75 of 90 minutes.
    #expect(try kept(facts, CheckpointRule(times: .tag("checkpoint-every"))) == 75_000_000)
    #expect(try kept(facts, CheckpointRule(times: .tag("other"))) == 0)
    #expect(try kept(facts, CheckpointRule(times: .every(91 * 60_000))) == 0)
    #expect(try kept(facts) == 0)
  }

  @Test("The last object under the job's prefix while the attempt ran")
  func objects() throws {
    let facts = try Self.account()
    try facts.execute(
      """
      INSERT INTO listed_object VALUES
        ('ck/train-7/0', \(ms("2026-10-26T09:59:00Z"))), ('ck/train-7/1', \(ms("2026-10-26T10:20:00Z"))),
        ('ck/train-7/2', \(ms("2026-10-26T10:45:00Z"))), ('ck/train-7/3', \(ms("2026-10-26T11:31:00Z"))),
        ('ck/train-70/1', \(ms("2026-10-26T11:20:00Z")));
      """)
    // 45 of 90 minutes.
    #expect(try kept(facts, CheckpointRule(times: .objects(prefix: "ck/{job_name}/"))) == 45_000_000)
    #expect(try kept(facts, CheckpointRule(times: .objects(prefix: "ck/{job_id}/"))) == 0)
  }

  @Test("The first rule that matches a job counts; names are patterns")
  func rules() throws {
    let facts = try Self.account()
    let hour = CheckpointRule.Times.every(60 * 60_000)
    #expect(
      try kept(
        facts, CheckpointRule(queue: "on-demand", times: .every(60_000)),
        CheckpointRule(jobName: "train", times: .every(60_000)),
        CheckpointRule(definition: "one", jobName: "train-{:number}", times: hour),
        CheckpointRule(times: .every(60_000))) == 60_000_000)
  }

  @Test("Work that was not run again is lost entirely")
  func givenUp() throws {
    #expect(try kept(Self.account(isRerun: false), CheckpointRule(times: .every(40 * 60_000))) == 0)
  }

  @Test("Across midnight, each day keeps its part")
  func midnight() throws {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-28T00:00:00Z")
    try facts.spotPrice("eu-west-1a", from: "2026-10-01T00:00:00Z", rate: 60_000_000)
    try facts.instance(1, spot: true, "2026-10-26T23:00:00Z", "2026-10-27T01:00:00Z", reclaimed: true)
    try facts.instance(2, spot: true, "2026-10-27T01:00:00Z", "2026-10-27T02:00:00Z")
    try facts.job([
      .init(on: 1, "2026-10-26T23:00:00Z", "2026-10-27T01:00:00Z", .hostLost),
      .init(on: 2, "2026-10-27T01:00:00Z", "2026-10-27T02:00:00Z"),
    ])
    // Half past midnight: $0.06 of the first day, half of $0.06 of the second.
    #expect(try kept(facts, CheckpointRule(times: .every(90 * 60_000))) == 90_000_000)
    let days = try facts.database.read { connection in
      let rows = try connection.prepare("SELECT kept FROM failed_attempt ORDER BY day")
      var kept: [Int64] = []
      while try rows.step() { kept.append(rows.integer(0)) }
      return kept
    }
    #expect(days == [60_000_000, 30_000_000])
  }

  @Test(
    "Intervals",
    arguments: [
      ("90s", 90_000), ("30m", 1_800_000), ("2h", 7_200_000), ("30", nil), ("0m", nil), ("m", nil), ("-5m", nil),
      ("1d", nil),
    ] as [(String, Int64?)])
  func intervals(text: String, milliseconds: Int64?) { #expect(CheckpointRule.interval(text) == milliseconds) }
}
