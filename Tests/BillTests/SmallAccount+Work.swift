import Domain

/// What runs beside a small account's instances: volumes, public addresses, Fargate tasks.
extension SmallAccount {
  /// gp3 at $0.0744 a GB-month: in October, which has 744 hours, $0.0001 a GB-hour. Addresses at $0.005 an hour.
  func addAttachmentPrices() throws {
    try database.execute(
      """
      INSERT INTO list_price VALUES
        ('eu-west-1', 'AmazonEC2', 'EBS:VolumeUsage.gp3', '', '', 0, 74400000, 'GB-Mo', 'price-list'),
        ('eu-west-1', 'AmazonVPC', 'PublicIPv4:InUseAddress', '', '', 0, 5000000, 'Hrs', 'price-list');
      """)
  }

  /// A gp3 volume of 100 GiB, deleted with its instance.
  func addVolume(_ id: String, of instance: String, created: String) throws {
    try database.execute(
      """
      INSERT INTO volume VALUES
        ('\(id)', 1, '\(instance)', 'gp3', 100, 3000, 125, \(Self.time(created)), NULL, 1, 0, 0)
      """)
  }

  func addAddress(_ interface: String, of instance: String) throws {
    try database.execute("INSERT INTO instance_address VALUES ('\(instance)', '\(interface)', 1)")
  }

  /// Fargate at $0.04 a vCPU-hour and $0.005 a GB-hour.
  func addFargate() throws {
    try database.execute(
      """
      INSERT INTO list_price VALUES
        ('eu-west-1', 'AmazonECS', 'Fargate-vCPU-Hours:perCPU', '', '', 0, 40000000, 'hours', 'price-list'),
        ('eu-west-1', 'AmazonECS', 'Fargate-GB-Hours', '', '', 0, 5000000, 'hours', 'price-list');
      INSERT INTO compute_environment (id, arn, name, account_region, resource_type, cluster_arn)
        VALUES (1, 'arn:ce/fargate', 'fargate', 1, 'FARGATE', 'arn:cluster/AWSBatch-fargate-1');
      INSERT INTO cluster VALUES (1, 1, 'AWSBatch-fargate-1');
      INSERT INTO job_queue (id, arn, name, account_region, environments)
        VALUES (1, 'arn:q/small', 'small', 1, '["arn:ce/fargate"]');
      INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (1, 'arn:d/one', 'one', 1, 1);
      """)
  }

  /// The attempt of a Fargate job with 2 vCPU and 4 GiB, from image pull to stop.
  ///
  /// - Parameter number: of the job, 1 to 9; its task is `taskID(number)`.
  func addTask(_ number: Int, _ start: String, _ stop: String) throws {
    let (first, last) = (Self.time(start), Self.time(stop))
    let task = Self.taskID(number)
    try database.execute(
      """
      INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
          started_at_ms, stopped_at_ms, platform, progress, digest)
        VALUES (\(number), 'job-\(number)', 1, 'job-\(number)', 0, 1, 1, 'SUCCEEDED', \(first), \(first), \(last), 1, 0, 0);
      INSERT INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus, job_queue,
          job_definition, kind, platform, exit_code, task_id)
        VALUES (\(number * 1024 + 1), \(number), 1, \(first), \(last), 2000, 4096, 0, 1, 1, 0, 1, 0, '\(task)');
      INSERT INTO task (task_id, cluster, pull_started_at_ms, stopped_at_ms, progress, digest)
        VALUES ('\(task)', 1, \(first), \(last), 0, 0);
      """)
  }

  /// The attempt of a job on an instance. Call `addFargate` first.
  ///
  /// - Parameters:
  ///   - milliVCPUs: 500 to 2000.
  ///   - start: minutes after 9:00; `end` too.
  func addAttempt(_ number: Int, on instance: String, milliVCPUs: Int, from start: Int, to end: Int) throws {
    let nine = Self.time("2026-10-05T09:00:00Z")
    try database.execute(
      """
      INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
          platform, progress, digest)
        VALUES (\(number), 'job-\(number)', 1, 'job', 0, 1, 1, 'SUCCEEDED', 0, 0, 0, 0);
      INSERT INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus, job_queue,
          job_definition, kind, platform, instance_id)
        VALUES (\(number * 1024 + 1), \(number), 1, \(nine + Int64(start) * 60_000), \(nine + Int64(end) * 60_000),
          \(milliVCPUs), 1024, 0, 1, 1, 0, 0, '\(instance)');
      """)
  }

  static func taskID(_ number: Int) -> String { String(repeating: "\(number)", count: 32) }

  /// A task's two rows for an hour.
  static func taskRows(
    _ number: Int, _ hour: String, vcpuHours: String, gbHours: String, vcpuCost: String, gbCost: String,
    type: String = "Usage", publicCosts: (String, String) = ("", ""), effective: (String, String) = ("", "")
  ) -> [String] {
    let arn = "arn:aws:ecs:eu-west-1:111122223333:task/AWSBatch-fargate-1/\(taskID(number))"
    return [
      row(
        arn, hour, amount: vcpuHours, cost: vcpuCost, type: type, item: "EU-Fargate-vCPU-Hours:perCPU",
        product: "AmazonECS", publicCost: publicCosts.0, effective: effective.0),
      row(
        arn, hour, amount: gbHours, cost: gbCost, type: type, item: "EU-Fargate-GB-Hours", product: "AmazonECS",
        publicCost: publicCosts.1, effective: effective.1),
    ]
  }
}
