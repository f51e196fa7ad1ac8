import Domain

/// Compares one instance's estimate with its billed hours.
///
/// It works in steps, each of which names what it changes: the estimate; the estimate for the span on the bill; the
/// effect of commitments; what the last import restated; the Spot price rule. The rest is unexplained.
struct InstanceReconciler {
  let entry: ResourceEntry
  let terms: InstanceTerms
  let hours: [BilledHour]
  let window: TimeSpan
  let restated: (Day) -> ExactMoney

  /// Days before the bill's end for which lines may still be missing.
  static let lateness = 2 * millisecondsPerDay

  /// The span on the bill, and whether it is complete and entirely within the billed time.
  let exact: BilledSpan
  let isComplete: Bool
  /// Its last line is for a day or a month, and does not contain all of its time yet.
  let isShort: Bool
  /// The part of its life on the bill, if not the whole.
  let stretch: BilledStretch?

  init(
    _ entry: ResourceEntry, _ terms: InstanceTerms, _ hours: [BilledHour], window: TimeSpan,
    restated: @escaping (Day) -> ExactMoney
  ) {
    (self.entry, self.terms, self.hours, self.window, self.restated) = (entry, terms, hours, window, restated)
    let isSeen = entry.startSource == "registration" || entry.startSource == "first-attempt"
    isShort =
      entry.stopSource != "last-seen"
      && hours.last.map { $0.isShort(of: entry.span, used: $0.usedMilliseconds) } == true
    exact = BilledSpan(
      estimate: entry.span, billed: terms.billedMilliseconds(entry.span),
      hours: hours.allSatisfy(\.isWhole) ? hours : [], window: window,
      trustsStart: entry.startSource == "event", trustsEnd: entry.stopSource != "last-seen" && !isSeen,
      isShort: isShort)
    // A missing line near the bill's end will be added later.
    let isLate = hours.last.map { [isShort] in
      isShort
        || entry.stopSource != "last-seen" && !entry.isOpen
          && entry.span.end.milliseconds - $0.span.end.milliseconds > millisecondsPerHour
    }
    isComplete =
      !hours.isEmpty && entry.span.start >= window.start && entry.span.end <= window.end && isLate != true
      && hours.allSatisfy(\.isWhole)
    stretch = BilledStretch(
      entry.span, hours, exact: exact.span, window: window, isLate: isLate == true, isShort: isShort)
  }

  func compare(into comparison: inout BillComparison) {
    let estimate = DayCosts(terms.charges(over: entry.span), within: window)
    let isBilled = !hours.isEmpty
    let started = TimeSpan(exact.span.start, max(exact.span.start, entry.span.end))
    let afterStart = isBilled && exact.startMoved ? DayCosts(terms.charges(over: started), within: window) : estimate
    let afterEnd =
      isBilled && (exact.endMoved || exact.startMoved)
      ? DayCosts(terms.charges(over: exact.span), within: window) : afterStart
    for group in ComparedDays.groups(Set(estimate.sums.keys).union(afterEnd.sums.keys), hours) {
      let bill = group.lines.reduce(into: Billed()) { $0.add($1) }
      var left = BillComparison.DayLine(day: group.days[0])
      if isBilled { explain(bill, group.sum(of: afterEnd), group, &left) }
      let differences = left.differences.mapValues { group.divide($0, by: afterEnd) }
      let used = group.divide(bill.used, by: afterEnd)
      for (index, day) in group.days.enumerated() {
        comparison.update(day) { line in
          line.ledger += estimate[day].cost
          line.held += estimate.sums.isEmpty || index > 0 ? 0 : bill.lines
          line.milliseconds += used[index] - estimate[day].billed
          guard isBilled else { return line.add(missing(on: day), Money.zero - estimate[day].cost) }
          line.billed += afterEnd[day].cost
          line.add(isLowerBound ? .startUnseen : .start, afterStart[day].cost - estimate[day].cost)
          line.add(endMoved(on: day), afterEnd[day].cost - afterStart[day].cost)
          line.addBilled(differences, at: index)
        }
      }
    }
  }

  /// Why the bill's end differs from the ledger's.
  private func endMoved(on day: Day) -> DifferenceKind { isShort ? missing(on: day) : isLastSeen ? .endUnseen : .end }

  /// What is left once the bill's span is used.
  private func explain(
    _ bill: Billed, _ estimate: DayCosts.Sum, _ group: ComparedDays, _ line: inout BillComparison.DayLine
  ) {
    line.add(.savingsPlan, bill.plan.rounded)
    line.add(.reservation, bill.reservation.rounded)
    line.add(.negotiated, bill.negotiated.rounded)
    let change = group.restated(restated).rounded
    let left =
      bill.cost - estimate.cost - bill.plan.rounded - bill.reservation.rounded - bill.negotiated.rounded
    if isRounding(left, bill, estimate) { return line.add(.rounding, left) }
    if estimate.unpriced > 0, estimate.unpriced == estimate.billed { return line.add(.unpriced, left) }
    if entry.isFree { return line.add(.chargedInterruption, left) }
    if bill.used == 0, bill.cost == .zero { return line.add(missing(on: line.day), left) }
    let rule = (otherRule(on: group) ?? estimate.cost) - estimate.cost
    // A bill that has only grown since is restated too, which explains nothing.
    let (later, market) = ((DifferenceKind.restated, change), (DifferenceKind.spotRule, rule))
    for steps in [[later], [market], [later, market]] {
      let rest = steps.reduce(left) { $0 - $1.1 }
      guard isRounding(rest, bill, estimate) else { continue }
      for (kind, amount) in steps { line.add(kind, amount) }
      return line.add(.rounding, rest)
    }
    line.add(.unexplained, left)
  }

  /// The rounding limit: a nanodollar per line and charge, and one second of the day's usage.
  private func isRounding(_ amount: Money, _ bill: Billed, _ estimate: DayCosts.Sum) -> Bool {
    let second = bill.used > 0 ? abs(bill.cost.nanodollars) / max(1, bill.used / 1000) : 0
    let sameSeconds = abs(bill.used - estimate.billed) < 10
    return abs(amount.nanodollars) <= Int64(bill.lines) + estimate.charges + 1 + (sameSeconds ? 0 : second)
  }

  /// The days' cost under the other Spot price rule.
  private func otherRule(on group: ComparedDays) -> Money? {
    guard case .spot(let history, let rule) = terms.market else { return nil }
    var other = terms
    other.market = .spot(history, rule == .continuous ? .instanceHour : .continuous)
    return group.sum(of: DayCosts(other.charges(over: exact.span), within: window)).cost
  }

  private func missing(on day: Day) -> DifferenceKind {
    let end = min((day + 1).start, entry.span.end)
    return window.end.milliseconds - end.milliseconds < Self.lateness ? .late : .notBilled
  }

  private var isLowerBound: Bool { entry.startSource == "registration" || entry.startSource == "first-attempt" }
  private var isLastSeen: Bool { entry.stopSource == "last-seen" }

  /// The lines of days that are compared together.
  struct Billed {
    var cost = Money.zero
    var used: Int64 = 0
    var lines = 0
    var plan = ExactMoney.zero
    var reservation = ExactMoney.zero
    var negotiated = ExactMoney.zero

    mutating func add(_ hour: BilledHour) {
      cost += hour.effective.rounded
      used += hour.usedMilliseconds
      lines += 1
      plan += hour.planSaving
      reservation += hour.reservationSaving
      negotiated += hour.negotiated
    }
  }
}
