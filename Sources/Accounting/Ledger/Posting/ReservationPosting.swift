import Domain

extension LedgerBuilder {
  /// Idle reserved capacity costs what an instance would have cost; it has its own account, day by day.
  mutating func postReservation(_ facts: ReservationFacts, _ writer: inout LedgerWriter) throws {
    guard let place = world.places[facts.accountRegion] else { return }
    var entry = ResourceEntry(
      kind: .reservation, name: facts.id, accountRegion: facts.accountRegion,
      computeEnvironment: facts.computeEnvironment, instanceType: facts.instanceType, zone: facts.zone,
      option: .onDemand, span: facts.span, startSource: "ec2", stopSource: facts.isOpen ? "open" : "ec2",
      isOpen: facts.isOpen)
    let lines = (world.bill.reserved[facts.id] ?? []).flatMap { $0.parts(of: facts) }
    let billed = billedReservation(facts, lines, place)
    if facts.states.isEmpty, billed.isEmpty { return notes.unwatched(entry) }
    let listed = facts.listed(world.prices, region: place.region)
    let estimate = facts.idle.map { day, milliseconds in
      let cost = facts.cost(of: milliseconds, on: day, listed)
      return ResourceDay(
        day: day, billed: milliseconds, unpriced: cost == nil ? milliseconds : 0, cost: cost, onDemand: cost)
    }
    reconciliation.add(world.bill.reserved[facts.id] ?? [], of: entry.name)
    reconciliation.compareReservation(entry, estimate, billed, lines)
    let rows = estimate.filter { billed[$0.day] == nil } + billed.values.filter { $0.billed > 0 || $0.cost != .zero }
    days.replace(with: rows.sorted { $0.day < $1.day })
    if days.days.isEmpty { return }
    settle(&entry)
    if facts.mostStrangers > 0 { notes.strangers(entry, most: facts.mostStrangers) }
    if entry.unpriced > 0 {
      notes.unpriced(
        entry, place,
        because: facts.operatingSystem == nil ? "there are no prices for its platform, \(facts.platform ?? "")" : nil)
    }
    writer.begin(entry, days.days, [])
    for day in days.days {
      writer.write(.reserved(day, source: billed[day.day] != nil ? .bill : day.cost == nil ? .none : .priceList))
    }
    try writer.end()
  }

  /// What a bill says about the days that it covers completely; empty if there is no bill.
  private func billedReservation(
    _ facts: ReservationFacts, _ lines: [BilledHour.Part], _ place: World.Place
  ) -> [Day: ResourceDay] {
    if world.bill.isEmpty { return [:] }
    var found: [Day: ResourceDay] = [:]
    for window in world.bill.coverage(of: place.account) {
      var day = max(window.start, facts.span.start).day
      while day.start < min(window.end, facts.span.end) {
        let within = TimeSpan(max(day.start, facts.span.start), min((day + 1).start, facts.span.end))
        if within.start >= window.start, within.end <= window.end {
          found[day] = ResourceDay(day: day, cost: .zero, onDemand: .zero)
        }
        day = day + 1
      }
    }
    for line in lines {
      guard var row = found[line.day] else { continue }
      row.billed += line.usedMilliseconds
      row.cost = (row.cost ?? .zero) + line.effective.rounded
      row.onDemand = row.cost
      found[line.day] = row
    }
    return found
  }
}

extension BilledHour {
  /// Of a line by month each day has what it has of the hours in which the reservation stood idle, else of those in which
  /// it was there.
  fileprivate func parts(of facts: ReservationFacts) -> [Part] {
    if span.start.day == lastDay { return parts { _ in 0 } }
    let idle = Dictionary(uniqueKeysWithValues: facts.idle.map { ($0.day, $0.milliseconds) })
    if idle.contains(where: { span.start.day <= $0.key && $0.key <= lastDay }) { return parts { idle[$0] ?? 0 } }
    return parts { min((($0 + 1).start), facts.span.end).milliseconds - max($0.start, facts.span.start).milliseconds }
  }
}

extension Posting {
  /// Capacity that was reserved and paid for, but in which no instance ran.
  static func reserved(_ day: ResourceDay, source: PriceSource) -> Posting {
    Posting(
      day: day.day, account: .reserved, attempt: nil, source: source, milliseconds: day.billed, resourceTime: .zero,
      unpricedMilliseconds: day.unpriced, cost: day.cost, onDemand: day.onDemand, option: day.option)
  }

  /// The same for a charge.
  static func reserved(_ charge: Charge) -> Posting {
    Posting(
      day: charge.span.start.day, account: .reserved, attempt: nil, source: charge.source,
      milliseconds: charge.billedMilliseconds, resourceTime: .zero,
      unpricedMilliseconds: charge.cost == nil ? charge.billedMilliseconds : 0, cost: charge.cost,
      onDemand: charge.onDemand, option: charge.option)
  }
}

extension Money {
  /// An hourly rate over a time, rounded half to even.
  init(_ rate: Rate, for milliseconds: Int64) {
    self.init(
      nanodollars: Int64(
        clamping: dividedHalfToEven(rate.cost(milliseconds: milliseconds), by: Int128(millisecondsPerHour))))
  }
}

extension Reconciliation {
  /// - Parameters:
  ///   - taken: days that the bill covers completely.
  ///   - lines: the bill's lines for hours in which no instance ran.
  fileprivate mutating func compareReservation(
    _ entry: ResourceEntry, _ estimate: [ResourceDay], _ taken: [Day: ResourceDay], _ lines: [BilledHour.Part]
  ) {
    if taken.isEmpty, lines.isEmpty { return }
    var billed = taken.mapValues { _ in Money.zero }
    for line in lines { billed[line.day, default: .zero] += line.effective.rounded }
    let before = Dictionary(uniqueKeysWithValues: estimate.map { ($0.day, $0.cost ?? .zero) })
    for (day, amount) in billed {
      let ledger = before[day] ?? .zero
      if ledger == .zero, amount == .zero { continue }
      comparisons[entry.name, default: BillComparison()].update(day) { line in
        line.ledger += ledger
        line.billed += amount
        line.held += ledger != .zero && amount != .zero ? 1 : 0
        line.add(day < entry.span.start.day ? .beforeCollection : .reservationUnused, amount - ledger)
      }
    }
  }
}
