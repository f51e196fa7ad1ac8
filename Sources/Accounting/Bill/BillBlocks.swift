import Domain
import Store

/// Capacity Blocks of a bill: a fee once, which belongs to the instances that ran in the block (method page, §8.15).
struct BillBlocks {
  /// An instance's part of the fees of blocks.
  struct Share: Equatable {
    /// For the time that it ran in them.
    var used = Money.zero
    /// For time in which no instance ran, which the last instance of a block bears, by the id of the block.
    var unused: [String: (cost: Money, milliseconds: Int64)] = [:]

    static func == (a: Share, b: Share) -> Bool {
      a.used == b.used && a.unused.keys == b.unused.keys && a.unused.allSatisfy { b.unused[$0]?.cost == $1.cost }
    }
  }

  private(set) var shares: [String: Share] = [:]

  init() {}

  init(_ connection: Connection, _ world: World) throws {
    let fees = try connection.prepare(
      """
      SELECT resource, MIN(start_ms), MAX(end_ms), MIN(item), account, SUM(effective) FROM bill_line
      WHERE kind = \(BillKind.capacityReservation.rawValue) AND charge = \(BillCharge.fee.rawValue) AND resource <> ''
      GROUP BY resource, account ORDER BY resource, account
      """)
    let ours = Set(world.instances.filter(\.isBatch).map(\.id))
    while try fees.step() {
      let span = TimeSpan(Instant(milliseconds: fees.integer(1)), Instant(milliseconds: fees.integer(2)))
      let type = fees.text(3).split(separator: ":").last.map(String.init) ?? ""
      let stays = try Self.stays(connection, type: type, account: fees.text(4), in: span).filter {
        ours.contains($0.id)
      }
      divide(Money(nanodollars: fees.integer(5)), of: fees.text(0), span, among: stays)
    }
  }

  /// How long each instance ran in the block, in the order in which they ended.
  private static func stays(
    _ connection: Connection, type: String, account: String, in span: TimeSpan
  ) throws -> [(id: String, milliseconds: Int64)] {
    let rows = try connection.prepare(
      """
      SELECT d.instance_id, MIN(d.launched_at_ms), COALESCE(MAX(d.state_transition_at_ms), ?1) AS ended
      FROM instance_description d JOIN account_region a ON a.id = d.account_region
      WHERE d.lifecycle = 'capacity-block' AND d.instance_type = ?2 AND a.account = ?3 AND d.launched_at_ms < ?1
      GROUP BY d.instance_id ORDER BY ended, d.instance_id
      """)
    rows.bind(1, span.end.milliseconds)
    rows.bind(2, type)
    rows.bind(3, account)
    var stays: [(id: String, milliseconds: Int64)] = []
    while try rows.step() {
      let start = max(rows.integer(1), span.start.milliseconds)
      let end = min(rows.integer(2), span.end.milliseconds)
      if end > start { stays.append((rows.text(0), end - start)) }
    }
    return stays
  }

  private mutating func divide(
    _ fee: Money, of block: String, _ span: TimeSpan, among stays: [(id: String, milliseconds: Int64)]
  ) {
    guard let last = stays.last, span.milliseconds > 0 else { return }
    let used = stays.reduce(0) { $0 + $1.milliseconds }
    let instances = (used + span.milliseconds - 1) / span.milliseconds
    let unused = instances * span.milliseconds - used
    let parts = fee.divided(by: stays.map { Int128($0.milliseconds) } + [Int128(unused)])
    for (stay, part) in zip(stays, parts) { shares[stay.id, default: Share()].used += part }
    shares[last.id, default: Share()].unused[block] = (parts[stays.count], unused)
  }
}

extension LedgerBuilder {
  /// The charges of an instance in a Capacity Block: its part of the fee over the time that it ran, and behind it what
  /// the block cost while no instance ran.
  mutating func blockCharges(
    _ entry: inout ResourceEntry, _ terms: InstanceTerms, _ share: BillBlocks.Share
  ) -> [Charge] {
    let estimate = terms.charges(over: entry.span)
    // Lines of $0 as a rule; what they cost is beside the fee.
    let lines = (world.bill.hours[entry.name] ?? []).reduce(ExactMoney.zero) { $0 + $1.effective }.rounded
    var charges = estimate
    let costs = (share.used + lines).divided(by: charges.map { Int128($0.span.milliseconds) })
    for index in charges.indices { charges[index].cost = costs[index] }
    reconciliation.compareBlock(entry, estimate, charges, share)
    for (_, part) in share.unused.sorted(by: { $0.key < $1.key }) where part.milliseconds > 0 {
      charges.append(
        Charge(
          span: TimeSpan(entry.span.end, entry.span.end), billedMilliseconds: part.milliseconds, cost: part.cost,
          onDemand: .zero, source: .bill))
    }
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
    let last = Instant(milliseconds: max(entry.span.start.milliseconds, entry.span.end.milliseconds - 1)).day
    for (block, part) in share.unused {
      comparisons[block, default: BillComparison()].update(last) { line in
        line.billed += part.cost
        line.add(.blockUnused, part.cost)
      }
    }
  }
}
