import Accounting
import Domain
import Insights
import Store

@testable import Replay

/// A small account whose history and ledger figures are known.
struct SmallAccount {
  let database: Database

  /// On-Demand: runs 0:00:00 to 1:30:00, a job of 2 vCPUs and 4 GiB from 0:05:00 to 1:20:00, pull from 0:04:30. Spot:
  /// runs 0:10:00 to 2:40:00, then reclaimed with its job, which started at 0:12:00. Fargate: one task, pull at
  /// 3:00:00, started 3:00:40, stopped 3:50:00.
  init() throws {
    database = try Database(path: ":memory:")
    let start = TinyWorld.start
    func at(_ minutes: Double) -> Int64 { start + Int64(minutes * 60_000) }
    try database.write { connection in
      try connection.execute(
        """
        INSERT INTO account_region VALUES (1, '111122223333', 'eu-west-1');
        INSERT INTO compute_environment (id, arn, name, account_region, resource_type, maximum_vcpus, cluster_arn,
          instance_types) VALUES
          (1, 'arn:ce/spot', 'spot', 1, 'SPOT', 256, 'arn:cluster/spot', '["c5.xlarge"]'),
          (2, 'arn:ce/on-demand', 'on-demand', 1, 'EC2', 256, 'arn:cluster/on-demand', '["c5.xlarge"]'),
          (3, 'arn:ce/fargate', 'fargate', 1, 'FARGATE', 256, 'arn:cluster/fargate', NULL),
          (4, 'arn:ce/eks', 'kubernetes', 1, 'EC2', 256, NULL, NULL);
        UPDATE compute_environment SET orchestration = 'EKS' WHERE id = 4;
        INSERT INTO cluster VALUES (1, 1, 'spot'), (2, 1, 'on-demand'), (3, 1, 'fargate');
        INSERT INTO job_queue (id, arn, name, account_region, environments) VALUES
          (1, 'arn:q/spot', 'spot', 1, '["arn:ce/spot"]'), (2, 'arn:q/on-demand', 'on-demand', 1, '["arn:ce/on-demand"]'),
          (3, 'arn:q/fargate', 'fargate', 1, '["arn:ce/fargate"]');
        INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (1, 'arn:d/one', 'one', 1, 1);
        INSERT INTO instance_type (name, milli_vcpus, memory_mib) VALUES
          ('c5.xlarge', 4000, 8192), ('c5.large', 2000, 4096), ('m6g.large', 2000, 8192);
        INSERT INTO list_price VALUES
          ('eu-west-1', 'AmazonEC2', 'c5.xlarge', 'Linux', 'Shared', 0, 200000000, 'Hrs', 'price-list'),
          ('eu-west-1', 'AmazonEC2', 'c5.large', 'Linux', 'Shared', 0, 100000000, 'Hrs', 'price-list'),
          ('eu-west-1', 'AmazonECS', 'Fargate-vCPU-Hours:perCPU', '', '', 0, 40480000, 'Hrs', 'price-list'),
          ('eu-west-1', 'AmazonECS', 'Fargate-GB-Hours', '', '', 0, 4445000, 'Hrs', 'price-list');
        INSERT INTO spot_price VALUES
          (1, 'eu-west-1a', 'c5.xlarge', 'Linux/UNIX', 0, 70000000),
          (1, 'eu-west-1a', 'c5.xlarge', 'Linux/UNIX', \(at(60)), 90000000);
        INSERT INTO instance_description (instance_id, source, account_region, instance_type, zone, lifecycle, progress,
          digest) VALUES ('i-1', 'ec2', 1, 'c5.xlarge', 'eu-west-1a', 'spot', 0, 0),
          ('i-2', 'ec2', 1, 'c5.xlarge', 'eu-west-1a', NULL, 0, 0);
        INSERT INTO container_instance (id, cluster, name, instance_id, instance_type, zone, registered_memory_mib)
          VALUES (1, 1, 'c-1', 'i-1', 'c5.xlarge', 'eu-west-1a', 7980), (2, 2, 'c-2', 'i-2', 'c5.xlarge', 'eu-west-1a', 7980);
        INSERT INTO instance_event VALUES ('i-1', 'running', \(at(10)), 'event', 1),
          ('i-1', 'shutting-down', \(at(160)), 'event', 1), ('i-1', 'interruption-warning', \(at(158)), 'event', 1),
          ('i-2', 'running', \(at(0)), 'event', 1), ('i-2', 'shutting-down', \(at(90)), 'event', 1);
        INSERT INTO task (task_id, cluster, launch_type, milli_vcpus, memory_mib, pull_started_at_ms, progress, digest)
          VALUES ('t-1', 1, 'EC2', 2000, 4096, \(at(11.5)), 0, 0), ('t-2', 2, 'EC2', 2000, 4096, \(at(4.5)), 0, 0),
          ('t-3', 3, 'FARGATE', 2000, 4096, \(at(180)), 0, 0);
        INSERT INTO collection VALUES (1, 'files', \(at(2880)));
        """)
      let jobs: [(id: Int64, queue: Int, started: Double, stopped: Double, platform: Int, reason: String)] = [
        (1, 1, 12, 160, 0, "'Host EC2 (instance i-1) terminated.'"), (2, 2, 5, 80, 0, "NULL"),
        (3, 3, 180 + 40.0 / 60, 230, 1, "NULL"),
      ]
      for job in jobs {
        try connection.execute(
          """
          INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
            started_at_ms, stopped_at_ms, platform, attempts, progress, digest)
          VALUES (\(job.id), 'job-\(job.id)', 1, 'job', 0, \(job.queue), 1, '\(job.id == 1 ? "FAILED" : "SUCCEEDED")',
            \(at(job.started - 20)), \(at(job.started)), \(at(job.stopped)), \(job.platform), 1, 0, 0);
          INSERT INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus,
            container_instance, job_queue, job_definition, kind, platform, exit_code, status_reason, task_id)
          VALUES (\(job.id << 10 | 1), \(job.id), 1, \(at(job.started)), \(at(job.stopped)), 2000, 4096, 0,
            \(job.platform == 1 ? "NULL" : "\(job.id)"), \(job.queue), 1, 0, \(job.platform),
            \(job.reason == "NULL" ? "0" : "NULL"), \(job.reason), 't-\(job.id)');
          """)
      }
    }
    _ = try Ledger.build(database)
    try Insights.build(database)
  }

  func recollection() throws -> Recollection { try database.read { try Recollection($0) } }

  /// As it was, with only the market repeating itself.
  func model() throws -> Model {
    let recollection = try recollection()
    let days = TinyWorld.monday..<(TinyWorld.monday + 1)
    let span = TimeSpan(days.lowerBound.start, days.upperBound.start)
    return recollection.model(recollection.fit(over: span), following: .market, market: span)
  }
}
