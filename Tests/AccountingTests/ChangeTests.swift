import Domain
import Store
import Testing

@testable import Accounting

/// Changes that reach further than the row that they are about: the ledger that grows is that of a build of everything.
@Suite struct ChangeTests {
  private static let hour: Int64 = 3_600_000
  private static let origin: Int64 = 1_793_491_200_000

  private static let world = """
    INSERT INTO account_region VALUES (1, '111122223333', 'eu-west-1'), (2, '', 'eu-west-1');
    INSERT INTO collection VALUES (1, 'aws', \(origin + 24 * hour));
    INSERT INTO job_queue (id, arn, name, account_region) VALUES (1, 'arn:queue', 'queue', 1);
    INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (1, 'arn:definition', 'align', 1, 1);
    INSERT INTO instance_type (name, milli_vcpus, memory_mib) VALUES ('c5.large', 2000, 4096);
    INSERT INTO list_price VALUES
      ('eu-west-1', 'AmazonECS', 'Fargate-vCPU-Hours:perCPU', '', '', \(origin), 40480000, 'hours', 'price-list'),
      ('eu-west-1', 'AmazonECS', 'Fargate-GB-Hours', '', '', \(origin), 4445000, 'hours', 'price-list');
    INSERT INTO instance_description
      (instance_id, source, account_region, instance_type, zone, lifecycle, launched_at_ms, state,
        state_transition_at_ms, auto_scaling_group, progress, digest)
    VALUES ('i-1', 'ec2', 1, 'c5.large', 'eu-west-1a', 'spot', \(origin + hour), 'terminated', \(origin + 3 * hour),
      'AWSBatch-spot-asg-1', 1, 1)
    """

  private static func job(_ id: Int, platform: Int = 1) -> String {
    """
    INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms, platform,
      progress, digest)
    VALUES (\(id), 'job-\(id)', 1, 'align', 0, 1, 1, 'SUCCEEDED', \(origin), \(platform), 1, 1);
    """
  }

  private static func attempt(_ job: Int, _ ordinal: Int = 1, task: String? = nil, hours: Int64 = 1) -> String {
    """
    INSERT INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus, job_queue,
      job_definition, kind, platform, exit_code, task_id)
    VALUES (\(job * 1024 + ordinal), \(job), \(ordinal), \(origin + hour), \(origin + (1 + hours) * hour), 1000, 2048, 0,
      1, 1, 0, 1, 0, \(task.map { "'\($0)'" } ?? "NULL"));
    """
  }

  private static func price(place: Int, at hours: Int64, _ rate: Int64) -> String {
    "INSERT INTO spot_price VALUES (\(place), 'eu-west-1a', 'c5.large', 'Linux/UNIX', \(origin + hours * hour), \(rate));"
  }

  private func compare(_ steps: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let (grown, built) = (try Database(path: ":memory:"), try Database(path: ":memory:"))
    for (number, step) in ([Self.world] + steps).enumerated() {
      for database in [grown, built] { try database.write { try $0.execute(step) } }
      try Ledger.build(grown)
      try Ledger.build(built, anew: true)
      let differences = try LedgerDump(grown).differences(from: LedgerDump(built))
      #expect(
        differences.isEmpty, "step \(number): \(differences.joined(separator: "\n"))", sourceLocation: sourceLocation)
    }
  }

  @Test("An account's own prices, however late they begin, replace those collected without an account")
  func ownPrices() throws {
    try compare([
      Self.price(place: 2, at: 0, 30_000_000), Self.price(place: 1, at: 5, 40_000_000),
      Self.price(place: 1, at: 2, 50_000_000), Self.price(place: 1, at: 3, 60_000_000),
    ])
  }

  @Test func aFargateAttemptThatNobodyNamedGoesAway() throws {
    try compare([
      Self.job(1) + Self.attempt(1, 1, task: "task-1") + Self.attempt(1, 2),
      "DELETE FROM attempt WHERE job = 1; \(Self.attempt(1, 1, task: "task-1"))",
      Self.job(2) + Self.attempt(2),
      "UPDATE job SET platform = 2 WHERE id = 2; UPDATE attempt SET platform = 2 WHERE job = 2",
    ])
  }

  @Test("Two attempts name one Fargate task, the earlier one told later: the later one bears it, until it goes")
  func sharedTask() throws {
    let later = Self.job(2) + Self.attempt(2, task: "task-1", hours: 2)
    try compare([
      Self.job(1) + later,
      Self.attempt(1, task: "task-1"),
      "DELETE FROM attempt WHERE job = 2",
    ])
    try compare([Self.job(1) + Self.attempt(1, task: "task-1"), later, "DELETE FROM attempt WHERE job = 2"])
  }

  @Test func aBillThatIsForgottenLeavesEstimates() throws {
    try compare([
      Self.price(place: 1, at: 0, 30_000_000),
      """
      INSERT INTO bill VALUES (1, '111122223333', '2026-11', 'cur', 1, 1, 0, 1, 'USD');
      INSERT INTO bill_coverage VALUES (1, '111122223333', \(Self.origin), \(Self.origin + 24 * Self.hour));
      INSERT INTO bill_line VALUES
        (1, 'i-1', \(Self.origin + Self.hour), \(Self.origin + 2 * Self.hour), 'SpotUsage:c5.large', 0, 0, '111122223333',
          \(Self.hour), 20000000, 0, 20000000, 0, NULL, NULL, NULL),
        (1, 'i-1', \(Self.origin + 2 * Self.hour), \(Self.origin + 3 * Self.hour), 'SpotUsage:c5.large', 0, 0,
          '111122223333', \(Self.hour), 20000000, 0, 20000000, 0, NULL, NULL, NULL)
      """,
      "DELETE FROM bill_line; DELETE FROM bill_coverage",
    ])
  }
}
