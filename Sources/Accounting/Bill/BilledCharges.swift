import Domain

/// The charges on a bill: clock hours at their effective cost, in place of instance-hours at estimated rates.
struct BilledCharges {
  /// - Parameters:
  ///   - span: when it ran, according to the bill.
  ///   - onDemand: for the On-Demand equivalent of Spot usage.
  ///   - option: the purchase option of an hour; nil: the resource's own.
  static func charges(
    _ hours: [BilledHour], over span: TimeSpan, onDemand: PriceHistory?,
    option: (BilledHour) -> PurchaseOption? = { $0.commitment }
  ) -> [Charge] {
    var charges: [Charge] = []
    var cursor = span.start
    for hour in hours {
      let start = max(hour.span.start, cursor)
      let end = min(max(start, hour.span.end), max(span.end, start))
      if start > cursor { unbilled(from: cursor, to: start, into: &charges) }
      let used = hour.usedMilliseconds
      let listed = onDemand?.rate(at: start).map { rate in
        Money(
          nanodollars: Int64(
            clamping: dividedHalfToEven(rate.cost(milliseconds: used), by: Int128(millisecondsPerHour))))
      }
      var charge = Charge(
        span: TimeSpan(start, end), billedMilliseconds: end.milliseconds - start.milliseconds,
        cost: hour.effective.rounded, onDemand: listed, source: .bill)
      charge.option = option(hour)
      charges.append(charge)
      cursor = end
    }
    if cursor < span.end { unbilled(from: cursor, to: span.end, into: &charges) }
    // Fractions of a second and the minimum go to the end, as in an estimate.
    let used = hours.reduce(0) { $0 + $1.usedMilliseconds }
    let placed = charges.reduce(0) { $0 + $1.billedMilliseconds }
    if let last = charges.indices.last, used > placed { charges[last].billedMilliseconds += used - placed }
    return charges
  }

  /// The same for what is billed by a unit other than time: its only price is the bill's own public one.
  static func attachmentCharges(_ hours: [BilledHour], over span: TimeSpan) -> [Charge] {
    var charges = charges(hours, over: span, onDemand: nil)
    for index in charges.indices where charges[index].onDemand == nil { charges[index].onDemand = charges[index].cost }
    return charges
  }

  /// Whether the lines cover the span from its first hour to its last, and none takes back more than its hour cost.
  static func isComplete(_ hours: [BilledHour], over span: TimeSpan) -> Bool {
    guard let first = hours.first, let last = hours.last, hours.allSatisfy(\.isWhole) else { return false }
    return first.span.start.milliseconds - span.start.milliseconds < millisecondsPerHour
      && span.end.milliseconds - last.span.end.milliseconds < millisecondsPerHour
  }

  /// Adds time without a line on the bill, at no cost.
  private static func unbilled(from start: Instant, to end: Instant, into charges: inout [Charge]) {
    var start = start
    while start < end {
      let next = min((start.day + 1).start, end)
      charges.append(
        Charge(span: TimeSpan(start, next), billedMilliseconds: 0, cost: .zero, onDemand: .zero, source: .bill))
      start = next
    }
  }
}

extension LedgerBuilder {
  /// The bill wins: its charges for the hours that it has, with the start and the end that it gives, and the estimate's
  /// charges for the other hours. Nil if the estimate stands (method page, §2.10 and §8.5).
  mutating func billedCharges(_ entry: inout ResourceEntry, _ terms: InstanceTerms) -> [Charge]? {
    guard !world.bill.isEmpty, let account = world.places[entry.accountRegion]?.account else { return nil }
    let name = entry.name
    let hours = (world.bill.hours[name] ?? []).map(\.ofOneInstance)
    reconciliation.see(name, from: entry.span.start, world.bill)
    if let share = world.bill.blocks.shares[name] { return blockCharges(&entry, terms, share) }
    // Its $0 lines stand for a fee on another month's bill, so they are not its cost.
    if entry.option == .capacityBlock, hours.allSatisfy({ $0.effective == .zero }) { return nil }
    var stretches: [BilledStretch] = []
    for window in world.bill.coverage(of: account) {
      let inside = hours.filter { $0.span.start >= window.start && $0.span.end <= window.end }
      guard !inside.isEmpty || (entry.span.start < window.end && entry.span.end > window.start) else { continue }
      let reconciler = InstanceReconciler(entry, terms, inside, window: window) { [bill = world.bill] day in
        bill.restated[BillBook.Key(resource: name, day: day)] ?? .zero
      }
      reconciler.compare(into: &reconciliation.comparisons[name, default: BillComparison()])
      reconciliation.add(inside, of: name)
      reconciliation.weigh(reconciler)
      if reconciler.isComplete, inside.count == hours.count {
        take(reconciler.exact.span, inside, of: &entry, terms)
        // Hours not covered by the commitment were bought as they would have been without it.
        let (own, main) = (entry.option, Self.mainOption(inside) ?? entry.option)
        entry.option = main
        return BilledCharges.charges(inside, over: entry.span, onDemand: terms.onDemand) { hour in
          let option = hour.commitment ?? own
          return option == main ? nil : option
        }
      }
      if let stretch = reconciler.stretch { stretches.append(stretch) }
    }
    guard !stretches.isEmpty else {
      if !hours.isEmpty { notes.billLeftOut(entry) }
      return nil
    }
    take(stretches.life(entry.span), stretches.flatMap(\.hours), of: &entry, terms)
    notes.partlyBilled(entry, milliseconds: stretches.reduce(0) { $0 + $1.span.milliseconds })
    return stretches.charges(among: terms.charges(over: entry.span), onDemand: terms.onDemand)
  }

  /// Gives an instance the life on the bill, and keeps the estimate for the rest.
  private mutating func take(
    _ life: TimeSpan, _ hours: [BilledHour], of entry: inout ResourceEntry, _ terms: InstanceTerms
  ) {
    reconciliation.keepEstimate(of: entry.name, terms.charges(over: entry.span))
    if life.start != entry.span.start { entry.startSource = "bill" }
    if life.end != entry.span.end { entry.stopSource = "bill" }
    entry.span = life
    entry.isFree = entry.isFree && hours.allSatisfy { $0.effective == .zero }
  }

  /// The same for a task that is paid for by itself: one charge for a Fargate task; two for a SageMaker training job
  /// that kept a warm pool.
  ///
  /// - Parameter unitsOfUsage: thousandths of the unit whose hours the lines count: vCPUs, instances.
  mutating func taskCharges(
    _ entry: inout ResourceEntry, _ estimate: [Charge], unitsOfUsage: Int64
  ) -> [Charge] {
    guard !world.bill.isEmpty, let account = world.places[entry.accountRegion]?.account else { return estimate }
    reconciliation.see(entry.name, from: entry.span.start, world.bill)
    let hours = world.bill.hours[entry.name] ?? []
    let windows = world.bill.coverage(of: account)
    guard let window = windows.first(where: { entry.span.start < $0.end && entry.span.end > $0.start }) else {
      return estimate
    }
    let name = entry.name
    let reconciler = TaskReconciler(entry, estimate, hours, window: window, unitsOfUsage: unitsOfUsage) {
      [bill = world.bill] day in
      bill.restated[BillBook.Key(resource: name, day: day)] ?? .zero
    }
    reconciler.compare(into: &reconciliation.comparisons[entry.name, default: BillComparison()])
    reconciliation.add(hours, of: name)
    guard reconciler.isComplete else { return estimate }
    reconciliation.keepEstimate(of: entry.name, estimate)
    entry.option = Self.mainOption(hours) ?? entry.option
    let billed = hours.reduce(ExactMoney.zero) { $0 + $1.effective }.rounded
    let parts = billed.divided(by: estimate.map { Int128($0.billedMilliseconds) })
    return zip(estimate, parts).map { charge, part in
      var charge = charge
      charge.cost = part
      charge.source = .bill
      charge.option = Self.mainOption(hours)
      return charge
    }
  }

  /// The charges of a volume or a public address: the bill's if it covers the whole life, else the estimate. The
  /// estimates are compared as a whole, because bills may use address names that were never collected.
  ///
  /// - Parameter names: the ids by which a bill may know it.
  mutating func attachmentCharges(_ entry: ResourceEntry, named names: [String], estimate: [Charge]) -> [Charge] {
    guard !world.bill.isEmpty, let account = world.places[entry.accountRegion]?.account else { return estimate }
    let windows = world.bill.coverage(of: account)
    for window in windows {
      let costs = DayCosts(estimate, within: window)
      reconciliation.attach(entry, costs)
    }
    guard let hours = names.lazy.compactMap({ [bill = world.bill] in bill.attached[$0] }).first else { return estimate }
    let isInside = windows.contains { entry.span.start >= $0.start && entry.span.end <= $0.end }
    guard isInside, !entry.isOpen, BilledCharges.isComplete(hours, over: entry.span) else {
      notes.billLeftOut(entry)
      return estimate
    }
    reconciliation.keepEstimate(of: entry.name, estimate)
    return BilledCharges.attachmentCharges(hours, over: entry.span)
  }

  /// The commitment that covers most of the time; nil if there is none.
  private static func mainOption(_ hours: [BilledHour]) -> PurchaseOption? {
    var used: [PurchaseOption: Int64] = [:]
    var all: Int64 = 0
    for hour in hours {
      all += hour.usedMilliseconds
      if let option = hour.commitment { used[option, default: 0] += hour.usedMilliseconds }
    }
    return [PurchaseOption.savingsPlan, .reserved].first { used[$0, default: 0] * 2 > all }
  }
}
