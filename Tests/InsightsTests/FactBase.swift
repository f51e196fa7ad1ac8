import Accounting
import Domain
import Insights
import Store

/// A small account written as facts, as a collection would have left them in the database.
struct FactBase {
  let database: Database
  private var jobs: Int64 = 0

  static let spotEnvironment = 1
  static let onDemandEnvironment = 2
  /// Tries Spot first, then On-Demand.
  static let spotFirstQueue = 1
  static let onDemandQueue = 2

  /// One region, three zones, the type c5.xlarge (4 vCPU, 8 GiB) at $0.20 an hour and g5.xlarge at $1.00.
  init() throws { try self.init(in: Database(path: ":memory:")) }

  init(in database: Database) throws {
    self.database = database
    try execute(
      """
      INSERT INTO account_region VALUES (1, '111122223333', 'eu-west-1');
      INSERT INTO compute_environment (id, arn, name, account_region, resource_type, maximum_vcpus, cluster_arn) VALUES
        (1, 'arn:ce/spot', 'spot', 1, 'SPOT', 256, 'arn:cluster/spot'),
        (2, 'arn:ce/on-demand', 'on-demand', 1, 'EC2', 256, 'arn:cluster/on-demand');
      INSERT INTO cluster VALUES (1, 1, 'spot'), (2, 1, 'on-demand');
      INSERT INTO job_queue (id, arn, name, account_region, environments) VALUES
        (1, 'arn:q/spot-first', 'spot-first', 1, '["arn:ce/spot","arn:ce/on-demand"]'),
        (2, 'arn:q/on-demand', 'on-demand', 1, '["arn:ce/on-demand"]');
      INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES
        (1, 'arn:d/one', 'one', 1, 1), (2, 'arn:d/two', 'two', 1, 1);
      INSERT INTO job_parent (id, job_id) VALUES (1, 'array-1'), (2, 'array-2');
      INSERT INTO instance_type (name, milli_vcpus, memory_mib) VALUES
        ('c5.xlarge', 4000, 8192), ('g5.xlarge', 4000, 16384);
      INSERT INTO list_price VALUES
        ('eu-west-1', 'AmazonEC2', 'c5.xlarge', 'Linux', 'Shared', 0, 200000000, 'Hrs', 'price-list'),
        ('eu-west-1', 'AmazonEC2', 'g5.xlarge', 'Linux', 'Shared', 0, 1000000000, 'Hrs', 'price-list');
      """)
  }

  func execute(_ sql: String) throws { try database.write { try $0.execute(sql) } }

  func collected(at time: String) throws {
    try execute("INSERT INTO collection VALUES (1, 'files', \(ms(time)))")
  }

  /// - Parameter rate: nanodollars an hour.
  func spotPrice(_ zone: String, _ type: String = "c5.xlarge", from time: String, rate: Int64) throws {
    try execute("INSERT INTO spot_price VALUES (1, '\(zone)', '\(type)', 'Linux/UNIX', \(ms(time)), \(rate))")
  }

  /// An instance that ran from `start` to `stop`, registered as container instance `id`.
  func instance(
    _ id: Int, spot: Bool, type: String = "c5.xlarge", zone: String = "eu-west-1a", _ start: String, _ stop: String,
    reclaimed: Bool = false
  ) throws {
    try instance(id, spot: spot, type: type, zone: zone, ms(start), ms(stop), reclaimed: reclaimed)
  }

  func instance(
    _ id: Int, spot: Bool, type: String, zone: String, _ start: Int64, _ stop: Int64, reclaimed: Bool
  ) throws {
    let environment = spot ? 1 : 2
    try execute(
      """
      INSERT INTO instance_description (instance_id, source, account_region, instance_type, zone, lifecycle, progress,
        digest) VALUES ('i-\(id)', 'ec2', 1, '\(type)', '\(zone)', \(spot ? "'spot'" : "NULL"), 0, 0);
      INSERT INTO container_instance (id, cluster, name, instance_id, instance_type, zone)
        VALUES (\(id), \(environment), 'c-\(id)', 'i-\(id)', '\(type)', '\(zone)');
      INSERT INTO instance_event VALUES ('i-\(id)', 'running', \(start), 'event', 1),
        ('i-\(id)', 'shutting-down', \(stop), 'event', 1);
      """)
    if reclaimed {
      try execute("INSERT INTO instance_event VALUES ('i-\(id)', 'interruption-warning', \(stop), 'event', 1)")
    }
  }

  struct Attempt {
    var instance: Int
    var start: Int64
    var stop: Int64
    var end: End

    enum End: String {
      case succeeded = "0, NULL"
      case exitCode = "1, 'Essential container in task exited'"
      case hostLost = "NULL, 'Host EC2 (instance i-0) terminated.'"
    }

    init(on instance: Int, _ start: String, _ stop: String, _ end: End = .succeeded) {
      self.init(on: instance, ms(start), ms(stop), end)
    }

    init(on instance: Int, _ start: Int64, _ stop: Int64, _ end: End = .succeeded) {
      (self.instance, self.start, self.stop, self.end) = (instance, start, stop, end)
    }
  }

  /// A job of 4 vCPU and 8 GiB by default: a whole c5.xlarge.
  /// - Parameter parent: shared by the children of an array.
  mutating func job(
    queue: Int = FactBase.spotFirstQueue, definition: Int = 1, name: String = "job", milliVCPUs: Int64 = 4000,
    memoryMiB: Int64 = 8192, parent: Int? = nil, tagSet: Int? = nil, parameters: String? = nil, _ attempts: [Attempt]
  ) throws {
    jobs += 1
    let status = attempts.last?.end == .succeeded ? "SUCCEEDED" : "FAILED"
    let created = (attempts.first?.start ?? 0) - 60_000
    let family = parent.map(String.init) ?? "NULL"
    let tags = tagSet.map(String.init) ?? "NULL"
    let kind = parent == nil ? 0 : 2
    try execute(
      """
      INSERT INTO job (id, job_id, account_region, name, kind, parent, job_queue, job_definition, status, created_at_ms,
        started_at_ms, stopped_at_ms, platform, tag_set, parameters, attempts, progress, digest)
      VALUES (\(jobs), 'job-\(jobs)', 1, '\(name)', \(kind), \(family), \(queue), \(definition), '\(status)', \(created),
        \(attempts.first?.start ?? 0), \(attempts.last?.stop ?? 0), 0, \(tags), \(parameters.map { "'\($0)'" } ?? "NULL"),
        \(attempts.count), 0, 0)
      """)
    for (index, attempt) in attempts.enumerated() {
      try execute(
        """
        INSERT INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus,
          container_instance, job_queue, job_definition, kind, platform, parent, tag_set, exit_code, status_reason)
        VALUES (\(jobs << 10 | Int64(index + 1)), \(jobs), \(index + 1), \(attempt.start), \(attempt.stop),
          \(milliVCPUs), \(memoryMiB), 0, \(attempt.instance), \(queue), \(definition), \(kind), 0, \(family), \(tags),
          \(attempt.end.rawValue))
        """)
    }
  }

  func build(settings: InsightSettings = InsightSettings()) throws {
    try Ledger.build(database)
    try Insights.build(database, settings: settings)
  }

  func rows(_ name: String, from: String = "2026-01-01", to: String = "2027-01-01", tag: String = "team") throws
    -> DataTable
  {
    try database.read {
      try $0.rows(try QueryLibrary().query(name), parameters: ["from": from, "to": to, "tag": tag])
    }
  }

  func integer(_ sql: String) throws -> Int64 { try database.read { try $0.integer(sql) } }
}

func ms(_ time: String) -> Int64 { Instant(time)?.milliseconds ?? -1 }
func usd(_ text: String) -> Cell { .money(Money(nanodollars: parseDecimal(text, places: 9) ?? .min)) }
