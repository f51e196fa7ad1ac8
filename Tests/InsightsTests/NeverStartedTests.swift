import Accounting
import Domain
import Insights
import Store
import Testing

/// Failures before the start are counted by cause, and a job waits until the first attempt that started.
@Suite struct NeverStartedTests {
  @Test(
    "Two attempts that never started, with different causes, then one that did: 1 job, a wait of 14 min, 3 failures")
  func causes() throws {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-06T00:00:00Z")
    try facts.instance(1, spot: false, "2026-10-05T09:00:00Z", "2026-10-05T12:00:00Z")
    try facts.job([.init(on: 1, "2026-10-05T10:00:00Z", "2026-10-05T11:00:00Z")])
    let (created, stopped) = (ms("2026-10-05T09:46:00Z"), ms("2026-10-05T09:50:00Z"))
    try facts.execute(
      """
      UPDATE job SET created_at_ms = \(created), attempts = 3;
      UPDATE attempt SET id = 1024 + 3, ordinal = 3;
      INSERT INTO attempt (id, job, ordinal, stopped_at_ms, milli_vcpus, memory_mib, gpus, job_queue, job_definition, kind,
          platform, status_reason, container_reason)
        VALUES (1025, 1, 1, \(stopped), 4000, 8192, 0, 1, 1, 0, 0, 'Task failed to start', 'CannotPullContainerError: x'),
          (1026, 1, 2, \(stopped), 4000, 8192, 0, 1, 1, 0, 0, 'Task failed to start', 'CannotStartContainerError: x');
      INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, status_reason,
          created_at_ms, stopped_at_ms, platform, attempts, progress, digest)
        VALUES (2, 'stuck', 1, 'stuck', 0, 1, 1, 'FAILED',
          'Canceled by JobStateTimeLimit action due to reason: CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY', \(created),
          \(stopped), 0, 0, 0, 0)
      """)
    try Ledger.build(facts.database)
    try Insights.build(facts.database)
    let totals = try facts.rows("totals")
    #expect(totals[0, "jobs"] == .integer(1))
    let waits = try facts.rows("queue-wait")
    #expect(waits.rows.count == 1)
    #expect(waits[0, "jobs"] == .integer(1))
    #expect(waits[0, "maximum_seconds"] == .integer(840))
    let failures = try facts.rows("retry-cost")
    let causes = failures.rows.indices.map { failures[$0, "cause"] }
    #expect(causes == [.text("container start"), .text("image pull"), .text("no capacity")])
    for name in ["retry-cost-by-queue", "retry-cost-by-job-definition"] {
      let rows = try facts.rows(name)
      #expect(rows.rows.indices.map { rows[$0, "cause"] } == causes, "\(name)")
      #expect(rows.rows.indices.map { rows[$0, "attempts"] } == [.integer(1), .integer(1), .integer(1)], "\(name)")
      #expect(rows.rows.indices.map { rows[$0, "cost_usd"] } == [usd("0"), usd("0"), usd("0")], "\(name)")
    }
    // On EC2, what never started is known to have cost nothing.
    for row in 0..<3 {
      #expect(failures[row, "attempts"] == .integer(1))
      #expect(failures[row, "cost_usd"] == usd("0"))
      #expect(failures[row, "share"] == .null)
    }
    #expect(try facts.database.read(LedgerCheck.failures).isEmpty)
  }

  @Test("A Fargate task that never started and was never described may have pulled an image: its cost is unknown")
  func fargate() throws {
    let facts = try FactBase()
    try facts.collected(at: "2026-10-06T00:00:00Z")
    let (created, stopped) = (ms("2026-10-05T09:46:00Z"), ms("2026-10-05T09:50:00Z"))
    try facts.execute(
      """
      INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
          stopped_at_ms, platform, attempts, progress, digest)
        VALUES (2, 'f', 1, 'f', 0, 1, 1, 'FAILED', \(created), \(stopped), 1, 1, 0, 0);
      INSERT INTO attempt (id, job, ordinal, stopped_at_ms, milli_vcpus, memory_mib, gpus, job_queue, job_definition, kind,
          platform, status_reason)
        VALUES (2049, 2, 1, \(stopped), 1000, 2048, 0, 1, 1, 0, 1,
          'ResourceInitializationError: unable to pull secrets or registry auth');
      """)
    try Ledger.build(facts.database)
    try Insights.build(facts.database)
    let failures = try facts.rows("retry-cost")
    #expect(failures.rows.count == 1)
    #expect(failures[0, "cause"] == .text("container start"))
    #expect(failures[0, "cost_usd"] == .null)
    // Nothing ran, at a cost of $0: the days are known from the job.
    #expect(try facts.database.read { try $0.integer("SELECT COUNT(*) FROM calendar") } == 2)
    #expect(try facts.rows("totals")[0, "cost_usd"] == usd("0"))
  }
}
