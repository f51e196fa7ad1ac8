import Domain
import Store
import Testing

/// Tasks on Fargate: what re-runs of interrupted ones cost beyond Fargate Spot, and those that still run.
@Suite struct FargateRerunTests {
  /// A vCPU and 2 GB: $0.04 + 2 × $0.004 = $0.048 an hour on Fargate, $0.012 + 2 × $0.0012 = $0.0144 on Fargate Spot.
  private static func account(spotPrices: Bool = true) throws -> FactBase {
    let facts = try FactBase()
    try facts.execute(
      """
      INSERT INTO compute_environment (id, arn, name, account_region, resource_type, maximum_vcpus, cluster_arn)
        VALUES (3, 'arn:ce/fargate', 'fargate', 1, 'FARGATE', 256, 'arn:cluster/fargate');
      INSERT INTO cluster VALUES (3, 1, 'fargate');
      INSERT INTO job_queue (id, arn, name, account_region, environments)
        VALUES (3, 'arn:q/fargate', 'fargate', 1, '["arn:ce/fargate"]');
      INSERT INTO list_price VALUES
        ('eu-west-1', 'AmazonECS', 'Fargate-vCPU-Hours:perCPU', '', '', 0, 40000000, 'hours', 'price-list'),
        ('eu-west-1', 'AmazonECS', 'Fargate-GB-Hours', '', '', 0, 4000000, 'hours', 'price-list'),
        ('eu-west-1', 'AmazonECS', 'SpotUsage:Fargate-GB-Hours', '', '', 0, 1200000, 'hours', 'price-list');
      """)
    if spotPrices {
      try facts.execute(
        """
        INSERT INTO list_price VALUES
          ('eu-west-1', 'AmazonECS', 'SpotUsage:Fargate-vCPU-Hours:perCPU', '', '', 0, 12000000, 'hours', 'price-list')
        """)
    }
    return facts
  }

  /// An hour on Fargate Spot that was interrupted, and an hour on Fargate that ran the job again.
  private static func interrupted(spotPrices: Bool = true) throws -> FactBase {
    let facts = try account(spotPrices: spotPrices)
    try facts.collected(at: "2026-10-20T00:00:00Z")
    let (first, second) = (ms("2026-10-19T10:00:00Z"), ms("2026-10-19T11:30:00Z"))
    let hour: Int64 = 3_600_000
    try facts.execute(
      """
      INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
          started_at_ms, stopped_at_ms, platform, attempts, progress, digest)
        VALUES (1, 'f', 1, 'f', 0, 3, 1, 'SUCCEEDED', \(first - 60_000), \(first), \(second + hour), 1, 2, 0, 0);
      INSERT INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus, task_id,
          job_queue, job_definition, kind, platform, exit_code, status_reason) VALUES
        (1025, 1, 1, \(first), \(first + hour), 1000, 2048, 0, 't1', 3, 1, 0, 1, NULL, 'Your Spot Task was interrupted.'),
        (1026, 1, 2, \(second), \(second + hour), 1000, 2048, 0, 't2', 3, 1, 0, 1, 0, NULL);
      INSERT INTO task (task_id, cluster, launch_type, capacity_provider, pull_started_at_ms, stopped_at_ms, progress,
          digest) VALUES
        ('t1', 3, 'FARGATE', 'FARGATE_SPOT', \(first), \(first + hour), 0, 0),
        ('t2', 3, 'FARGATE', 'FARGATE', \(second), \(second + hour), 0, 0);
      """)
    try facts.build()
    return facts
  }

  /// Gross 0.048 − 0.0144, of which 0.0144 was lost; the re-run cost 0.048 − 0.0144 more than on Fargate Spot.
  @Test func countInTheNetSaving() throws {
    let facts = try Self.interrupted()
    let audit = try facts.rows("spot-audit")
    #expect(audit[0, "gross_usd"] == usd("0.0336"))
    #expect(audit[0, "lost_usd"] == usd("0.0144"))
    #expect(audit[0, "rerun_usd"] == usd("0.0336"))
    #expect(audit[0, "rerun_attempts"] == .integer(1))
    #expect(audit[0, "uncompared_reruns"] == .integer(0))
    #expect(audit[0, "net_usd"] == usd("-0.0144"))
    let pools = try facts.rows("spot-net-by-pool")
    #expect(pools[0, "instance_type"] == .text("Fargate Spot"))
    #expect(pools[0, "rerun_usd"] == usd("0.0336"))
    // Leakage is of instances alone.
    #expect(try facts.rows("on-demand-leakage").isEmpty)
  }

  @Test func withoutAPriceOfFargateSpotTheyAreSaidToBeLeftOut() throws {
    let audit = try Self.interrupted(spotPrices: false).rows("spot-audit")
    #expect(audit[0, "rerun_usd"] == .null)
    #expect(audit[0, "rerun_attempts"] == .integer(0))
    #expect(audit[0, "left_out_lost_attempts"] == .integer(1))
  }

  /// Two of the task's hours lie before the collection.
  @Test func aTaskThatStillRunsIsAFinding() throws {
    let facts = try Self.account()
    try facts.collected(at: "2026-10-19T12:00:00Z")
    let start = ms("2026-10-19T10:00:00Z")
    try facts.execute(
      """
      INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
          started_at_ms, platform, attempts, progress, digest)
        VALUES (1, 'f', 1, 'f', 0, 3, 1, 'RUNNING', \(start), \(start), 1, 1, 0, 0);
      INSERT INTO attempt (id, job, ordinal, started_at_ms, milli_vcpus, memory_mib, gpus, task_id, job_queue,
          job_definition, kind, platform) VALUES (1025, 1, 1, \(start), 1000, 2048, 0, 't1', 3, 1, 0, 1);
      INSERT INTO task (task_id, cluster, launch_type, capacity_provider, pull_started_at_ms, progress, digest)
        VALUES ('t1', 3, 'FARGATE', 'FARGATE', \(start), 0, 0);
      """)
    try facts.build()
    let findings = try facts.rows("findings")
    let row = try #require((findings["check_name"] ?? []).firstIndex(of: .text("open-task")))
    #expect(findings[row, "subject"] == .text("t1"))
    #expect(findings[row, "seconds"] == .real(7200))
    let sure = try facts.rows("confidence")
    #expect(sure[0, "open_tasks"] == .integer(1))
    #expect(sure[0, "open_instances"] == .integer(0))
  }
}
