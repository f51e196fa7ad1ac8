import Domain
import Store

/// A named rule that the ledger must keep; `batchcost ledger check` runs them all. Every build checks conservation
/// itself, resource by resource, before it writes.
package struct LedgerCheck: Sendable {
  /// One violation of a check.
  package struct Failure: Equatable, Sendable {
    /// The check's name: `conservation`.
    package var check: String
    /// The check's name, and the row that breaks its rule.
    package var message: String
  }

  /// As in output: `conservation`.
  package let name: String
  /// The rule, as a sentence.
  package let rule: String
  /// Describes the violations.
  private let violations: @Sendable (CheckedLedger) throws -> [String]

  private init(name: String, rule: String, violations: @escaping @Sendable (CheckedLedger) throws -> [String]) {
    (self.name, self.rule, self.violations) = (name, rule, violations)
  }

  /// - Parameter sql: returns a row for each violation; its first column identifies it.
  private init(name: String, rule: String, sql: String) {
    self.init(name: name, rule: rule) { ledger in
      let rows = try ledger.connection.prepare(sql)
      var violations: [String] = []
      while violations.count < Self.most, try rows.step() {
        violations.append(
          rows.columnNames.indices.map { "\(rows.columnNames[$0]) \(rows.text(Int32($0)))" }.joined(separator: ", "))
      }
      rows.reset()
      return violations
    }
  }

  /// The most violations of one check that are reported.
  private static let most = 100

  /// All checks, each with the first hundred violations.
  ///
  /// - Parameter days: the days that a build changed; nil for the whole ledger.
  package static func results(
    _ connection: Connection, of days: Set<Day>? = nil
  ) throws -> [(check: LedgerCheck, failures: [Failure])] {
    let ledger = try CheckedLedger(connection, of: days)
    return try all.map { check in
      let failures = try check.violations(ledger).prefix(most).map {
        Failure(check: check.name, message: "\(check.name): \($0)")
      }
      return (check, failures)
    }
  }

  /// All violations of all checks.
  package static func failures(_ connection: Connection, of days: Set<Day>? = nil) throws -> [Failure] {
    try results(connection, of: days).flatMap(\.failures)
  }

  /// Those of the whole ledger.
  package static func failures(_ connection: Connection) throws -> [Failure] { try failures(connection, of: nil) }

  /// In the order in which they run and are reported.
  package static let all: [LedgerCheck] = [
    conservation, total, rollup, policies, noNegativePosting, priced, hoursWithinCapacity,
  ]

  static let conservation = LedgerCheck(
    name: "conservation", rule: "the postings of a resource and day add up to its cost and On-Demand equivalent"
  ) { ledger in
    enum Field: Int32, SelectedColumn {
      case resource, day, cost, onDemand
      var sql: String {
        switch self {
        case .cost, .onDemand: "SUM(\(name))"
        default: name
        }
      }
    }
    let rows = try ledger.connection.prepare(
      """
      SELECT \(Field.list) FROM resource_day WHERE \(ledger.hasResource("resource"))
      GROUP BY resource, day ORDER BY resource
      """)
    var violations: [String] = []
    // The first of the resource, in the same order.
    var posted = ledger.posted[...]
    while try rows.step() {
      let resource = rows.integer(Field.resource)
      posted = posted.drop { $0.resource < resource }
      let (charged, listed) = (
        rows.optionalInteger(Field.cost).map { Int128($0) }, rows.optionalInteger(Field.onDemand).map { Int128($0) }
      )
      let sums = posted.prefix { $0.resource == resource }.first { Int64($0.day) == rows.integer(Field.day) }
      if sums?.cost == charged, sums?.onDemand == listed { continue }
      violations.append(
        "resource \(try ledger.name(of: resource)), day \(rows.integer(Field.day)), charged \(told(charged)), "
          + "posted \(told(sums?.cost))")
    }
    return violations
  }

  static let total = LedgerCheck(name: "total", rule: "the postings of all resources add up to all charges") { ledger in
    let charged = Int128(
      try ledger.connection.integer("SELECT SUM(cost) FROM resource WHERE \(ledger.hasResource("id"))"))
    let posted = ledger.posted.reduce(Int128(0)) { $0 + ($1.cost ?? 0) }
    return charged == posted ? [] : ["charged \(charged), posted \(posted)"]
  }

  static let rollup = LedgerCheck(name: "rollup", rule: "the daily rollup adds up to the postings of the day") {
    ledger in
    var posted: [Int32: PostedDay] = [:]
    // Their time is that of their instance, and is not counted again.
    let attached = Set(
      try ledger.connection.column(
        """
        SELECT DISTINCT r.id FROM resource_day d JOIN resource r ON r.id = d.resource
        WHERE \(ledger.hasDay) AND r.kind IN ('volume', 'address')
        """, of: Int64.self))
    for day in ledger.posted where ledger.has(day: day.day) {
      var sum = posted[day.day] ?? PostedDay(resource: 0, day: day.day)
      if let cost = day.cost { sum.cost = (sum.cost ?? 0) + cost }
      if let listed = day.onDemand { sum.onDemand = (sum.onDemand ?? 0) + listed }
      if !attached.contains(day.resource) { sum.milliseconds += day.milliseconds }
      posted[day.day] = sum
    }
    enum DayField: Int32, SelectedColumn {
      case day, cost, onDemand, ms
      var sql: String {
        switch self {
        case .cost, .onDemand, .ms: "SUM(\(name))"
        default: name
        }
      }
    }
    let rows = try ledger.connection.prepare(
      "SELECT \(DayField.list) FROM daily_cost WHERE \(ledger.hasDay) GROUP BY day")
    var violations: [String] = []
    while try rows.step() {
      guard let sums = posted.removeValue(forKey: Int32(truncatingIfNeeded: rows.integer(DayField.day))) else {
        continue
      }
      let (cost, listed) = (
        rows.optionalInteger(DayField.cost).map { Int128($0) },
        rows.optionalInteger(DayField.onDemand).map { Int128($0) }
      )
      if sums.cost == cost, sums.onDemand == listed, sums.milliseconds == Int128(rows.integer(DayField.ms)) {
        continue
      }
      violations.append("day \(sums.day), posted \(told(sums.cost)), rolled_up \(told(cost))")
    }
    return violations
      + posted.values.sorted { $0.day < $1.day }.map { "day \($0.day), posted \(told($0.cost)), rolled_up " }
  }

  static let policies = LedgerCheck(
    name: "policies", rule: "no policy gives attempts more unused cost than there is"
  ) { ledger in
    try ledger.posted.filter { $0.unusedByInstance > $0.unused || $0.unusedByAWS > $0.unused }.prefix(most).map {
      "resource \(try ledger.name(of: $0.resource)), day \($0.day), unused \($0.unused), by_instance "
        + "\($0.unusedByInstance), by_aws \($0.unusedByAWS)"
    }
  }

  static let noNegativePosting = LedgerCheck(
    name: "no-negative-posting", rule: "no posting is negative, in money, time or resources"
  ) { ledger in
    ledger.negative.map { "posting \($0)" }
  }

  /// Empty if nothing is priced.
  private static func told(_ amount: Int128?) -> String { amount.map { "\($0)" } ?? "" }

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
