import Accounting
import Domain
import Foundation
import Insights
import Store
import Testing

/// Which jobs the costs around them belong to: by what job definitions name, and by the instance a job ran on.
@Suite struct AroundJobsTests {
  typealias Row = SmallAccount

  /// Rows of a query about the division as it is now.
  private static func around(_ account: SmallAccount, _ columns: [String], query: String = "around-jobs") throws
    -> [String]
  {
    try Insights.build(account.database, anew: true)
    return try account.database.rows(query, columns)
  }

  private static let columns = ["kind", "job_queue", "resources", "gigabytes", "billed_usd", "estimated_usd"]
  private static let totals = ["scope", "attributed_usd", "unattributed_usd"]

  /// One hour on Fargate in queue `small`, three hours in queue `large` with another definition, and an instance of
  /// `small`.
  private static func account(path: String = ":memory:") throws -> SmallAccount {
    let account = try SmallAccount(path: path)
    try account.addFargate()
    try account.database.execute(
      """
      INSERT INTO job_queue (id, arn, name, account_region, environments)
        VALUES (2, 'arn:q/large', 'large', 1, '["arn:ce/fargate"]');
      INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (2, 'arn:d/two', 'two', 1, 1);
      INSERT INTO job_definition_resource VALUES (1, 0, '/aws/batch/job', ''), (2, 0, '/aws/batch/job', ''), (2, 5, 'fs-0e', '');
      """)
    try account.addTask(1, "2026-10-05T09:00:00Z", "2026-10-05T10:00:00Z")
    try account.addTask(2, "2026-10-05T09:00:00Z", "2026-10-05T12:00:00Z")
    try account.database.execute(
      """
      UPDATE job SET job_queue = 2, job_definition = 2 WHERE id = 2;
      UPDATE attempt SET job_queue = 2, job_definition = 2 WHERE job = 2;
      """)
    return account
  }

  private static let tasks = Row.taskRows(
    1, "2026-10-05T09", vcpuHours: "2", gbHours: "4", vcpuCost: "0.08", gbCost: "0.02")

  private static func log(_ group: String, cost: String, gigabytes: String, region: String = "eu-west-1") -> String {
    Row.row(
      "arn:aws:logs:\(region):111122223333:log-group:\(group)", "2026-10-05T09", amount: gigabytes, cost: cost,
      item: "EU-DataProcessing-Bytes", product: "AmazonCloudWatch")
  }

  private static func files(_ day: String, cost: String) -> String {
    Row.row(
      "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0e", "2026-10-\(day)T10", amount: "1",
      cost: cost,
      item: "EU-TimedStorage-ByteHrs", product: "AmazonEFS")
  }

  @Test("What several queues name is divided by run time, what one queue names is billed to it, the rest is nobody's")
  func shares() async throws {
    let account = try Self.account()
    try await account.reconcile(
      Self.tasks + [
        // 1 h and 3 h of run time.
        Self.log("/aws/batch/job", cost: "1", gigabytes: "2"), Self.log("/ecs/web", cost: "7", gigabytes: "10"),
        // The same name in another region is another group.
        Self.log("/aws/batch/job", cost: "5", gigabytes: "8", region: "eu-central-1"),
        Self.files("05", cost: "2"),
        Row.row("genomes", "2026-10-05T09", amount: "1", cost: "3", item: "EU-Requests-Tier1", product: "AmazonS3"),
      ])
    #expect(
      try Self.around(account, Self.columns) == [
        "efs|large|1|-|2|-", "logs|large|1|1.5|-|0.75", "logs|small|1|0.5|-|0.25", "logs|-|2|18.0|12|-",
        "s3|-|1|-|3|-",
      ])
    let totals = try Self.around(account, Self.totals)
    #expect(totals == ["queue|3|15", "queue|3|15", "queue|3|15", "accounts|3|15", "accounts|3|15"])
  }

  @Test("A file system also costs money on days without jobs, which is nobody's")
  func idleDay() async throws {
    let account = try Self.account()
    try await account.reconcile(Self.tasks + [Self.files("05", cost: "2"), Self.files("06", cost: "4")])
    #expect(
      try Self.around(account, Self.columns) == ["efs|large|1|-|2|-", "efs|-|1|-|4|-"])
  }

  @Test("Parts add up to the line, to the nanodollar")
  func rounding() async throws {
    let account = try Self.account()
    // A quarter and three quarters of 0.000000102: 25.5 rounds to 26, the rest is 76.
    try await account.reconcile(Self.tasks + [Self.log("/aws/batch/job", cost: "0.000000102", gigabytes: "0")])
    #expect(
      try Self.around(account, Self.columns) == [
        "logs|large|1|-|-|0.000000076", "logs|small|1|-|-|0.000000026",
      ])
  }

  @Test("Across midnight, each day's line is divided by that day's run time")
  func midnight() async throws {
    let account = try Self.account()
    // The job of `large` runs until 01:00: 15 h on the first day beside 1 h of `small`, and alone on the second.
    try account.database.execute(
      "UPDATE attempt SET stopped_at_ms = \(Row.time("2026-10-06T01:00:00Z")) WHERE job = 2; "
        + "UPDATE task SET stopped_at_ms = \(Row.time("2026-10-06T01:00:00Z")) WHERE task_id = '\(Row.taskID(2))'")
    let second = Self.log("/aws/batch/job", cost: "1", gigabytes: "1").replacing("2026-10-05", with: "2026-10-06")
    try await account.reconcile(Self.tasks + [Self.log("/aws/batch/job", cost: "1.6", gigabytes: "1.6"), second])
    #expect(
      try Self.around(account, Self.columns) == [
        "logs|large|1|2.5|1|1.5", "logs|small|1|0.1|-|0.1",
      ])
  }

  @Test("An instance's transfer belongs to the queues whose jobs ran on it; other instances' transfer is nobody's")
  func transfer() async throws {
    let account = try Self.account()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T11:00:00Z")
    // 30 min of `small` and 90 min of `large`.
    try account.addAttempt(3, on: "i-0a", milliVCPUs: 1000, from: 0, to: 30)
    try account.addAttempt(4, on: "i-0a", milliVCPUs: 1000, from: 0, to: 90)
    try account.database.execute("UPDATE attempt SET job_queue = 2, job_definition = 2 WHERE job = 4")
    func crossZone(_ resource: String, cost: String, gigabytes: String) -> String {
      Row.row(resource, "2026-10-05T09", amount: gigabytes, cost: cost, item: "EU-DataTransfer-Regional-Bytes")
    }
    try await account.reconcile([
      Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1"),
      Row.row("i-0a", "2026-10-05T10", amount: "1", cost: "0.1"), crossZone("i-0a", cost: "0.08", gigabytes: "8"),
      crossZone("i-0web", cost: "0.5", gigabytes: "50"),
      Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.4", item: "EU-DataTransfer-Out-Bytes"),
    ])
    #expect(
      try Self.around(account, Self.columns) == [
        "data-transfer|large|1|0.75|-|0.3", "data-transfer|small|1|0.25|-|0.1", "cross-zone|large|1|6.0|-|0.06",
        "cross-zone|small|1|2.0|-|0.02", "cross-zone|-|1|50.0|0.5|-",
      ])
  }

  @Test("Where the export has no region, the account and the log group's name identify the group")
  func withoutRegion() async throws {
    let account = try Self.account()
    let line = Row.row(
      "/aws/batch/job", "2026-10-05T09", amount: "2", cost: "1", item: "EU-DataProcessing-Bytes",
      product: "AmazonCloudWatch")
    try await account.reconcile(Self.tasks + [line])
    #expect(
      try Self.around(account, Self.columns) == ["logs|large|1|1.5|-|0.75", "logs|small|1|0.5|-|0.25"])
  }

  @Test("Where log streams have sizes, those divide the log group: a task that wrote nothing bears nothing")
  func bySize() async throws {
    let account = try Self.account()
    let day = Row.time("2026-10-05T00:00:00Z") / 86_400_000
    // 900 and 100 characters, against 1 h and 3 h of run time; other groups and days must not matter.
    try account.database.execute(
      """
      INSERT INTO log_stream_day VALUES ('\(Row.taskID(1))', '/aws/batch/job', \(day), 900),
        ('\(Row.taskID(2))', '/aws/batch/job', \(day), 100), ('\(Row.taskID(2))', '/my/jobs', \(day), 5000),
        ('\(Row.taskID(2))', '/aws/batch/job', \(day + 1), 5000);
      """)
    let line = Self.log("/aws/batch/job", cost: "1", gigabytes: "2")
    try await account.reconcile(Self.tasks + [line, Self.files("05", cost: "2")])
    #expect(
      try Self.around(account, Self.columns) == [
        "efs|large|1|-|2|-", "logs|small|1|1.8|-|0.9", "logs|large|1|0.2|-|0.1",
      ])
    try account.database.execute("DELETE FROM log_stream_day WHERE task_id = '\(Row.taskID(2))'")
    #expect(
      try Self.around(account, Self.columns) == ["efs|large|1|-|2|-", "logs|small|1|2.0|1|-"])
  }

  private static let byJob = [
    "job_id", "job_queue", "total_usd", "billed_usd", "estimated_usd", "logs_usd", "files_usd",
  ]

  @Test("By job: a queue's part is divided the same way, to the nanodollar")
  func byJob() async throws {
    let account = try Self.account()
    // Besides 1 h of `small` and 3 h of `large`, another 2 h of `small`: 1, 2 and 3 sixths of $0.60.
    try account.addTask(3, "2026-10-05T14:00:00Z", "2026-10-05T16:00:00Z")
    let line = Self.log("/aws/batch/job", cost: "0.6", gigabytes: "2")
    try await account.reconcile(Self.tasks + [line, Self.files("05", cost: "2")])
    #expect(
      try Self.around(account, Self.byJob, query: "around-jobs-by-job") == [
        "job-2|large|2.3|2|0.3|0.3|2", "job-3|small|0.2|-|0.2|0.2|-", "job-1|small|0.1|-|0.1|0.1|-",
      ])
    let day = Row.time("2026-10-05T00:00:00Z") / 86_400_000
    try account.database.execute(
      "INSERT INTO log_stream_day VALUES ('\(Row.taskID(1))', '/aws/batch/job', \(day), 70), "
        + "('\(Row.taskID(3))', '/aws/batch/job', \(day), 30)")
    #expect(
      try Self.around(account, Self.byJob, query: "around-jobs-by-job") == [
        "job-2|large|2|2|-|-|2", "job-1|small|0.42|-|0.42|0.42|-", "job-3|small|0.18|-|0.18|0.18|-",
      ])
  }

  @Test("A bucket belongs to the jobs that name it, on the days on which they run")
  func buckets() async throws {
    let account = try Self.account()
    try account.database.execute(
      "INSERT INTO job_bucket VALUES ('job-1', 'genomes'), ('job-2', 'genomes'), ('job-2', 'results')")
    func requests(_ bucket: String, _ day: String, cost: String) -> String {
      Row.row(bucket, "2026-10-\(day)T09", amount: "1", cost: cost, item: "EU-Requests-Tier1", product: "AmazonS3")
    }
    try await account.reconcile(
      Self.tasks + [
        requests("genomes", "05", cost: "4"), requests("genomes", "06", cost: "8"),
        requests("results", "05", cost: "2"), requests("web", "05", cost: "5"),
      ])
    // 1 h and 3 h of run time.
    #expect(
      try Self.around(account, Self.columns) == ["s3|large|2|-|2|3", "s3|small|1|-|-|1", "s3|-|2|-|13|-"])
  }

  // MARK: Some jobs

  /// Two log groups, of which the jobs of both queues name one, and a file system of `large`.
  private static let lines = [
    log("/aws/batch/job", cost: "0.000000101", gigabytes: "2"), log("/ecs/web", cost: "7", gigabytes: "10"),
    files("05", cost: "2"),
  ]

  /// In a file, which lenses open again.
  private static func narrowed(_ body: (_ account: SmallAccount, _ path: String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("around-\(UUID().uuidString).sqlite").path
    defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
    try await body(try account(path: path), path)
  }

  @Test("Narrowed to some jobs: their parts alone, which add up to the whole, and nothing that is nobody's")
  func lenses() async throws {
    try await Self.narrowed { account, path in
      try await account.reconcile(Self.tasks + Self.lines)
      try Insights.build(account.database)
      func rows(_ condition: String) throws -> [String] {
        try Lens([condition]).open(path).rows("around-jobs", Self.columns)
      }
      // A quarter and three quarters of 0.000000101: 25.25 rounds to 25, the rest is 76.
      let (small, large) = ("logs|small|1|0.5|-|0.000000025", "logs|large|1|1.5|-|0.000000076")
      #expect(try rows("queue=small") == [small])
      #expect(try rows("queue=large") == ["efs|large|1|-|2|-", large])
      #expect(try rows("job=job-1") == [small])
      #expect(try rows("account=111122223333") == ["efs|large|1|-|2|-", large, small])
      let run = try Lens(["queue=large"]).open(path).rows(
        "run-around", ["kind", "resources", "gigabytes", "billed_usd", "estimated_usd", "total_usd"])
      #expect(run == ["efs|1|-|2|-|2.000000076", "logs|1|1.5|-|0.000000076|2.000000076"])
      let all = try Lens(["queue=small,large"]).open(path).rows("run-around", ["kind", "billed_usd", "estimated_usd"])
      #expect(all == ["efs|2|-", "logs|0.000000101|-"])
    }
  }

  @Test("Accounts billed in dollars and in CNY: each has its own")
  func currencies() async throws {
    try await Self.narrowed { account, path in
      try account.database.execute(
        """
        INSERT INTO account_region VALUES (2, '444455556666', 'cn-north-1');
        INSERT INTO collection VALUES (2, 'test', \(Row.time("2026-10-09T00:00:00Z")));
        INSERT INTO list_price VALUES
          ('cn-north-1', 'AmazonECS', 'Fargate-vCPU-Hours:perCPU', '', '', 0, 300000000, 'hours', 'price-list'),
          ('cn-north-1', 'AmazonECS', 'Fargate-GB-Hours', '', '', 0, 30000000, 'hours', 'price-list');
        INSERT INTO compute_environment (id, arn, name, account_region, resource_type, cluster_arn)
          VALUES (2, 'arn:ce/cn', 'cn', 2, 'FARGATE', 'arn:cluster/AWSBatch-cn-1');
        INSERT INTO cluster VALUES (2, 2, 'AWSBatch-cn-1');
        INSERT INTO job_queue (id, arn, name, account_region, environments)
          VALUES (3, 'arn:q/cn', 'cn', 2, '["arn:ce/cn"]');
        INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (3, 'arn:d/cn', 'cn', 1, 2);
        INSERT INTO job_definition_resource VALUES (3, 0, '/aws/batch/job', '');
        """)
      try account.addTask(5, "2026-10-05T09:00:00Z", "2026-10-05T11:00:00Z")
      try account.database.execute(
        """
        UPDATE job SET job_queue = 3, job_definition = 3, account_region = 2 WHERE id = 5;
        UPDATE attempt SET job_queue = 3, job_definition = 3 WHERE job = 5;
        UPDATE task SET cluster = 2 WHERE task_id = '\(Row.taskID(5))';
        """)
      try await account.reconcile(Self.tasks + Self.lines)
      try account.database.execute(
        """
        INSERT INTO bill_around SELECT bill, 0, '/aws/batch/job', '444455556666', 'cn-north-1', day, item, 3000000000, 0, 0
        FROM bill_around WHERE name = '/ecs/web'
        """)
      try Insights.build(account.database, anew: true)
      let dollars = try Lens([]).inOneCurrency(path)
      #expect(dollars.words == "currency=USD")
      #expect(
        try dollars.open(path).rows("around-jobs", ["kind", "job_queue", "billed_usd"]) == [
          "efs|large|2", "logs|large|-", "logs|small|-",
        ])
      let other = try Lens(["currency=CNY"]).open(path).rows("around-jobs", ["kind", "job_queue", "billed_usd"])
      #expect(other == ["logs|cn|3"])
    }
  }

  @Test("By workflow run: billed where only its jobs name the resource, otherwise estimated")
  func byRun() async throws {
    let account = try Self.account()
    try account.database.execute(
      """
      INSERT INTO tag_set VALUES (9, '{"dag_id":"etl","run_id":"monday","task_id":"load"}');
      UPDATE job SET tag_set = 9 WHERE id = 2;
      UPDATE attempt SET tag_set = 9 WHERE job = 2;
      """)
    try await account.reconcile(
      Self.tasks + [Self.log("/aws/batch/job", cost: "1", gigabytes: "2"), Self.files("05", cost: "2")])
    let columns = ["run", "workflow", "client", "total_usd", "billed_usd", "estimated_usd", "logs_usd", "files_usd"]
    #expect(
      try Self.around(account, columns, query: "around-jobs-by-run") == ["monday|etl|airflow|2.75|2|0.75|0.75|2"])
    try account.database.execute(
      "UPDATE job SET tag_set = 9 WHERE id = 1; UPDATE attempt SET tag_set = 9 WHERE job = 1")
    #expect(
      try Self.around(account, columns, query: "around-jobs-by-run") == ["monday|etl|airflow|3|3|-|1|2"])
  }
}
