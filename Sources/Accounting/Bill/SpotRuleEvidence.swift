import Domain
import Store

/// Which Spot price AWS charged: the one at the start of each instance-hour, or the one in force at each moment. The
/// rules differ only if the price changed.
struct SpotRuleEvidence {
  /// Counts of instances or instance-hours, and gaps in nanodollars.
  struct Sums: Equatable {
    /// All that could be asked.
    var subjects: Int64 = 0
    /// Those for which the two rules give different costs.
    var moved: Int64 = 0
    /// Those of them that were billed by this rule.
    var instanceHour: Int64 = 0
    /// Those of them that were billed by the other.
    var continuous: Int64 = 0
    /// How far bills are from this rule, over those that moved.
    var instanceHourGap: Int64 = 0
    /// The same for the other.
    var continuousGap: Int64 = 0

    mutating func add(billed: Int64, instanceHour first: Int64, continuous second: Int64, tolerance: Int64) {
      subjects += 1
      guard abs(first - second) > 2 * tolerance else { return }
      moved += 1
      if abs(billed - first) <= tolerance { instanceHour += 1 }
      if abs(billed - second) <= tolerance { continuous += 1 }
      instanceHourGap += abs(billed - first)
      continuousGap += abs(billed - second)
    }

    static func += (sums: inout Sums, other: Sums) {
      sums.subjects += other.subjects
      sums.moved += other.moved
      sums.instanceHour += other.instanceHour
      sums.continuous += other.continuous
      sums.instanceHourGap += other.instanceHourGap
      sums.continuousGap += other.continuousGap
    }
  }

  private var bill = Sums()
  private var feed = Sums()

  /// Adds a Spot instance if it lies entirely within the billed time.
  ///
  /// - Returns: what it adds; nil for other instances.
  mutating func weigh(_ reconciler: InstanceReconciler) -> Sums? {
    guard reconciler.isComplete, case .spot(let history, _) = reconciler.terms.market else { return nil }
    func cost(_ rule: SpotPriceRule) -> Int64? {
      var terms = reconciler.terms
      terms.market = .spot(history, rule)
      var sum: Int64 = 0
      for charge in terms.charges(over: reconciler.exact.span) {
        guard let cost = charge.cost else { return nil }
        sum += cost.nanodollars
      }
      return sum
    }
    guard let first = cost(.instanceHour), let second = cost(.continuous) else { return nil }
    let billed = reconciler.hours.reduce(ExactMoney.zero) { $0 + $1.effective }.rounded.nanodollars
    var sums = Sums()
    sums.add(
      billed: billed, instanceHour: first, continuous: second, tolerance: Int64(reconciler.hours.count) * 2 + 2)
    bill += sums
    return sums
  }

  static func hasFeed(_ connection: Connection) throws -> Bool {
    try connection.integer("SELECT EXISTS (SELECT 1 FROM spot_feed)") != 0
  }

  /// Adds the Spot data feed of Batch's instances, instance-hour by instance-hour.
  ///
  /// - Returns: what each instance adds.
  mutating func addFeed(_ connection: Connection, _ world: World) throws -> [String: Sums] {
    var sums: [String: Sums] = [:]
    let positions = Dictionary(
      world.instances.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    enum Field: Int32, SelectedColumn {
      case instanceId, atMs, rate, charge
    }
    let rows = try connection.prepare(
      "SELECT \(Field.list) FROM spot_feed WHERE \(world.scope.hasInstance) ORDER BY 1, 2")
    while try rows.step() {
      let name = rows.text(Field.instanceId)
      guard let position = positions[name], world.instances[position].isBatch else { continue }
      let facts = world.instances[position]
      let history = world.prices.spotHistory(
        account: world.places[facts.accountRegion]?.account ?? "", zone: facts.zone ?? "",
        instanceType: facts.instanceType ?? "", product: facts.operatingSystem.spotProduct)
      let start = Instant(milliseconds: rows.integer(Field.atMs))
      let (rate, charge) = (rows.integer(Field.rate), rows.integer(Field.charge))
      guard let history, rate > 0, let first = history.rate(at: start) else { continue }
      // The feed gives no seconds: they follow from its charge and its price.
      let milliseconds =
        Int64(clamping: dividedHalfToEven(Int128(charge) * Int128(millisecondsPerHour), by: Int128(rate) * 1000)) * 1000
      guard milliseconds >= 60_000, milliseconds <= millisecondsPerHour else { continue }
      let span = TimeSpan(start, Instant(milliseconds: start.milliseconds + milliseconds))
      let terms = InstanceTerms(market: .spot(history, .continuous), onDemand: nil)
      let continuous = terms.charges(over: span).reduce(Money.zero) { $0 + ($1.cost ?? .zero) }
      let fixed = dividedHalfToEven(first.cost(milliseconds: milliseconds), by: Int128(millisecondsPerHour))
      sums[name, default: Sums()].add(
        billed: charge, instanceHour: Int64(clamping: fixed), continuous: continuous.nanodollars, tolerance: 4)
    }
    for own in sums.values { feed += own }
    return sums
  }

  func write(_ connection: Connection) throws {
    let row = try TableWriter<SpotRuleEvidenceColumn>(connection)
    for (name, sums) in [("bill", bill), ("feed", feed)] where sums.subjects > 0 {
      row.put(.source, name)
      row.put(.instances, sums.subjects)
      row.put(.moved, sums.moved)
      row.put(.instanceHour, sums.instanceHour)
      row.put(.continuous, sums.continuous)
      row.put(.instanceHourGap, sums.instanceHourGap)
      row.put(.continuousGap, sums.continuousGap)
      try row.write()
    }
  }
}
