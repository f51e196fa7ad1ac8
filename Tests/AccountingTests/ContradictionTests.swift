import Domain
import Store
import Testing

@testable import Accounting

/// Contradictory facts and work that cannot be priced: findings, with amounts.
@Suite struct Contradicting {
  /// A Spot queue in one region, c5.large at $0.10, and one registration, `r-1`, of `i-1`, which ran from 9 to 11.
  private func world(registered instance: String? = "i-1") throws -> Database {
    let database = try Database(path: ":memory:")
    try database.write {
      try $0.execute(
        """
        INSERT INTO account_region VALUES (1, '111122223333', 'eu-west-1');
        INSERT INTO collection VALUES (1, 'test', \(Self.time("12:00:00")));
        INSERT INTO compute_environment (id, arn, name, account_region, resource_type, cluster_arn) VALUES
          (1, 'arn:ce/od', 'od', 1, 'EC2', 'arn:cluster/od'),
          (2, 'arn:ce/managed', 'managed', 1, 'ECS_MANAGED_INSTANCES', 'arn:cluster/managed');
        INSERT INTO cluster VALUES (1, 1, 'od'), (2, 1, 'managed');
        INSERT INTO job_queue (id, arn, name, account_region, environments) VALUES
          (1, 'arn:q/od', 'od', 1, '["arn:ce/od"]'), (2, 'arn:q/managed', 'managed', 1, '["arn:ce/managed"]'),
          (3, 'arn:q/both', 'both', 1, '["arn:ce/od","arn:ce/managed"]');
        INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (1, 'arn:d/one', 'one', 1, 1);
        INSERT INTO instance_type (name, milli_vcpus, memory_mib) VALUES ('c5.large', 2000, 4096);
        INSERT INTO list_price VALUES
          ('eu-west-1', 'AmazonEC2', 'c5.large', 'Linux', 'Shared', 0, 100000000, 'Hrs', 'price-list');
        INSERT INTO container_instance (id, cluster, name, instance_id) VALUES
          (1, 1, 'r-1', \(instance.map { "'\($0)'" } ?? "NULL")), (2, 2, 'r-2', 'i-managed');
        """)
    }
    for id in ["i-1", "i-2"] { try describe(id, in: database) }
    return database
  }

  private func describe(_ id: String, in database: Database) throws {
    try database.write {
      try $0.execute(
        """
        INSERT INTO instance_description (instance_id, source, account_region, instance_type, zone, usage_operation,
          launched_at_ms, state, state_transition_at_ms, progress, digest)
        VALUES ('\(id)', 'ec2', 1, 'c5.large', 'eu-west-1a', 'RunInstances', \(Self.time("09:00:00")), 'terminated',
          \(Self.time("11:00:00")), 0, 0)
        """)
    }
  }

  private func attempt(
    _ job: Int, _ start: String?, _ stop: String?, queue: Int = 1, registration: Int? = nil, named: String? = nil,
    task: String? = nil, in database: Database
  ) throws {
    func sql(_ value: String?) -> String { value.map { "'\($0)'" } ?? "NULL" }
    func at(_ value: String?) -> String { value.map { String(Self.time($0)) } ?? "NULL" }
    try database.write {
      try $0.execute(
        """
        INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
            platform, progress, digest)
          VALUES (\(job), 'job-\(job)', 1, 'job', 0, \(queue), 1, 'SUCCEEDED', \(Self.time("08:00:00")), 0, 0, 0);
        INSERT INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus,
            container_instance, job_queue, job_definition, kind, platform, instance_id, task_id)
          VALUES (\(job * 1024 + 1), \(job), 1, \(at(start)), \(at(stop)), 1000, 2048, 0,
            \(registration.map(String.init) ?? "NULL"), \(queue), 1, 0, 0, \(sql(named)), \(sql(task)));
        """)
    }
  }

  private static func time(_ text: String) -> Int64 { Instant("2026-10-05T\(text)Z")?.milliseconds ?? 0 }

  private func findings(_ database: Database, _ check: String) throws -> [String] {
    try database.lines(
      "SELECT subject, message, amount_ms FROM ledger_finding WHERE check_name = '\(check)' ORDER BY 1")
  }

  @Test("Two instances under one registration: the registered one bears the attempts, and a finding states their time")
  func twoInstances() throws {
    let database = try world()
    try attempt(1, "09:10:00", "09:20:00", registration: 1, in: database)
    try attempt(2, "09:20:00", "09:35:00", registration: 1, named: "i-2", in: database)
    try attempt(3, "09:40:00", "09:41:00", registration: 1, named: "i-2", in: database)
    try Ledger.build(database)
    #expect(
      try findings(database, "two-instances")
        == ["i-1|2 attempts of its registration name i-2 instead; i-1 is charged for them|960000"])
    #expect(
      try database.lines("SELECT name, attempts, cost FROM resource ORDER BY 1")
        == ["i-1|3|200000000", "i-2|0|200000000"])
    #expect(try database.lines("SELECT MIN(cost) >= 0 FROM posting") == ["1"])
  }

  @Test("Clock skew: ECS pulled the image 30 s after Batch says the attempt started; one second passes as rounding")
  func skew() throws {
    let database = try world()
    for (job, pull) in [(1, "09:10:30"), (2, "09:20:01"), (3, "09:29:00")] {
      try attempt(job, "09:\(job)0:00", "09:\(job)5:00", registration: 1, task: "task-\(job)", in: database)
      try database.write {
        try $0.execute(
          """
          INSERT INTO task (task_id, cluster, pull_started_at_ms, progress, digest)
          VALUES ('task-\(job)', 1, \(Self.time(pull)), 0, 0)
          """)
      }
    }
    try Ledger.build(database)
    #expect(
      try findings(database, "clock-skew")
        == ["i-1|ECS pulled the image of 1 attempt after Batch says that it started: charged from the start|30000"])
    // Only the third pull came before its start.
    #expect(
      try database.lines(
        "SELECT p.ms FROM posting p JOIN ledger_account a ON a.id = p.account WHERE a.name = 'startup'")
        == ["60000"])
  }

  @Test("Attempts that never started name their instances, which identifies i-1's registration and i-2 as Batch's")
  func unstarted() throws {
    let database = try world(registered: nil)
    try attempt(1, nil, nil, registration: 1, named: "i-1", in: database)
    try attempt(2, "09:00:00", "11:00:00", registration: 1, in: database)
    try attempt(3, nil, nil, named: "i-2", in: database)
    try attempt(4, nil, nil, named: "i-unknown", in: database)
    try Ledger.build(database)
    // Half of i-1 is reserved for two hours: $0.10 of $0.20. i-2 was idle.
    #expect(
      try database.lines(
        """
        SELECT r.name, a.name, p.cost FROM posting p JOIN resource r ON r.id = p.resource
        JOIN ledger_account a ON a.id = p.account ORDER BY 1, 2
        """) == ["i-1|attempt|100000000", "i-1|unused.packing|100000000", "i-2|unused.idle|200000000"])
    #expect(try findings(database, "life-unknown").map { $0.prefix(9) } == ["i-managed", "i-unknown"])
    #expect(try database.lines("SELECT COUNT(*) FROM unplaced") == ["0"])
  }

  @Test(
    "ECS Managed Instances, by cluster or launch type: 2 h at $0.10 plus a $0.012 fee are $0.224, unpriced without it"
  )
  func managed() throws {
    let database = try world()
    try describe("i-managed", in: database)
    try attempt(1, "09:10:00", "09:20:00", queue: 2, in: database)
    try attempt(2, "09:10:00", "09:20:00", queue: 3, registration: 2, in: database)
    try attempt(3, "09:10:00", "09:20:00", queue: 3, task: "task-3", in: database)
    try attempt(4, "09:10:00", "09:20:00", queue: 3, registration: 1, in: database)
    try database.write {
      try $0.execute(
        """
        INSERT INTO task (task_id, cluster, launch_type, progress, digest)
        VALUES ('task-3', 2, 'MANAGED_INSTANCES', 0, 0)
        """)
    }
    try Ledger.build(database)
    #expect(
      try findings(database, "managed-fee-unknown").map { $0.split(separator: "|")[0] } == ["i-managed"])
    #expect(
      try database.lines("SELECT name, attempts, cost, on_demand FROM resource ORDER BY 1")
        == ["i-1|1|200000000|200000000", "i-managed|1|-|-"])
    // One is known by its queue alone, the other by a task whose instance is unknown.
    #expect(try database.lines("SELECT COUNT(*) FROM unplaced") == ["2"])
    try database.write {
      try $0.execute(
        """
        INSERT INTO list_price VALUES
          ('eu-west-1', 'AmazonECS', 'ECS-Managed-Instances:c5.large-management-hours', '', '', 0, 12000000, 'Hrs', 'p');
        """)
    }
    try Ledger.build(database)
    #expect(
      try database.lines("SELECT name, cost, on_demand FROM resource ORDER BY 1")
        == ["i-1|200000000|200000000", "i-managed|224000000|224000000"])
    #expect(try findings(database, "managed-fee-unknown").isEmpty)
  }
}
