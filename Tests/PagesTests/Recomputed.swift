import Domain
import Store

@testable import Reporting

/// The figures of a report's headlines, added up from `posting` alone: a second implementation that shares only the
/// postings with the queries.
struct Recomputed {
  struct Row {
    var day: Int64
    var resource: Int64
    var account: Int64
    var option: Int64
    var cost: Int64?
    var unpriced: Int64
    var time: Int64
    /// Of a volume or an address, whose time is that of its instance.
    var isAttached: Bool
    var queue: Int64?
    var definition: Int64?
    var definitionName: String?
    /// The job, or the parent of an array or multi-node job.
    var submission: Int64
    var environment: Int64?
    var owner: String
    var region: String
    /// Nil for what is no instance, and where unknown.
    var instanceType: String?
    var priceSource: String
  }

  /// What table columns must hold, by `query.column`.
  private(set) var tables: [String: [Int64?]] = [:]
  private var rows: [Row] = []
  private var unplacedDays: Set<Int64> = []
  /// Attempts of the period on unknown hosts, and their time.
  private(set) var unplaced: (attempts: Int64, ms: Int64) = (0, 0)
  /// Billed time of the period without a price, volumes and addresses aside.
  private(set) var unpricedMilliseconds: Int64 = 0
  let from: Int64
  let to: Int64
  let firstDay: Int64
  let collectedAt: Int64

  init(_ connection: Connection, from: Day, to: Day) throws {
    (self.from, self.to) = (Int64(from.number), Int64(to.number))
    let statement = try connection.prepare(
      """
      SELECT p.day, p.resource, p.account, p.purchase_option, p.cost, p.unpriced_ms, a.job_queue, a.job_definition, d.name,
        COALESCE(-a.parent, a.job, 0), r.compute_environment, g.account, g.region,
        CASE WHEN r.kind = 'instance' THEN r.instance_type END, s.name, p.ms, r.kind IN ('volume', 'address')
      FROM posting p JOIN resource r ON r.id = p.resource JOIN account_region g ON g.id = r.account_region
      JOIN price_source s ON s.id = p.price_source
      LEFT JOIN attempt a ON a.id = p.attempt LEFT JOIN job_definition d ON d.id = a.job_definition
      """)
    while try statement.step() {
      rows.append(
        Row(
          day: statement.integer(0), resource: statement.integer(1), account: statement.integer(2),
          option: statement.integer(3), cost: statement.optionalInteger(4), unpriced: statement.integer(5),
          time: statement.integer(15), isAttached: statement.integer(16) == 1,
          queue: statement.optionalInteger(6), definition: statement.optionalInteger(7),
          definitionName: statement.optionalText(8), submission: statement.integer(9),
          environment: statement.optionalInteger(10), owner: statement.text(11), region: statement.text(12),
          instanceType: statement.optionalText(13), priceSource: statement.text(14)))
    }
    let lost = try connection.prepare("SELECT day, ms FROM unplaced")
    while try lost.step() {
      unplacedDays.insert(lost.integer(0))
      if (self.from..<self.to).contains(lost.integer(0)) {
        unplaced = (unplaced.attempts + 1, unplaced.ms + lost.integer(1))
      }
    }
    unpricedMilliseconds = try connection.integer(
      """
      SELECT COALESCE(SUM(d.unpriced_ms), 0) FROM resource_day d JOIN resource r ON r.id = d.resource
      WHERE d.day >= \(self.from) AND d.day < \(self.to) AND r.kind NOT IN ('volume', 'address')
      """)
    collectedAt = try connection.integer(
      "SELECT COALESCE(CAST(MAX(value) AS INTEGER), 0) FROM ledger_setting WHERE name = 'collected_at_ms'")
    firstDay = (rows.map(\.day) + unplacedDays).min() ?? .max
    tables = recomputedTables
  }

  func of(_ from: Int64, _ to: Int64) -> [Row] { rows.filter { $0.day >= from && $0.day < to } }

  /// Nil if something ran but none of it is priced.
  private func sum(_ rows: [Row], _ from: Int64, _ to: Int64) -> Int64? {
    let ran = !of(from, to).isEmpty || isUnplaced(from, to)
    guard ran else { return 0 }
    let costs = rows.compactMap(\.cost)
    return of(from, to).contains { $0.cost != nil } ? costs.reduce(0, +) : nil
  }

  /// Whether all of its days are known and over.
  func isWhole(_ from: Int64, _ to: Int64) -> Bool { from >= firstDay && to * 86_400_000 <= collectedAt }

  func isUnplaced(_ from: Int64, _ to: Int64) -> Bool { unplacedDays.contains { $0 >= from && $0 < to } }

  var ran: Bool { !of(from, to).isEmpty || isUnplaced(from, to) }
  var compares: Bool {
    isWhole(from, to) && isWhole(2 * from - to, from) && isPriced(from, to) && isPriced(2 * from - to, from)
  }

  /// Whether at least 99 % of the time has a price: that of instances and tasks, not again of their volumes.
  private func isPriced(_ from: Int64, _ to: Int64) -> Bool {
    let rows = of(from, to).filter { !$0.isAttached }
    return rows.reduce(0) { $0 + $1.unpriced } * 100 <= rows.reduce(0) { $0 + $1.time }
  }

  /// The first known day of the period.
  private var start: Int64 { max(from, firstDay) }
  var cost: Int64? { firstDay > to ? nil : sum(of(from, to), from, to) }
  var unused: Int64? {
    let unused = of(from, to).filter { $0.account >= 2 }
    let known = sum(unused, from, to)
    return known == 0 && unused.contains { $0.cost == nil } ? nil : known
  }
  var previousCost: Int64? { compares ? sum(of(2 * from - to, from), 2 * from - to, from) : nil }

  private func top(_ key: (Row) -> Int64?) -> Int64? {
    var sums: [Int64: Int64] = [:]
    for row in of(from, to) where row.account < 2 {
      if let key = key(row), let cost = row.cost { sums[key, default: 0] += cost }
    }
    return sums.values.max()
  }

  var topQueue: Int64? { top(\.queue) }

  /// What all attempts cost, startup included, whenever they ran.
  private var costOfJobs: Int64? {
    let costs = rows.filter { $0.account < 2 }.compactMap(\.cost)
    return costs.isEmpty ? nil : costs.reduce(0, +)
  }

  /// By `query.column`, without those that postings alone cannot give.
  var values: [String: Cell] {
    func money(_ value: Int64?) -> Cell { value.map { .money(Money(nanodollars: $0)) } ?? .null }
    var values: [String: Cell] = [
      "headline.cost_usd": money(cost), "headline.unused_usd": money(unused), "totals.cost_usd": money(cost),
      "headline.previous_cost_usd": money(previousCost), "weekly-titles.top_queue_usd": money(topQueue),
      "run-summary.cost_usd": money(costOfJobs),
    ]
    if let cost, let before = previousCost {
      values["headline.change_usd"] = money(cost - before)
      if before > 0 { values["headline.change"] = .real(Double(cost - before) / Double(before)) }
    }
    if let cost, let unused, cost > 0 { values["headline.unused_share"] = .real(Double(unused) / Double(cost)) }
    return values.merging(evidence) { $1 }
  }
}
