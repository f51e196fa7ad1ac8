import Store

/// A named rule that the ledger must keep; `batchcost ledger check` runs them all. Every build checks
/// conservation by itself, resource by resource, before it writes.
package struct LedgerCheck: Sendable {
  package struct Failure: Equatable, Sendable {
    package var check: String
    package var message: String
  }

  package let name: String
  /// What holds, as a sentence.
  package let rule: String
  /// Returns a row for each violation; its first column says which.
  let sql: String

  /// - Returns: the first hundred violations.
  package func run(_ connection: Connection) throws -> [Failure] {
    let rows = try connection.prepare(sql)
    var failures: [Failure] = []
    while failures.count < 100, try rows.step() {
      let columns = rows.columnNames.indices.map { "\(rows.columnNames[$0]) \(rows.text(Int32($0)))" }
      failures.append(Failure(check: name, message: "\(name): \(columns.joined(separator: ", "))"))
    }
    rows.reset()
    return failures
  }

  /// What of all checks does not hold.
  package static func failures(_ connection: Connection) throws -> [Failure] {
    try all.flatMap { try $0.run(connection) }
  }

  package static let all: [LedgerCheck] = [
    conservation, total, rollup, policies, noNegativePosting, priced, hoursWithinCapacity,
  ]

  static let conservation = LedgerCheck(
    name: "conservation", rule: "the postings of a resource and day add up to its cost and On-Demand equivalent",
    sql: """
      SELECT r.name AS resource, d.day AS day, d.cost AS charged, p.cost AS posted
      FROM (SELECT resource, day, SUM(cost) AS cost, SUM(on_demand) AS on_demand FROM resource_day
            GROUP BY resource, day) d
      LEFT JOIN (SELECT resource, day, SUM(cost) AS cost, SUM(on_demand) AS on_demand FROM posting
            GROUP BY resource, day) p
        ON p.resource = d.resource AND p.day = d.day
      JOIN resource r ON r.id = d.resource
      WHERE p.cost IS NOT d.cost OR p.on_demand IS NOT d.on_demand
      """)

  static let total = LedgerCheck(
    name: "total", rule: "the postings of all resources add up to all charges",
    sql: """
      SELECT c.cost AS charged, p.cost AS posted
      FROM (SELECT COALESCE(SUM(cost), 0) AS cost FROM resource) c,
        (SELECT COALESCE(SUM(cost), 0) AS cost FROM posting) p
      WHERE c.cost <> p.cost
      """)

  static let rollup = LedgerCheck(
    name: "rollup", rule: "the daily rollup adds up to the postings of the day",
    sql: """
      SELECT p.day AS day, p.cost AS posted, c.cost AS rolled_up
      FROM (SELECT day, SUM(cost) AS cost, SUM(on_demand) AS on_demand, SUM(ms) AS ms FROM posting GROUP BY day) p
      LEFT JOIN (SELECT day, SUM(cost) AS cost, SUM(on_demand) AS on_demand, SUM(ms) AS ms FROM daily_cost
        GROUP BY day) c ON c.day = p.day
      WHERE c.cost IS NOT p.cost OR c.on_demand IS NOT p.on_demand OR c.ms IS NOT p.ms
      """)

  static let policies = LedgerCheck(
    name: "policies", rule: "no policy gives attempts more unused cost than there is",
    sql: """
      SELECT r.name AS resource, p.day AS day, p.unused AS unused, p.by_instance AS by_instance, p.by_aws AS by_aws
      FROM (SELECT resource, day, SUM(CASE WHEN account IN (SELECT id FROM ledger_account WHERE kind = 'unused') THEN COALESCE(cost, 0)
              ELSE 0 END) AS unused,
              SUM(unused_by_instance) AS by_instance, SUM(unused_by_aws) AS by_aws
            FROM posting GROUP BY resource, day) p
      JOIN resource r ON r.id = p.resource
      WHERE p.by_instance > p.unused OR p.by_aws > p.unused
      """)

  static let noNegativePosting = LedgerCheck(
    name: "no-negative-posting", rule: "no posting is negative, in money, time or resources",
    sql: """
      SELECT id AS posting, cost AS cost, ms AS ms FROM posting
      WHERE cost < 0 OR on_demand < 0 OR ms < 0 OR milli_vcpu_ms < 0 OR mib_ms < 0 OR gpu_ms < 0 OR unpriced_ms < 0
        OR unused_by_instance < 0 OR unused_by_aws < 0
      """)

  static let priced = LedgerCheck(
    name: "priced-or-named", rule: "every resource without a price is named in a finding",
    sql: """
      SELECT r.name AS resource, r.unpriced_ms AS unpriced_ms FROM resource r
      WHERE r.unpriced_ms > 0 AND r.free = 0
        AND NOT EXISTS (SELECT 1 FROM ledger_finding f WHERE f.check_name = 'unpriced' AND f.subject = r.name)
      """)

  static let hoursWithinCapacity = LedgerCheck(
    name: "over-capacity-named", rule: "hours that reserve more than there is are named in a finding",
    sql: """
      SELECT h.hour AS hour, h.instance_type AS instance_type FROM hourly_use h
      WHERE h.capacity_milli_vcpu_ms > 0 AND (h.reserved_milli_vcpu_ms > h.capacity_milli_vcpu_ms
        OR h.reserved_mib_ms > h.capacity_mib_ms OR h.reserved_gpu_ms > h.capacity_gpu_ms)
        AND NOT EXISTS (SELECT 1 FROM ledger_finding f WHERE f.check_name = 'over-capacity')
      """)
}
