import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting

/// Impossible numbers and times, as an older version may have stored them: the ledger still builds and adds up, and
/// nothing reaches past the time of collection.
@Suite struct AbsurdWorldTests {
  private static let numbers = [
    "0", "-1", "50000", "10000000", "2147483647", "4294967296", "9007199254740993", "9223372036854775807",
    "-9223372036854775808", "10000000000000", "10000000000001", "-9000000000000000",
  ]
  /// 1970, 2006, 2026 around the collection, 2029, 2083, the year 10000, and values that are not times.
  private static let times = [
    "0", "1136073600000", "1790000000000", "1792500000000", "1793600000000", "1861920000000", "3566000000000", "-1",
    "9223372036854775807",
    "-9223372036854775808", "253402300800000",
  ]
  private static let columns: [(table: String, numbers: [String], times: [String])] = [
    ("instance_type", ["milli_vcpus", "memory_mib", "gpus"], []),
    ("attempt", ["milli_vcpus", "memory_mib", "gpus", "exit_code"], ["started_at_ms", "stopped_at_ms"]),
    ("task_usage", ["milli_vcpus_average", "memory_maximum_mib"], []),
    ("task", [], ["pull_started_at_ms"]),
    ("spot_price", ["rate"], []),
    ("list_price", ["rate"], []),
    ("volume", ["size_gib", "iops", "throughput_mibps"], ["created_at_ms", "deleted_at_ms"]),
    ("instance_description", [], ["launched_at_ms", "state_transition_at_ms"]),
    ("instance_event", [], ["at_ms"]),
    ("container_instance", [], ["registered_at_ms"]),
    ("job", ["ephemeral_gib"], []),
  ]

  /// `BATCHCOST_ABSURD_SEEDS=first:count` chooses other seeds.
  private static var seeds: (UInt64, Int) {
    let given = ProcessInfo.processInfo.environment["BATCHCOST_ABSURD_SEEDS"]?.split(separator: ":") ?? []
    guard given.count == 2, let first = UInt64(given[0]), let count = Int(given[1]) else { return (7000, 60) }
    return (first, count)
  }

  @Test("Whatever numbers are stored, the ledger builds and adds up: 60 seeds, under every weight scheme")
  func absurdities() throws {
    let (first, count) = Self.seeds
    let schemes = ["split-cost", "max-share", "100000:1:100000", "1:100000", "memory-only"].compactMap(
      WeightScheme.init)
    try forAll(seeds: count, from: first) { seed, random in
      let database = try Database(path: ":memory:")
      try database.write { connection in
        try ReferenceWorld.write(&random, into: connection)
        try connection.execute(
          """
          INSERT INTO volume (volume_id, account_region, instance_id, volume_type, size_gib, created_at_ms, progress, digest)
            VALUES ('vol-1', 1, 'i-1', 'gp3', 100, \(ReferenceWorld.origin), 1, 1);
          INSERT INTO list_price VALUES ('eu-west-1', 'AmazonEC2', 'EBS:VolumeUsage.gp3', '', '', 0, 109000, 'GB-Mo', 'p');
          """)
        for _ in 0..<Int.random(in: 1...12, using: &random) {
          guard let place = Self.columns.randomElement(using: &random) else { continue }
          let isTime = place.numbers.isEmpty || (!place.times.isEmpty && Bool.random(using: &random))
          guard let column = (isTime ? place.times : place.numbers).randomElement(using: &random),
            let value = (isTime ? Self.times : Self.numbers).randomElement(using: &random)
          else { continue }
          let key = try connection.column(
            "SELECT name FROM pragma_table_info('\(place.table)') ORDER BY cid LIMIT 1", of: String.self)[0]
          // All rows, or one in two or three of them.
          let part = Int.random(in: 1...3, using: &random)
          let keys = try connection.column(
            "SELECT DISTINCT quote(\(key)) FROM \(place.table) ORDER BY 1", of: String.self)
          let chosen = keys.filter { _ in Int.random(in: 1...part, using: &random) == 1 }
          try connection.execute(
            """
            UPDATE OR IGNORE \(place.table) SET \(column) = \(value)
            WHERE \(key) IN (\(chosen.joined(separator: ", ")))
            """)
        }
      }
      let scheme = schemes[Int(seed) % schemes.count]
      try Ledger.build(database, settings: LedgerSettings(scheme: scheme))
      try database.read { connection in
        let failures = try LedgerCheck.failures(connection)
        #expect(failures.isEmpty, "seed \(seed): \(failures.prefix(3))")
        let late = try connection.integer(
          "SELECT COUNT(*) FROM resource WHERE stopped_at_ms > (SELECT MAX(as_of_ms) FROM collection)")
        #expect(late == 0, "seed \(seed)")
        // SUSE bills full hours, so a posting may reach an hour further.
        let days = try connection.integer(
          "SELECT COUNT(*) FROM posting WHERE day > (SELECT MAX(as_of_ms) + 3600000 FROM collection) / 86400000")
        #expect(days == 0, "seed \(seed)")
      }
    }
  }

  @Test("A type with ten million vCPUs counts as unknown, with a finding; collected again, it is known")
  func repaired() throws {
    let database = try Database(path: ":memory:")
    try database.write { connection in
      var random = SeededGenerator(seed: 3)
      try ReferenceWorld.write(&random, into: connection)
      try connection.execute("UPDATE instance_type SET milli_vcpus = 10000000000")
    }
    try Ledger.build(database)
    func absurd() throws -> Int64 {
      try database.read { try $0.integer("SELECT COUNT(*) FROM ledger_finding WHERE check_name = 'absurd-type'") }
    }
    #expect(try absurd() == 3)
    try database.write { try $0.execute("UPDATE instance_type SET milli_vcpus = 4000") }
    try Ledger.build(database)
    #expect(try absurd() == 0)
    #expect(try database.read { try $0.integer("SELECT COUNT(*) FROM resource WHERE milli_vcpus = 4000") } > 0)
  }
}

/// A task is charged once, and never past the time of collection.
@Suite struct CollectionEndTests {
  /// 2026-10-19T00:00:00Z.
  private static let origin = ReferenceWorld.origin
  private static let hour: Int64 = 3_600_000

  private func fargate(_ jobs: [(id: String, region: Int, started: Int64, stopped: Int64?)]) throws -> Database {
    let database = try Database(path: ":memory:")
    try database.write { connection in
      try connection.execute(
        """
        INSERT INTO account_region VALUES (1, '111122223333', 'us-east-1'), (2, '111122223334', 'us-east-1');
        INSERT INTO collection VALUES (1, 'f', \(Self.origin + 5 * Self.hour)), (2, 'f', \(Self.origin + 5 * Self.hour));
        INSERT INTO job_queue (id, arn, name, account_region, environments) VALUES (1, 'q1', 'q', 1, '[]'), (2, 'q2', 'q', 2, '[]');
        INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (1, 'd', 'd', 1, 1);
        INSERT INTO list_price VALUES
          ('us-east-1', 'AmazonECS', 'Fargate-vCPU-Hours:perCPU', '', '', 0, 40480000, 'hours', 'price-list'),
          ('us-east-1', 'AmazonECS', 'Fargate-GB-Hours', '', '', 0, 4445000, 'hours', 'price-list')
        """)
      for (number, job) in zip(1..., jobs) {
        try connection.execute(
          """
          INSERT INTO job (id, job_id, account_region, name, kind, job_queue, job_definition, status, created_at_ms,
              platform, attempts, progress, digest)
            VALUES (\(number), '\(job.id)', \(job.region), 'j', 0, \(job.region), 1, 'SUCCEEDED', \(Self.origin), 1, 1, 1, 1);
          INSERT INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus, job_queue,
              job_definition, kind, platform, task_id)
            VALUES (\(number * 1024 + 1), \(number), 1, \(job.started), \(job.stopped.map(String.init) ?? "NULL"), 2000,
              4096, 0, \(job.region), 1, 0, 1, 'task-1')
          """)
      }
    }
    return database
  }

  private func amounts(_ database: Database) throws -> [Int64] {
    try database.read { connection in
      #expect(try LedgerCheck.failures(connection).isEmpty)
      return try [
        "SELECT COALESCE(SUM(cost), 0) FROM resource", "SELECT COALESCE(SUM(cost), 0) FROM posting",
        "SELECT COALESCE(SUM(cost), 0) FROM daily_cost",
        "SELECT COUNT(*) FROM ledger_finding WHERE check_name = 'one-task'",
      ].map(connection.integer)
    }
  }

  @Test("Two accounts name one task of 2 vCPU and 4 GB for an hour: $0.09874 once, and a finding")
  func oneTask() throws {
    let (start, stop) = (Self.origin, Self.origin + Self.hour)
    for order in [["job-a", "job-b"], ["job-b", "job-a"]] {
      let database = try fargate([(order[0], 1, start, stop), (order[1], 2, start, stop)])
      try Ledger.build(database)
      #expect(try amounts(database) == [98_740_000, 98_740_000, 98_740_000, 1])
      let bearer = try database.read { connection in
        let row = try connection.prepare(
          "SELECT j.job_id FROM posting p JOIN attempt t ON t.id = p.attempt JOIN job j ON j.id = t.job")
        _ = try row.step()
        return row.text(0)
      }
      #expect(bearer == "job-a")
      #expect(try LedgerRows.differences(in: database).isEmpty)
    }
  }

  @Test("A second account that names the task later changes nothing; nor does its removal")
  func oneTaskLater() throws {
    let (start, stop) = (Self.origin, Self.origin + Self.hour)
    let database = try fargate([("job-b", 1, start, stop), ("job-a", 2, start, stop)])
    try database.write { try $0.execute("UPDATE attempt SET task_id = 'task-2' WHERE job = 2") }
    try Ledger.build(database)
    #expect(try amounts(database) == [197_480_000, 197_480_000, 197_480_000, 0])
    try database.write { try $0.execute("UPDATE attempt SET task_id = 'task-1' WHERE job = 2") }
    try Ledger.build(database)
    #expect(try amounts(database) == [98_740_000, 98_740_000, 98_740_000, 1])
    try database.write { try $0.execute("UPDATE attempt SET task_id = 'task-2' WHERE job = 2") }
    try Ledger.build(database)
    #expect(try amounts(database) == [197_480_000, 197_480_000, 197_480_000, 0])
  }

  @Test("A task that ends in 2083, or two hours after the collection, is charged up to the collection: 5 h, $0.4937")
  func stopsLater() throws {
    for stop in [3_566_000_000_000, Self.origin + 7 * Self.hour] {
      let database = try fargate([("job-a", 1, Self.origin, stop)])
      try Ledger.build(database)
      #expect(try amounts(database) == [493_700_000, 493_700_000, 493_700_000, 0])
      #expect(try database.read { try $0.integer("SELECT open FROM resource") } == 1)
    }
    // A collection after the end charges the whole life: 7 h.
    let database = try fargate([("job-a", 1, Self.origin, Self.origin + 7 * Self.hour)])
    try Ledger.build(database)
    try database.write { try $0.execute("UPDATE collection SET as_of_ms = \(Self.origin + 9 * Self.hour)") }
    try Ledger.build(database)
    #expect(try amounts(database)[0] == 691_180_000)
    // An earlier collection takes it back to 5 h.
    try database.write { try $0.execute("UPDATE collection SET as_of_ms = \(Self.origin + 5 * Self.hour)") }
    try Ledger.build(database)
    #expect(try amounts(database)[0] == 493_700_000)
  }

  @Test("A task that starts after the collection costs nothing until a later one")
  func startsLater() throws {
    let database = try fargate([("job-a", 1, Self.origin + 6 * Self.hour, Self.origin + 7 * Self.hour)])
    try Ledger.build(database)
    #expect(try amounts(database) == [0, 0, 0, 0])
    try database.write { try $0.execute("UPDATE collection SET as_of_ms = \(Self.origin + 9 * Self.hour)") }
    try Ledger.build(database)
    #expect(try amounts(database)[0] == 98_740_000)
  }
}
