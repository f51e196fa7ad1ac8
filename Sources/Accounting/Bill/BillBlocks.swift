import Domain
import Store

/// Capacity Blocks on a bill: a one-time fee, divided among the instances that ran in the block (method page, §8.15).
struct BillBlocks {
  /// An instance's share of block fees.
  struct Share: Equatable {
    /// The fee for the time that the instance ran in blocks.
    var used = Money.zero
    /// The fee for time in which no instance ran; the last instance of a block bears it.
    var unused: [Unused] = []
  }

  /// Time on one day in which no instance ran in a block.
  struct Unused: Equatable {
    /// The block's id.
    var block: String
    var day: Day
    var cost: Money
    /// Added up over all instances that the block holds.
    var milliseconds: Int64
  }

  private(set) var shares: [String: Share] = [:]

  init() {}

  init(_ connection: Connection, _ world: World) throws {
    enum Field: Int32, SelectedColumn {
      case resource, startMs, endMs, item, account, effective
      var sql: String {
        switch self {
        case .startMs, .item: "MIN(\(name))"
        case .endMs: "MAX(\(name))"
        case .effective: "SUM(\(name))"
        default: name
        }
      }
    }
    let fees = try connection.prepare(
      """
      SELECT \(Field.list) FROM bill_line
      WHERE kind = \(BillKind.capacityReservation.rawValue) AND charge = \(BillCharge.fee.rawValue) AND resource <> ''
      GROUP BY resource, account ORDER BY resource, account
      """)
    let ours = Set(world.instances.filter(\.isBatch).map(\.id))
    while try fees.step() {
      let line = TimeSpan(
        Instant(milliseconds: fees.integer(Field.startMs)), Instant(milliseconds: fees.integer(Field.endMs)))
      let (resource, account) = (fees.text(Field.resource), fees.text(Field.account))
      let block = try DescribedBlock(of: resource, connection)
      let type = fees.text(Field.item).split(separator: ":").last.map(String.init) ?? ""
      func stays(in span: TimeSpan) throws -> [BlockStay] {
        try BlockStay.read(connection, type: type, account: account, in: span, of: block).filter {
          ours.contains($0.id)
        }
      }
      var span = block.span ?? line
      var ran = try stays(in: span)
      if block.span == nil, ran.isEmpty || line.isWholeMonth, let lives = try BlockStay.lives(connection, in: resource)
      {
        span = lives
        ran = try stays(in: span)
      }
      divide(Money(nanodollars: fees.integer(Field.effective)), of: resource, span, block.instances, among: ran)
    }
  }

  /// - Parameter instances: the described number; nil: as many as ran at once.
  private mutating func divide(
    _ fee: Money, of block: String, _ span: TimeSpan, _ instances: Int64?, among stays: [BlockStay]
  ) {
    guard let last = stays.last, span.milliseconds > 0 else { return }
    let held = max(instances ?? 0, BlockStay.mostAtOnce(stays))
    var unused: [Unused] = []
    var day = span.start.day
    while day.start < span.end {
      let hours = TimeSpan(max(day.start, span.start), min((day + 1).start, span.end))
      let free = held * hours.milliseconds - stays.reduce(0) { $0 + $1.milliseconds(within: hours) }
      if free > 0 { unused.append(Unused(block: block, day: day, cost: .zero, milliseconds: free)) }
      day = day + 1
    }
    let parts = fee.divided(
      by: stays.map { Int128($0.milliseconds(within: span)) } + unused.map { Int128($0.milliseconds) })
    for (stay, part) in zip(stays, parts) { shares[stay.id, default: Share()].used += part }
    for (index, part) in parts[stays.count...].enumerated() { unused[index].cost = part }
    shares[last.id, default: Share()].unused += unused
  }
}

/// How long an instance ran in a Capacity Block.
private struct BlockStay {
  var id: String
  var span: TimeSpan

  func milliseconds(within hours: TimeSpan) -> Int64 {
    max(0, min(span.end, hours.end).milliseconds - max(span.start, hours.start).milliseconds)
  }

  /// In the order of their ends.
  static func read(
    _ connection: Connection, type: String, account: String, in span: TimeSpan, of block: DescribedBlock
  ) throws -> [BlockStay] {
    enum Field: Int32, SelectedColumn {
      case instanceId, launchedAtMs, ended, capacityReservation
      var sql: String {
        switch self {
        case .launchedAtMs: "MIN(d.\(name))"
        case .ended: "COALESCE(MAX(d.state_transition_at_ms), ?1) AS ended"
        case .capacityReservation: "MAX(d.\(name))"
        default: "d.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM instance_description d JOIN account_region a ON a.id = d.account_region
      WHERE (d.lifecycle = 'capacity-block' OR d.capacity_reservation IN (\(DescribedBlock.reservations)))
        AND (d.instance_type = ?2 OR d.capacity_reservation = ?4) AND a.account = ?3 AND d.launched_at_ms < ?1
      GROUP BY d.instance_id ORDER BY ended, d.instance_id
      """)
    rows.bind(span.end.milliseconds, type, account, block.resource)
    var stays: [BlockStay] = []
    while try rows.step() {
      if let reservation = rows.optionalText(Field.capacityReservation), !block.mayHold(reservation) { continue }
      let start = max(rows.integer(Field.launchedAtMs), span.start.milliseconds)
      let end = min(rows.integer(Field.ended), span.end.milliseconds)
      if end > start {
        let ran = TimeSpan(Instant(milliseconds: start), Instant(milliseconds: end))
        stays.append(BlockStay(id: rows.text(Field.instanceId), span: ran))
      }
    }
    return stays
  }

  /// From the first start to the last end of the instances in a reservation; nil if there are none, or one has no end.
  static func lives(_ connection: Connection, in reservation: String) throws -> TimeSpan? {
    enum Field: Int32, SelectedColumn {
      case launchedAtMs, stateTransitionAtMs, hasEnds
      var sql: String {
        switch self {
        case .launchedAtMs: "MIN(\(name))"
        case .stateTransitionAtMs: "MAX(\(name))"
        case .hasEnds: "MIN(state_transition_at_ms IS NOT NULL)"
        }
      }
    }
    let row = try connection.prepare(
      "SELECT \(Field.list) FROM instance_description WHERE capacity_reservation = ? AND source = 'ec2'")
    defer { row.reset() }
    row.bind(reservation)
    guard try row.step(), row.integer(Field.hasEnds) == 1,
      let start = Instant(plausible: row.optionalInteger(Field.launchedAtMs)),
      let end = Instant(plausible: row.optionalInteger(Field.stateTransitionAtMs)), end > start
    else { return nil }
    return TimeSpan(start, end)
  }

  static func mostAtOnce(_ stays: [BlockStay]) -> Int64 {
    // If one stay ends at the moment another starts, the end comes first.
    var steps: [(time: Int64, change: Int64)] = []
    for stay in stays {
      steps.append((stay.span.start.milliseconds, 1))
      steps.append((stay.span.end.milliseconds, -1))
    }
    steps.sort { ($0.time, $0.change) < ($1.time, $1.change) }
    var (running, most) = (Int64(0), Int64(0))
    for step in steps {
      running += step.change
      most = max(most, running)
    }
    return most
  }
}

/// What DescribeCapacityReservations and DescribeCapacityBlocks say about a block whose fee is on a bill.
struct DescribedBlock {
  /// The block's hours; nil if it was never described.
  private(set) var span: TimeSpan?
  /// The number of instances it holds; nil if it was never described.
  private(set) var instances: Int64?
  /// The id on the bill.
  let resource: String
  private var reservations: Set<String> = []

  /// Capacity reservations that are Capacity Blocks, as SQL.
  static let reservations = "SELECT reservation_id FROM capacity_reservation WHERE kind = 'capacity-block'"

  /// - Parameter resource: the id on the bill, of a reservation or of a block.
  init(of resource: String, _ connection: Connection) throws {
    self.resource = resource
    enum Field: Int32, SelectedColumn {
      case reservationId, instances, startedAtMs, endedAtMs
      var sql: String {
        switch self {
        case .startedAtMs: "COALESCE(b.\(name), r.started_at_ms)"
        case .endedAtMs: "COALESCE(b.\(name), r.ended_at_ms)"
        default: "r.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM capacity_reservation r
      LEFT JOIN capacity_block b ON b.block_id = r.block_id
        OR EXISTS (SELECT 1 FROM json_each(b.reservations) WHERE value = r.reservation_id)
      WHERE r.kind = 'capacity-block' AND (r.reservation_id = ?1 OR r.block_id = ?1 OR b.block_id = ?1)
      """)
    rows.bind(resource)
    while try rows.step() {
      reservations.insert(rows.text(Field.reservationId))
      if let count = rows.optionalInteger(Field.instances) { instances = (instances ?? 0) + count }
      if let start = Instant(plausible: rows.optionalInteger(Field.startedAtMs)),
        let end = Instant(plausible: rows.optionalInteger(Field.endedAtMs)),
        end > start
      {
        span = TimeSpan(start, end)
      }
    }
  }

  /// Whether a reservation's instances may belong to the block.
  func mayHold(_ reservation: String) -> Bool {
    reservations.contains(reservation) || reservation == resource
      || reservations.isEmpty && !resource.hasPrefix("cr-")
  }
}

extension LedgerBuilder {
  /// The charges of an instance in a Capacity Block: its share of the fee for the time that it ran, and by day what the
  /// block cost while no instance ran.
  mutating func blockCharges(
    _ entry: inout ResourceEntry, _ terms: InstanceTerms, _ share: BillBlocks.Share
  ) -> [Charge] {
    let estimate = terms.charges(over: entry.span)
    // Lines are usually $0; what they cost is added to the fee.
    let lines = (world.bill.hours[entry.name] ?? []).reduce(ExactMoney.zero) { $0 + $1.effective }.rounded
    var charges = estimate
    let costs = (share.used + lines).divided(by: charges.map { Int128($0.span.milliseconds) })
    for index in charges.indices { charges[index].cost = costs[index] }
    reconciliation.compareBlock(entry, estimate, charges, share)
    charges += share.unused.map { Charge(reserved: $0) }
    charges.sort { $0.span.start < $1.span.start }
    for index in charges.indices {
      charges[index].source = .bill
      charges[index].option = .capacityBlock
    }
    entry.option = .capacityBlock
    entry.isFree = false
    return charges
  }
}

extension Reconciliation {
  fileprivate mutating func compareBlock(
    _ entry: ResourceEntry, _ estimate: [Charge], _ charges: [Charge], _ share: BillBlocks.Share
  ) {
    let (before, after) = (keepEstimate(of: entry.name, estimate), DayCosts(charges, within: Self.always))
    for day in Set(before.sums.keys).union(after.sums.keys) {
      comparisons[entry.name, default: BillComparison()].update(day) { line in
        line.ledger += before[day].cost
        line.billed += after[day].cost
        line.held += 1
        line.add(.capacityBlock, after[day].cost - before[day].cost)
      }
    }
    for part in share.unused {
      comparisons[part.block, default: BillComparison()].update(part.day) { line in
        line.billed += part.cost
        line.add(.blockUnused, part.cost)
      }
    }
  }
}

extension Charge {
  fileprivate init(reserved part: BillBlocks.Unused) {
    self.init(
      span: TimeSpan(part.day.start, part.day.start), billedMilliseconds: part.milliseconds, cost: part.cost,
      onDemand: .zero, source: .bill)
    isReserved = true
  }
}

extension TimeSpan {
  /// A calendar month, as bills by the month have for each line.
  fileprivate var isWholeMonth: Bool {
    let (first, last) = (start.day.civil, end.day.civil)
    return first.day == 1 && last.day == 1 && start == start.day.start && end == end.day.start
      && milliseconds == Int64(Day.daysIn(year: first.year, month: first.month)) * millisecondsPerDay
  }
}
