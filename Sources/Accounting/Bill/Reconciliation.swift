import Domain
import Store

/// Collects what the bill and the ledger say about each resource while the ledger is built, and writes it.
package struct Reconciliation {
  /// By resource.
  var comparisons: [String: BillComparison] = [:]
  private var estimates: [String: DayCosts] = [:]
  private var attached: [ResourceEntry.Kind: [Day: Money]] = [:]
  private var exact = ExactMoney.zero
  private var rounded = Money.zero
  private var firstSeen: Instant?
  private(set) var evidence = SpotRuleEvidence()
  private var shares = ComparedShares()

  /// Notes a resource that the ledger has, and so the collector knows.
  mutating func see(_ name: String, from start: Instant, _ bill: BillBook) {
    firstSeen = firstSeen.map { min($0, start) } ?? start
    if let end = bill.end, start <= end { shares.add(.seen, of: name) { $0.add(start.milliseconds) } }
  }

  /// Notes billed hours that were compared, for the rounding of their sum.
  mutating func add(_ hours: [BilledHour], of name: String) {
    for hour in hours {
      exact += hour.effective
      rounded += hour.effective.rounded
      shares.add(.hour, of: name) { digest in
        digest.add(hour.span.start.milliseconds)
        digest.add(Int64(truncatingIfNeeded: hour.effective.attodollars))
      }
    }
  }

  mutating func weigh(_ reconciler: InstanceReconciler) {
    guard let sums = evidence.weigh(reconciler) else { return }
    shares.add(.evidence, of: reconciler.entry.name) { $0.add(sums) }
  }

  static let always = TimeSpan(Instant(milliseconds: .min / 2), Instant(milliseconds: .max / 2))

  @discardableResult
  mutating func keepEstimate(of name: String, _ charges: [Charge]) -> DayCosts {
    let costs = DayCosts(charges, within: Self.always)
    estimates[name] = costs
    return costs
  }

  /// Adds a volume or an address. Their costs are compared all together.
  mutating func attach(_ entry: ResourceEntry, _ costs: DayCosts) {
    for (day, sum) in costs.sums.sorted(by: { $0.key < $1.key }) {
      attached[entry.kind, default: [:]][day, default: .zero] += sum.cost
      shares.add(.attached, of: entry.name) { digest in
        digest.add(Int64(day.number))
        digest.add(sum.cost.nanodollars)
      }
    }
  }

  func write(_ connection: Connection, _ world: World) throws {
    for table in [
      "bill_day", "estimate_day", "reconciliation", "bill_difference", "difference_kind", "spot_rule_evidence",
      "compared_share",
    ] { try connection.execute("DELETE FROM \(table)") }
    if world.bill.isEmpty, try !SpotRuleEvidence.hasFeed(connection) { return }
    try writeKinds(connection)
    try writeDays(connection, world)
    var all = self
    try all.addWhatNoChargeTells(connection, world)
    try all.shares.write(connection)
    try all.addUnknown(world)
    try all.addAttached(connection)
    all.addRounding()
    try all.writeComparisons(connection)
    try all.writeEstimates(connection)
    try all.evidence.write(connection)
  }

  /// The same for a part of the ledger: the comparison stays if the whole part has the same share in it as before.
  ///
  /// - Returns: false if a share changed, so that the whole ledger must be compared.
  func update(_ connection: Connection, _ world: World) throws -> Bool {
    if world.bill.isEmpty, try !SpotRuleEvidence.hasFeed(connection) { return true }
    var part = self
    try part.addWhatNoChargeTells(connection, world)
    guard try part.shares.areThose(of: connection) else { return false }
    try connection.execute("DELETE FROM estimate_day WHERE name IN (SELECT name FROM scope_resource)")
    try writeEstimates(connection)
    return true
  }

  private mutating func addWhatNoChargeTells(_ connection: Connection, _ world: World) throws {
    for (name, sums) in try evidence.addFeed(connection, world) { shares.add(.feed, of: name) { $0.add(sums) } }
    // Lines of instances that are not Batch's are not missing from the ledger.
    for facts in world.instances
    where !facts.isBatch && world.scope.contains(instance: facts.id) && world.bill.hours[facts.id] != nil {
      shares.add(.other, of: facts.id) { _ in }
    }
    for (name, comparison) in comparisons { shares.add(.comparison, of: name) { $0.add(comparison) } }
  }

  /// Adds instances that are on the bill but not in the ledger. One that was described, and is not Batch's, stays among
  /// the bill's other lines.
  private mutating func addUnknown(_ world: World) throws {
    let described = Set(world.instances.filter { !$0.isBatch }.map(\.id))
    for (name, hours) in world.bill.hours where comparisons[name] == nil && !described.contains(name) {
      add(hours, of: name)
      for hour in hours {
        let isEarly = firstSeen.map { hour.span.end <= $0 } ?? true
        comparisons[name, default: BillComparison()].update(hour.span.start.day) { line in
          line.billed += hour.effective.rounded
          line.milliseconds += hour.usedMilliseconds
          line.add(isEarly ? .beforeCollection : .unknownInstance, hour.effective.rounded)
        }
      }
    }
  }

  private mutating func addAttached(_ connection: Connection) throws {
    for (kind, billKind, difference) in [
      (ResourceEntry.Kind.volume, BillKind.ebs, DifferenceKind.volumes), (.address, .ipv4, .addresses),
    ] {
      let ledger = attached[kind] ?? [:]
      let billed = try billedByDay(connection, billKind, ledger)
      for day in Set(billed.keys).union(ledger.keys) {
        let amount = (billed[day] ?? .zero).rounded
        exact += billed[day] ?? .zero
        rounded += amount
        comparisons[difference.name, default: BillComparison()].update(day) { line in
          line.ledger += ledger[day] ?? .zero
          line.billed += amount
          if billed[day] != nil, ledger[day] != nil { line.held += 1 }
          line.add(difference, amount - (ledger[day] ?? .zero))
        }
      }
    }
  }

  /// The billed cost of volumes, or of addresses, by day. A monthly line is divided in proportion to the ledger's cost.
  private func billedByDay(
    _ connection: Connection, _ kind: BillKind, _ ledger: [Day: Money]
  ) throws -> [Day: ExactMoney] {
    var billed: [Day: ExactMoney] = [:]
    enum Field: Int32, SelectedColumn {
      case startMs, endMs, effective, effectiveRest
      var sql: String {
        switch self {
        case .effective, .effectiveRest: "SUM(\(name))"
        default: name
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list) FROM bill_line
      WHERE kind = \(kind.rawValue) AND resource <> '' AND charge IN (\(BillCharge.ofUsage.numbers))
      GROUP BY start_ms, end_ms
      """)
    while try rows.step() {
      let span = TimeSpan(
        Instant(milliseconds: rows.integer(Field.startMs)), Instant(milliseconds: rows.integer(Field.endMs)))
      let line = BilledHour(
        span, ExactMoney(nanodollars: rows.integer(Field.effective), rest: rows.integer(Field.effectiveRest)))
      for part in line.parts(by: { ledger[$0]?.nanodollars ?? 0 }) {
        billed[part.day, default: .zero] += part.effective
      }
    }
    return billed
  }

  /// Adds what rounding the bill's lines to a nanodollar leaves over.
  private mutating func addRounding() {
    let left = exact.rounded - rounded
    guard left != .zero, let day = comparisons.values.flatMap(\.days).map(\.day).max() else { return }
    comparisons[DifferenceKind.rounding.name, default: BillComparison()].update(day) { line in
      line.billed += left
      line.add(.rounding, left)
    }
  }

  /// The days that bills cover, half-open; nil if none was imported.
  package static func billedDays(_ connection: Connection) throws -> (from: Day, to: Day)? {
    try connection.days("SELECT MIN(day), MAX(day) + 1 FROM bill_day")
  }

  // MARK: Tables

  private func writeKinds(_ connection: Connection) throws {
    let statement = try TableWriter<DifferenceKindColumn>(connection)
    for kind in DifferenceKind.allCases {
      statement.put(.id, kind.rawValue)
      statement.put(.name, kind.name)
      statement.put(.explained, kind.isExplained)
      statement.put(.meaning, kind.meaning)
      try statement.write()
    }
  }

  private func writeDays(_ connection: Connection, _ world: World) throws {
    let statement = try connection.prepare("INSERT OR IGNORE INTO bill_day VALUES (?, ?)")
    for span in world.bill.coverage.values.flatMap({ $0 }) {
      var day = span.start.day
      while day.start < span.end {
        statement.bind(Int64(day.number), day.description)
        try statement.run()
        day = day + 1
      }
    }
  }

  private func writeComparisons(_ connection: Connection) throws {
    let row = try TableWriter<ReconciliationColumn>(connection)
    let difference = try TableWriter<BillDifferenceColumn>(connection)
    for (name, comparison) in comparisons.sorted(by: { $0.key < $1.key }) {
      for line in comparison.days {
        row.put(.day, line.day.number)
        row.put(.name, name)
        row.put(.ledger, line.ledger.nanodollars)
        row.put(.billed, line.billed.nanodollars)
        row.put(.seconds, Double(line.milliseconds) / 1000)
        row.put(.held, line.held)
        try row.write()
        for (kind, amount) in line.differences.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
          difference.put(.day, line.day.number)
          difference.put(.name, name)
          difference.put(.kind, kind.rawValue)
          difference.put(.amount, amount.nanodollars)
          try difference.write()
        }
      }
    }
  }

  private func writeEstimates(_ connection: Connection) throws {
    let row = try TableWriter<EstimateDayColumn>(connection)
    for (name, costs) in estimates.sorted(by: { $0.key < $1.key }) {
      for (day, sum) in costs.sums.sorted(by: { $0.key < $1.key }) {
        row.put(.name, name)
        row.put(.day, day.number)
        row.put(.billedMs, sum.billed)
        row.put(.unpricedMs, sum.unpriced)
        row.put(.cost, sum.unpriced == sum.billed && sum.billed > 0 ? nil : sum.cost.nanodollars)
        try row.write()
      }
    }
  }
}
