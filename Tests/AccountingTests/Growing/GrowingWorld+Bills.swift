import Domain
import Store

@testable import Accounting

/// Bills of a growing world: imported some steps after the usage, or before it is known; longer each time, with other
/// amounts; then removed.
extension GrowingWorld {
  /// A bill line for an hour of a resource.
  private struct Line {
    var resource: String
    var start: Int64
    var end: Int64
    var item: String
    var kind: BillKind
    var charge = BillCharge.usage
    var account: String
    var used: Int64
    var cost: Int64

    func insertion(bill: Int) -> String {
      """
      INSERT OR REPLACE INTO bill_line VALUES (\(bill), '\(resource)', \(start), \(end), '\(item)', \(charge.rawValue), \(kind.rawValue),
        '\(account)', \(used), \(cost), 3, \(cost), 7, \(cost + 1), 0, NULL)
      """
    }
  }

  private static let accounts = ["111122223333", "444455556666"]

  // MARK: What the world lacks

  /// Some instances belong to a second account, and one is not Batch's.
  mutating func divide(_ database: Database) throws {
    try database.write { connection in
      try connection.execute(
        """
        INSERT INTO account_region VALUES (3, '\(Self.accounts[1])', 'eu-west-1');
        INSERT INTO collection SELECT 3, source, as_of_ms - \(Int64.random(in: 0...7_200_000, using: &random)) FROM collection;
        INSERT INTO instance_description
          (instance_id, source, account_region, instance_type, zone, lifecycle, launched_at_ms, state, progress, digest)
        VALUES ('i-88', 'ec2', 1, 'type-0', 'eu-west-1a', 'spot', \(ReferenceWorld.origin), 'running', 1, 1)
        """)
      for instance in 1...8 where chance(25) {
        for table in ["instance_description", "instance_event"] {
          try connection.execute("UPDATE \(table) SET account_region = 3 WHERE instance_id = 'i-\(instance)'")
        }
      }
    }
  }

  /// Some instances run in capacity reservations or Capacity Blocks.
  mutating func reserve(_ database: Database) throws {
    guard chance(60) else { return }
    let (origin, hour) = (ReferenceWorld.origin, ReferenceWorld.hour)
    try database.write { connection in
      for number in 1...3 {
        let isBlock = number == 3
        let ended = chance(40) || isBlock ? String(origin + Int64.random(in: 10...60, using: &random) * hour) : "NULL"
        let state = ended == "NULL" ? "active" : "expired"
        try connection.execute(
          """
          INSERT INTO capacity_reservation (reservation_id, account_region, instance_type, platform, zone, tenancy, state, instances,
            available, started_at_ms, ended_at_ms, created_at_ms, kind, block_id, interruptible, progress, digest)
          VALUES ('cr-\(number)', 1, 'type-\(number - 1)', 'Linux/UNIX', 'eu-west-1a', 'default',
            '\(state)', \(Int.random(in: 1...4, using: &random)), 1, \(origin + Int64.random(in: 0...30, using: &random) * hour), \(ended),
            NULL, '\(isBlock ? "capacity-block" : "default")', \(isBlock ? "'cb-1'" : "NULL"), NULL, 1, 1)
          """)
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          let at = origin + Int64.random(in: 0...60, using: &random) * hour / 2
          try connection.execute(
            "INSERT OR IGNORE INTO reservation_state (reservation_id, at_ms, instances, available) VALUES ('cr-\(number)', \(at), 3, \(Int.random(in: 0...3, using: &random)))"
          )
        }
      }
      try connection.execute(
        """
        INSERT INTO capacity_block VALUES ('cb-1', 1, 'eu-west-1a', 'active', \(origin), \(origin + 40 * hour), '["cr-3"]', 1, 1)
        """)
      if chance(90) {
        try connection.execute(
          "UPDATE instance_description SET lifecycle = 'capacity-block' WHERE instance_id = 'i-\(Int.random(in: 1...3, using: &random))'"
        )
      }
      for instance in 1...8 where chance(40) {
        try connection.execute(
          """
          UPDATE instance_description SET capacity_reservation = 'cr-\(Int.random(in: 1...2, using: &random))'
          WHERE instance_id = 'i-\(instance)' AND lifecycle IS NOT 'capacity-block'
          """)
      }
    }
  }

  // MARK: Telling

  /// - Parameter whole: the world with everything it will ever contain.
  mutating func tellBills(_ whole: Database) throws {
    // The ledger knows when everything ran; only the bills know what it really cost.
    try Ledger.build(whole)
    let lines = try lines(whole)
    for (index, account) in Self.accounts.enumerated() where index == 0 || chance(50) {
      tellBill(index + 1, of: account, lines.filter { $0.account == account })
    }
    try tellNames(whole)
    if chance(50) { tellFeed(try Self.rows(whole, "instance_description").compactMap { $0.value("instance_id") }) }
  }

  private mutating func lines(_ whole: Database) throws -> [Line] {
    var lines: [Line] = []
    for row in try Self.rows(whole, "resource") where chance(60) {
      func text(_ column: String) -> String { String((row.value(column) ?? "").filter { $0 != "'" }) }
      guard let start = Int64(text("started_at_ms")), let stop = Int64(text("stopped_at_ms")) else { continue }
      let (kind, item): (BillKind, String) =
        switch text("kind") {
        case "instance":
          (.instance, "\(text("purchase_option") == "1" ? "SpotUsage" : "BoxUsage"):\(text("instance_type"))")
        case "fargate-task": (.fargate, "Fargate-vCPU-Hours:perCPU")
        case "training-job": (.trainingJob, "Train:ml.m5.large")
        case "volume": (.ebs, "EBS:VolumeUsage.gp3")
        case "address": (.ipv4, "PublicIPv4:InUseAddress")
        default: (.capacityReservation, "UnusedBox:\(text("instance_type"))")
        }
      let instance = String(text("name").prefix { $0 != " " })
      let name =
        kind == .ipv4 ? chance(50) ? instance.replacing("i-", with: "eni-") : instance : text("name")
      let isWhole = chance(70)
      let isCovered = chance(20)
      for hour in (start / ReferenceWorld.hour)...(max(start, stop - 1) / ReferenceWorld.hour)
      where isWhole || chance(85) {
        let from = hour * ReferenceWorld.hour
        let used = max(0, min(stop, from + ReferenceWorld.hour) - max(start, from))
        lines.append(
          Line(
            resource: name, start: from, end: from + ReferenceWorld.hour, item: item, kind: kind,
            charge: isCovered && chance(80) ? chance(50) ? .covered : .discounted : .usage,
            account: Self.accounts[text("account_region") == "3" ? 1 : 0], used: chance(90) ? used : used / 2,
            cost: Int64.random(in: -100_000...90_000_000, using: &random)))
      }
    }
    let origin = ReferenceWorld.origin
    // Unknown instances, one that is not Batch's, and one that may become known later.
    for name in ["i-77", "i-88", "i-\(Int.random(in: 1...9, using: &random))"] where chance(50) {
      let from = origin + Int64.random(in: 0...30, using: &random) * ReferenceWorld.hour
      lines.append(
        Line(
          resource: name, start: from, end: from + ReferenceWorld.hour, item: "BoxUsage:type-0", kind: .instance,
          account: Self.accounts[0], used: ReferenceWorld.hour, cost: 5_000_000))
    }
    let held = try Self.rows(whole, "instance_description").filter { $0.value("lifecycle") == "'capacity-block'" }
    if chance(90), let type = held.first?.value("instance_type")?.filter({ $0 != "'" }) {
      lines.append(
        Line(
          resource: chance(50) ? "cb-1" : "cr-3", start: origin, end: origin + 40 * ReferenceWorld.hour,
          item: "CapacityBlockFee:\(type)", kind: .capacityReservation,
          charge: .fee,
          account: Self.accounts[0], used: 0, cost: 40_000_000_000))
    }
    return lines
  }

  private mutating func tellBill(_ id: Int, of account: String, _ lines: [Line]) {
    let (origin, hour) = (ReferenceWorld.origin, ReferenceWorld.hour)
    var number = chance(60) ? 0 : step()
    let start = origin + (chance(50) ? -24 : Int64.random(in: 0...10, using: &random)) * hour
    var end = origin + Int64.random(in: 1...48, using: &random) * hour
    // An account the bill does not mention.
    let covered = chance(85) ? account : ""
    var version = 0
    while number < Self.count {
      version += 1
      if version == 1 {
        steps[number].append("INSERT INTO bill VALUES (\(id), '\(account)', '2026-10', 'cur-2.0', 1, 1, 0, 1, 'USD')")
      } else {
        forget(id, at: number)
        if chance(15) { return }
        steps[number].append("UPDATE bill SET version = \(version) WHERE id = \(id)")
      }
      steps[number].append(
        "INSERT INTO bill_coverage VALUES (\(id), '\(covered)', \(start), \(max(end, start + hour)))")
      steps[number] += aroundLines(bill: id, account: account)
      for line in lines where line.charge == .fee || (line.start >= start && line.end <= end) {
        var line = line
        if chance(10) { line.cost += 1_234_567 }
        steps[number].append(line.insertion(bill: id))
        if version > 1, chance(10) {
          steps[number].append(
            "INSERT OR IGNORE INTO bill_restatement VALUES (\(id), '\(line.resource)', \(line.start / (24 * hour)), 1234567, 0)"
          )
        }
      }
      guard chance(40) else { return }
      number += Int.random(in: 1...2, using: &random)
      end += (chance(50) ? 1 : Int64.random(in: 0...24, using: &random)) * hour
    }
  }

  private mutating func forget(_ bill: Int, at number: Int) {
    for table in ["bill_line", "bill_coverage", "bill_restatement", "bill_around"] {
      steps[number].append("DELETE FROM \(table) WHERE bill = \(bill)")
    }
  }

  private mutating func tellFeed(_ instances: [String]) {
    let fed = step()
    for name in Set(instances).sorted() where chance(30) {
      let at = ReferenceWorld.origin + Int64.random(in: 0...30, using: &random) * ReferenceWorld.hour
      for number in Set([fed, step(from: fed)]) {
        steps[number].append(
          """
          INSERT INTO spot_feed VALUES (\(name), \(at), '111122223333', 'SpotUsage:type-1', 30000000,
            \(Int64.random(in: 1...30_000_000, using: &random)))
          ON CONFLICT DO UPDATE SET charge = excluded.charge
          """)
      }
    }
  }

  // MARK: Hours later

  /// Bills that arrive after everything else: the first one grows by what began in the hours before, is corrected or
  /// removed, or the Spot data feed names a new instance.
  mutating func tellBillsOfHours(until end: Int64) {
    let hour = ReferenceWorld.hour
    let end = end / hour * hour
    let news: [String]
    switch Int.random(in: 0...3, using: &random) {
    case 0...1:
      news = [
        """
        INSERT INTO bill VALUES (1, '\(Self.accounts[0])', '2026-10', 'cur-2.0', 1, 1, 0, 1, 'USD')
        ON CONFLICT DO UPDATE SET version = version + 1
        """,
        """
        INSERT INTO bill_coverage VALUES (1, '\(Self.accounts[0])', \(ReferenceWorld.origin), \(end))
        ON CONFLICT DO UPDATE SET end_ms = MAX(end_ms, excluded.end_ms)
        """,
        """
        INSERT OR REPLACE INTO bill_line
        SELECT 1, instance_id, at, at + \(hour), 'SpotUsage:' || instance_type, 0, 0, '\(Self.accounts[0])',
          MIN(at + \(hour), COALESCE(state_transition_at_ms, \(end))) - MAX(at, launched_at_ms), 20000000, 3, 20000000, 7, 20000001, 0, NULL
        FROM (SELECT *, (launched_at_ms / \(hour) + value) * \(hour) AS at FROM instance_description, json_each('[0, 1, 2, 3, 4, 5]'))
        WHERE instance_id LIKE 'i-new%' AND at + \(hour) <= \(end) AND at < COALESCE(state_transition_at_ms, \(end))
        """,
      ]
    case 2:
      let change = Int.random(in: 1...2_000_000, using: &random)
      news = [
        "UPDATE bill SET version = version + 1",
        "DELETE FROM bill_restatement",
        """
        INSERT INTO bill_restatement SELECT bill, resource, start_ms / \(24 * hour), \(change) * COUNT(*), 0 FROM bill_line
        WHERE resource LIKE 'i-%' AND charge = 0 GROUP BY 1, 2, 3
        """,
        "UPDATE bill_line SET effective = effective + \(change) WHERE resource LIKE 'i-%' AND charge = 0",
      ]
    default:
      news = [
        chance(50)
          ? "DELETE FROM bill_coverage"
          : """
          INSERT OR IGNORE INTO spot_feed
          SELECT instance_id, launched_at_ms, '\(Self.accounts[0])', 'SpotUsage:' || instance_type, 30000000, 20000000
          FROM instance_description WHERE instance_id LIKE 'i-new%'
          """
      ]
    }
    steps[steps.count - 1] += news
  }

  /// Everything moves to a region billed in CNY, except the Spot data feed, which is always in dollars.
  mutating func moveToChina() {
    steps = steps.map { step in
      step.filter { !$0.contains("spot_feed") }.map {
        $0.replacing("eu-west-1", with: "cn-north-1").replacing("'USD'", with: "'CNY'")
      }
    }
  }
}
