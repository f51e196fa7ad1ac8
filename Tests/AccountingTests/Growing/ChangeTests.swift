import Domain
import Store
import Testing

@testable import Accounting

/// Changes that reach beyond their own row: the ledger updated step by step equals one built from scratch.
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

  /// A Spot instance, tied to a compute environment when its group is that environment's.
  private static func instance(
    _ name: String, from start: Int64, to end: Int64, group: String = "AWSBatch-spot-asg-1", reservation: String? = nil
  ) -> String {
    """
    INSERT INTO instance_description
      (instance_id, source, account_region, instance_type, zone, lifecycle, launched_at_ms, state,
        state_transition_at_ms, auto_scaling_group, capacity_reservation, progress, digest)
    VALUES ('\(name)', 'ec2', 1, 'c5.large', 'eu-west-1a', 'spot', \(origin + start * hour), 'terminated',
      \(origin + end * hour), '\(group)', \(reservation.map { "'\($0)'" } ?? "NULL"), 1, 1);
    """
  }

  /// One instance-hour of the Spot data feed, at $0.03.
  private static func feed(_ name: String, at hours: Double) -> String {
    """
    INSERT INTO spot_feed VALUES
      ('\(name)', \(origin + Int64(hours * Double(hour))), '111122223333', 'SpotUsage:c5.large', 30000000, 30000000);
    """
  }

  /// A bill up to an hour, with two lines for i-1 and one for i-9.
  private static func bill(until end: Int64) -> String {
    let hours: [(String, Int64)] = [("i-1", 1), ("i-1", 2), ("i-9", 2)]
    let lines = hours.map { name, start in
      """
      (1, '\(name)', \(origin + start * hour), \(origin + (start + 1) * hour), 'SpotUsage:c5.large', 0, 0, '111122223333',
        \(hour), 20000000, 0, 20000000, 0, NULL, NULL, NULL)
      """
    }
    return """
      INSERT INTO bill VALUES (1, '111122223333', '2026-11', 'cur', 1, 1, 0, 1, 'USD');
      INSERT INTO bill_coverage VALUES (1, '111122223333', \(origin), \(origin + end * hour));
      INSERT INTO bill_line VALUES \(lines.joined(separator: ", "));
      """
  }

  /// - Returns: for each step, and first for the world before them, whether everything was recomputed; and the final
  ///   ledger.
  @discardableResult
  private func compare(
    _ steps: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> (areWhole: [Bool], ledger: Database) {
    var areWhole: [Bool] = []
    let (grown, built) = (try Database(path: ":memory:"), try Database(path: ":memory:"))
    for (number, step) in ([Self.world] + steps).enumerated() {
      for database in [grown, built] { try database.write { try $0.execute(step) } }
      areWhole.append(try Ledger.build(grown).isWhole)
      try Ledger.build(built, anew: true)
      let differences = try LedgerDump(grown).differences(from: LedgerDump(built))
      #expect(
        differences.isEmpty, "step \(number): \(differences.joined(separator: "\n"))", sourceLocation: sourceLocation)
    }
    return (areWhole, grown)
  }

  @Test("An account's own prices replace those collected without an account, however late they arrive")
  func ownPrices() throws {
    try compare([
      Self.price(place: 2, at: 0, 30_000_000), Self.price(place: 1, at: 5, 40_000_000),
      Self.price(place: 1, at: 2, 50_000_000), Self.price(place: 1, at: 3, 60_000_000),
    ])
  }

  @Test func aFargateAttemptWithoutATaskCanDisappear() throws {
    try compare([
      Self.job(1) + Self.attempt(1, 1, task: "task-1") + Self.attempt(1, 2),
      "DELETE FROM attempt WHERE job = 1; \(Self.attempt(1, 1, task: "task-1"))",
      Self.job(2) + Self.attempt(2),
      "UPDATE job SET platform = 2 WHERE id = 2; UPDATE attempt SET platform = 2 WHERE job = 2",
    ])
  }

  @Test(
    "Two attempts name one Fargate task, the earlier one collected later: the later one bears it until it is removed")
  func sharedTask() throws {
    let later = Self.job(2) + Self.attempt(2, task: "task-1", hours: 2)
    try compare([
      Self.job(1) + later,
      Self.attempt(1, task: "task-1"),
      "DELETE FROM attempt WHERE job = 2",
    ])
    try compare([Self.job(1) + Self.attempt(1, task: "task-1"), later, "DELETE FROM attempt WHERE job = 2"])
  }

  @Test func aRemovedBillLeavesEstimates() throws {
    try compare([
      Self.price(place: 1, at: 0, 30_000_000),
      Self.bill(until: 24),
      "DELETE FROM bill_line; DELETE FROM bill_coverage",
    ])
  }

  @Test("What began after a bill is computed alone; what a bill or the Spot feed covers forces a full build")
  func whatIsBilled() throws {
    let (areWhole, _) = try compare([
      Self.price(place: 1, at: 0, 30_000_000) + Self.instance("i-2", from: 6, to: 9),
      Self.bill(until: 4),
      Self.price(place: 1, at: 7, 40_000_000),
      Self.instance("i-3", from: 10, to: 12),
      "UPDATE instance_description SET state_transition_at_ms = \(Self.origin + 8 * Self.hour) WHERE instance_id = 'i-2'",
      // i-1 was running then.
      Self.price(place: 1, at: 2, 50_000_000),
      // A bill line names i-9.
      Self.instance("i-9", from: 13, to: 14),
      Self.feed("i-2", at: 6.5),
      // This price is compared with the feed.
      Self.price(place: 1, at: 5, 60_000_000),
      // i-9 ran later, after the bill too.
      Self.price(place: 1, at: 11, 70_000_000),
      "UPDATE bill SET version = 2",
    ])
    #expect(areWhole == [true, false, true, false, false, false, true, true, true, true, false, true])
  }

  @Test(
    "A second payer's bill, a corrected line, a longer and a removed bill force full builds; the hours between do not"
  )
  func billsThatFollow() throws {
    func hour(_ number: Int64) -> String { Self.instance("i-\(number)", from: number, to: number + 1) }
    let (areWhole, _) = try compare([
      Self.price(place: 1, at: 0, 30_000_000) + Self.bill(until: 4),
      hour(10),
      """
      INSERT INTO account_region VALUES (3, '444455556666', 'eu-west-1');
      INSERT INTO bill VALUES (2, '444455556666', '2026-11', 'cur', 1, 1, 0, 1, 'USD');
      INSERT INTO bill_coverage VALUES (2, '444455556666', \(Self.origin), \(Self.origin + 6 * Self.hour));
      """,
      hour(11),
      """
      UPDATE bill SET version = 2 WHERE id = 1;
      UPDATE bill_line SET effective = 25000000 WHERE resource = 'i-1' AND start_ms = \(Self.origin + Self.hour);
      INSERT INTO bill_restatement VALUES (1, 'i-1', 20758, 5000000, 0);
      """,
      hour(12),
      """
      UPDATE bill SET version = 3 WHERE id = 1;
      UPDATE bill_coverage SET end_ms = \(Self.origin + 11 * Self.hour) WHERE bill = 1;
      INSERT INTO bill_line VALUES (1, 'i-10', \(Self.origin + 10 * Self.hour), \(Self.origin + 11 * Self.hour),
        'SpotUsage:c5.large', 0, 0, '111122223333', \(Self.hour), 20000000, 0, 20000000, 0, NULL, NULL, NULL);
      """,
      hour(13),
      "DELETE FROM bill_line WHERE bill = 1; DELETE FROM bill_coverage WHERE bill = 1",
      hour(14),
      Self.feed("i-10", at: 10),
      hour(15),
    ])
    #expect(
      areWhole == [true, true, false, true, false, true, false, true, false, true, false, true, false])
  }

  @Test(
    "A billed reservation runs on past the bill: 2 × 23 h less two are idle on the billed day, and billed at $1"
  )
  func billedReservation() throws {
    let (areWhole, ledger) = try compare([
      """
      INSERT INTO list_price VALUES
        ('eu-west-1', 'AmazonEC2', 'c5.large', 'Linux', 'Shared', \(Self.origin), 100000000, 'hours', 'price-list');
      INSERT INTO capacity_reservation (reservation_id, account_region, instance_type, platform, zone, tenancy, state,
        instances, available, started_at_ms, kind, progress, digest)
      VALUES ('cr-1', 1, 'c5.large', 'Linux/UNIX', 'eu-west-1a', 'default', 'active', 2, 2, \(Self.origin + Self.hour),
        'default', 1, 1);
      INSERT INTO reservation_state (reservation_id, at_ms, instances, available)
      VALUES ('cr-1', \(Self.origin + Self.hour), 2, 1);
      UPDATE instance_description SET capacity_reservation = 'cr-1' WHERE instance_id = 'i-1';
      """,
      Self.bill(until: 24)
        + """
        INSERT INTO bill_line VALUES (1, 'cr-1', \(Self.origin + 3 * Self.hour), \(Self.origin + 4 * Self.hour),
          'UnusedBox:c5.large', 0, 7, '111122223333', \(Self.hour), 1000000000, 0, 1000000000, 0, NULL, NULL, NULL);
        """,
      "UPDATE collection SET as_of_ms = \(Self.origin + 26 * Self.hour);" + Self.instance("i-2", from: 25, to: 26),
      "UPDATE collection SET as_of_ms = \(Self.origin + 28 * Self.hour);"
        + Self.instance("i-3", from: 26, to: 27, reservation: "cr-1"),
    ])
    #expect(areWhole == [true, false, true, false, false])
    #expect(
      try ledger.lines("SELECT day, ledger, billed FROM reconciliation WHERE name = 'cr-1'") == [
        "20758|4400000000|1000000000"
      ])
    // Two reserved for four hours, less the hour that ran.
    #expect(
      try ledger.lines(
        """
        SELECT p.day, p.ms / 3600000, p.cost FROM posting p JOIN ledger_account a ON a.id = p.account
        WHERE a.name = 'unused.reserved' ORDER BY p.day
        """) == ["20758|1|1000000000", "20759|7|700000000"])
  }

  @Test("An instance that ends within an hour of midnight, and a quarter later than known, changes the day before too")
  func endAfterMidnight() throws {
    let database = try Database(path: ":memory:")
    func isWhole(_ facts: String, minutes: Int64) throws -> Bool {
      let end = Self.origin + 24 * Self.hour + minutes * 60_000
      try database.write { connection in
        try connection.execute(
          "\(facts) UPDATE instance_description SET state_transition_at_ms = \(end) WHERE instance_id = 'i-9'")
      }
      return try Ledger.build(database).isWhole
    }
    let world = """
      \(Self.world);
      UPDATE collection SET as_of_ms = \(Self.origin + 48 * Self.hour);
      \(Self.price(place: 1, at: 0, 30_000_000)) \(Self.instance("i-9", from: 20, to: 24))
      """
    #expect(try isWhole(world, minutes: 15))
    try database.derive { try $0.execute("DELETE FROM insight_change") }
    #expect(try !isWhole("", minutes: 30))
    #expect(
      try database.lines("SELECT day FROM insight_change WHERE kind = 'day' ORDER BY day") == ["20758", "20759"])
  }

  @Test("The Spot data feed is evidence only for Batch's instances: an hour at its first price, which rises halfway")
  func evidence() throws {
    let prices = Self.price(place: 1, at: 0, 30_000_000)
    let (_, ledger) = try compare([
      """
      \(prices)
      INSERT INTO spot_price VALUES
        (1, 'eu-west-1a', 'c5.large', 'Linux/UNIX', \(Self.origin + 3 * Self.hour / 2), 50000000);
      """ + Self.instance("i-9", from: 1, to: 3, group: "web") + Self.feed("i-1", at: 1) + Self.feed("i-9", at: 1)
    ])
    // Half an hour at $0.03 and half at $0.05 would be $0.04.
    #expect(try ledger.lines("SELECT * FROM spot_rule_evidence") == ["feed|1|1|1|0|0|10000000"])
  }
}
