import Store
import TestSupport

@testable import Accounting

/// A random world revealed in steps: rows arrive in any order, some of them wrong at first, jobs are rewritten with
/// their attempts, and time passes; then come quiet hours. Every step is a list of statements.
struct GrowingWorld {
  var steps: [[String]]
  var random: SeededGenerator

  /// How many steps reveal the world.
  static let count = 5

  /// A row as SQL literals, and the table it comes from.
  struct Row {
    var table: String
    var columns: [String]
    var values: [String]

    func value(_ column: String) -> String? { columns.firstIndex(of: column).map { values[$0] } }

    mutating func set(_ column: String, _ value: String) {
      if let index = columns.firstIndex(of: column) { values[index] = value }
    }

    var insertion: String {
      "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(values.joined(separator: ", ")))"
    }

    func update(where key: [String]) -> String {
      let pairs = zip(columns, values).filter { !key.contains($0.0) }.map { "\($0) = \($1)" }
      let condition = key.map { "\($0) = \(value($0) ?? "NULL")" }.joined(separator: " AND ")
      return "UPDATE \(table) SET \(pairs.joined(separator: ", ")) WHERE \(condition)"
    }
  }

  /// - Parameter isBilled: with bills that grow, are restated and removed, and a Spot data feed for some instances.
  init(_ random: inout SeededGenerator, isBilled: Bool = false) throws {
    let whole = try Database(path: ":memory:")
    try whole.write { connection in
      try ReferenceWorld.write(&random, into: connection)
    }
    self.random = random
    steps = Array(repeating: [], count: Self.count)
    try enrich(whole)
    try reserve(whole)
    if isBilled { try divide(whole) }
    for table in ["account_region", "cluster", "compute_environment", "job_queue", "job_definition", "tag_set"] {
      steps[0] += try Self.rows(whole, table).map(\.insertion)
    }
    try tellTime(whole)
    try tell(whole, "instance_type", key: ["name"]) { $0.set("milli_vcpus", "2000") }
    try tell(whole, "list_price", key: Self.listKey) { $0.set("rate", "1000000000") }
    try tell(whole, "spot_price", key: Self.poolKey) { $0.set("rate", "30000000") }
    try tell(whole, "instance_event", key: ["instance_id", "kind", "at_ms", "source"], wrong: nil)
    try tell(whole, "instance_address", key: ["instance_id", "network_interface"], wrong: nil)
    try tell(whole, "instance_description", key: ["instance_id", "source"]) { row in
      row.set("instance_type", "'type-1'")
      row.set("capacity_reservation", row.number % 2 == 0 ? "NULL" : "'cr-2'")
    }
    try tell(whole, "capacity_reservation", key: ["reservation_id"]) { $0.set("instances", "1") }
    try tell(whole, "reservation_state", key: ["reservation_id", "at_ms"], wrong: nil)
    try tell(whole, "capacity_block", key: ["block_id"]) { $0.set("ended_at_ms", "NULL") }
    try tellRegistrations(whole)
    try tell(whole, "task", key: ["task_id", "cluster"]) { row in
      row.set("container_instance", "NULL")
      row.set("pull_started_at_ms", "NULL")
    }
    try tell(whole, "task_usage", key: ["task_id", "source"]) { $0.set("memory_maximum_mib", "7") }
    try tell(whole, "gpu_usage", key: ["instance_id", "gpu", "at_ms"]) { $0.set("duty", "4999") }
    try tell(whole, "task_gpu", key: ["task_id", "gpu"], wrong: nil)
    try tell(whole, "listed_object", key: ["key"], wrong: nil)
    try tell(whole, "volume", key: ["volume_id"]) { row in
      row.set("instance_id", row.number % 2 == 0 ? "NULL" : "'i-1'")
      row.set("deleted_at_ms", "NULL")
    }
    try tell(whole, "training_job", key: ["account_region", "name"]) { $0.set("billable_seconds", "7") }
    try tell(whole, "service_job", key: ["job_id"]) { $0.set("payment", "'serverless'") }
    // A job names them before anybody knows their tags.
    for row in try Self.rows(whole, "job_parent") {
      var early = row
      early.set("tag_set", "NULL")
      steps[0].append(early.insertion)
      steps[step()].append(row.update(where: ["id"]))
    }
    try tellJobs(whole)
    if isBilled { try tellBills(whole) }
    try tellHours(whole, isBilled: isBilled)
    if isBilled, chance(20) { moveToChina() }
    random = self.random
  }

  private static let listKey = ["region", "service", "item", "operating_system", "tenancy", "effective_at_ms"]
  private static let poolKey = ["instance_type", "zone", "product", "account_region", "at_ms"]

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  mutating func step(from first: Int = 0) -> Int { Int.random(in: first..<Self.count, using: &random) }

  static func rows(_ database: Database, _ table: String) throws -> [Row] {
    try database.read { connection in
      let rows = try connection.prepare("SELECT * FROM \(table)")
      var result: [Row] = []
      while try rows.step() {
        let columns = rows.columnNames
        result.append(
          Row(
            table: table, columns: columns,
            values: columns.indices.map { index in
              guard let text = rows.optionalText(Int32(index)) else { return "NULL" }
              let isNumber = Int64(text).map(String.init) == text
              return isNumber ? text : "'\(text)'"
            }))
      }
      return result
    }
  }

  // MARK: What the reference world lacks

  private mutating func enrich(_ database: Database) throws {
    let attempts = try Self.rows(database, "attempt")
    try database.write { connection in
      try connection.execute(
        """
        INSERT INTO tag_set VALUES (1, '{"team":"a"}'), (2, '{"team":"b"}');
        INSERT INTO job_parent VALUES (1, 'parent-1', 1), (2, 'parent-2', 2);
        INSERT INTO list_price VALUES
          ('eu-west-1', 'AmazonEC2', 'EBS:VolumeUsage.gp3', '', '', \(ReferenceWorld.origin - ReferenceWorld.day),
            109000, 'GB-Mo', 'price-list'),
          ('eu-west-1', 'AmazonSageMaker', 'Train:ml.m5.large', '', '', \(ReferenceWorld.origin - ReferenceWorld.day),
            134567890, 'Hrs', 'price-list'),
          ('eu-west-1', 'AmazonVPC', 'PublicIPv4:InUseAddress', '', '', \(ReferenceWorld.origin - ReferenceWorld.day),
            5000000, 'Hrs', 'price-list')
        """)
      for number in 1...8 {
        if chance(40) {
          let created = ReferenceWorld.origin + Int64.random(in: 0...ReferenceWorld.day, using: &random)
          let deleted = chance(50) ? String(created + Int64.random(in: 0...ReferenceWorld.day, using: &random)) : "NULL"
          try connection.execute(
            """
            INSERT INTO volume VALUES ('vol-\(number)', 1, 'i-\(number)', 'gp3', 100, NULL, NULL, \(created), \(deleted),
              \(chance(70) ? 1 : 0), 1, 1)
            """)
        }
        if chance(40) {
          try connection.execute("INSERT INTO instance_address VALUES ('i-\(number)', 'eni-\(number)', 1)")
        }
      }
      for attempt in attempts {
        let job = attempt.value("job") ?? ""
        if chance(20) {
          let parent = Int.random(in: 1...2, using: &random)
          try connection.execute(
            "UPDATE job SET parent = \(parent) WHERE id = \(job); UPDATE attempt SET parent = \(parent) WHERE job = \(job)"
          )
        }
        if chance(20) {
          try connection.execute(
            "UPDATE job SET status = '\(chance(50) ? "FAILED" : "RUNNING")', terminated = \(chance(50) ? 1 : 0) WHERE id = \(job)"
          )
        }
        if chance(15) { try train(job, connection) }
        if chance(10) { try connection.execute("UPDATE attempt SET platform = 2 WHERE id = \(job) * 1024 + 1") }
        // Run again, somewhere else.
        guard chance(25), let other = attempts.randomElement(using: &random) else { continue }
        var second = other
        second.set("id", "\((Int64(job) ?? 0) * 1024 + 2)")
        second.set("job", job)
        second.set("ordinal", "2")
        second.set("task_id", "'again-\(job)'")
        second.set("platform", "0")
        try connection.execute(second.insertion)
      }
      try MeasuredGPUs.write(&random, into: connection)
      try MeasuredGPUs.writeCheckpoints(&random, into: connection)
    }
  }

  /// Moves a job's attempt to SageMaker, which describes some of its jobs.
  private mutating func train(_ job: String, _ connection: Connection) throws {
    let payment = ["on-demand", "managed-spot", "training-plan"].randomElement(using: &random) ?? ""
    try connection.execute(
      """
      UPDATE attempt SET platform = 3, container_instance = NULL, instance_id = NULL, milli_vcpus = 0, memory_mib = 0, gpus = 0
      WHERE job = \(job) AND ordinal = 1;
      INSERT INTO service_job VALUES ('job-\(job)', NULL, NULL, 0, '\(payment)', '{"ml.m5.large": 2}', NULL, 1, 1)
      """)
    guard chance(70) else { return }
    let seconds = Int64.random(in: 0...90_000, using: &random)
    let pool = chance(40) ? String(Int64.random(in: 1...3600, using: &random)) : "NULL"
    try connection.execute(
      """
      INSERT INTO training_job
      SELECT 1, task_id, 'Completed', started_at_ms, started_at_ms + 60000, started_at_ms + 60000 + \(seconds) * 1000,
        \(seconds), \(seconds / 2), '\(payment)', '{"ml.m5.large": 3}', 3600, 'Terminated', \(pool), 1, 1
      FROM attempt WHERE job = \(job) AND ordinal = 1 AND task_id IS NOT NULL AND started_at_ms IS NOT NULL
      """)
  }

  // MARK: Telling

  private mutating func tellTime(_ database: Database) throws {
    for var row in try Self.rows(database, "collection") {
      let last = Int64(row.value("as_of_ms") ?? "") ?? 0
      for number in steps.indices {
        row.set("as_of_ms", "\(last - Int64(Self.count - 1 - number) * 5 * ReferenceWorld.hour)")
        steps[number].append(number == 0 ? row.insertion : row.update(where: ["account_region", "source"]))
      }
    }
  }

  mutating func tell(
    _ database: Database, _ table: String, key: [String], wrong: ((inout Row) -> Void)?
  ) throws {
    for row in try Self.rows(database, table) {
      let first = chance(55) ? 0 : step()
      if let wrong, chance(25), first + 1 < Self.count {
        var early = row
        wrong(&early)
        steps[first].append(early.insertion)
        steps[step(from: first + 1)].append(row.update(where: key))
      } else {
        steps[first].append(row.insertion)
      }
    }
  }

  /// A task or an attempt names them before ECS describes them.
  private mutating func tellRegistrations(_ database: Database) throws {
    for row in try Self.rows(database, "container_instance") {
      var early = row
      for column in ["instance_id", "instance_type", "zone", "operating_system", "registered_at_ms"] {
        early.set(column, "NULL")
      }
      steps[0].append(early.insertion)
      var first = step()
      if chance(25), first + 1 < Self.count {
        early.set("instance_id", "'i-2'")
        steps[first].append(early.update(where: ["id"]))
        first = step(from: first + 1)
      }
      steps[first].append(row.update(where: ["id"]))
    }
  }

  private mutating func tellJobs(_ database: Database) throws {
    let attempts = Dictionary(grouping: try Self.rows(database, "attempt")) { $0.value("job") ?? "" }
    for row in try Self.rows(database, "job") {
      let job = row.value("id") ?? ""
      let own = attempts[job] ?? []
      let first = chance(55) ? 0 : step()
      let isUnfinished = chance(35) && first + 1 < Self.count
      if !isUnfinished {
        steps[first].append(row.insertion)
        steps[first] += own.map(\.insertion)
        continue
      }
      var early = row
      early.set("status", "'RUNNING'")
      steps[first].append(early.insertion)
      for (number, attempt) in own.enumerated() where number == 0 || chance(50) {
        var attempt = attempt
        for column in ["stopped_at_ms", "started_at_ms", "container_instance", "task_id", "instance_id"]
        where chance(column == "stopped_at_ms" ? 70 : 20) { attempt.set(column, "NULL") }
        if attempt.value("started_at_ms") == "NULL" { attempt.set("stopped_at_ms", "NULL") }
        if chance(10) { attempt.set("instance_id", "'i-\(Int.random(in: 1...9, using: &random))'") }
        steps[first].append(attempt.insertion)
      }
      let last = step(from: first + 1)
      steps[last].append(row.update(where: ["id"]))
      steps[last].append("DELETE FROM attempt WHERE job = \(job)")
      steps[last] += own.map(\.insertion)
    }
  }
}

extension GrowingWorld.Row {
  var number: Int { values.first?.utf8.reduce(0) { $0 + Int($1) } ?? 0 }
}
