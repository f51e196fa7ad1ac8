import Domain

/// The cost of one resource over one charge period (method page, §2). It is rounded once, on creation.
package struct Charge: Equatable, Sendable {
  /// `[start, end)`: the instance-hour, cut at the end of the running span.
  package var span: TimeSpan
  /// Billed milliseconds: a whole number of seconds over the whole resource. The last charge may be longer than its
  /// span, because of the minimum or rounding up.
  package var billedMilliseconds: Int64
  /// Nil if unpriced.
  package var cost: Money?
  /// The same billed time at the On-Demand rate; nil if there is no On-Demand price.
  package var onDemand: Money?
  /// `none` exactly if `cost` is nil.
  package var source: PriceSource
  /// The commitment that covers it, known only from a bill; nil: the resource's own purchase option.
  package var option: PurchaseOption?
  /// Reserved capacity without an instance, on one day: the time of several instances may exceed the day.
  var isReserved = false

  package init(
    span: TimeSpan, billedMilliseconds: Int64, cost: Money?, onDemand: Money?, source: PriceSource
  ) {
    self.span = span
    self.billedMilliseconds = billedMilliseconds
    self.cost = cost
    self.onDemand = onDemand
    self.source = source
  }
}

/// The rules that turn an instance's running span into charges.
package struct InstanceTerms: Sendable {
  /// What sets the price of an hour.
  package enum Market: Sendable {
    case onDemand
    /// The history is that of the instance's pool, nil if none was collected.
    case spot(PriceHistory?, SpotPriceRule)
    /// No hourly price gives its cost.
    case unpriced
  }

  package var market: Market
  /// The On-Demand rate over time; nil if there is no such price.
  package var onDemand: PriceHistory?
  /// SUSE bills whole hours.
  package var wholeHours: Bool
  /// EC2 took it back, with proof.
  package var interrupted: Bool

  package init(market: Market, onDemand: PriceHistory?, wholeHours: Bool = false, interrupted: Bool = false) {
    self.market = market
    self.onDemand = onDemand
    self.wholeHours = wholeHours
    self.interrupted = interrupted
  }

  package var isSpot: Bool { if case .spot = market { true } else { false } }

  /// Interrupted by EC2 in its first hour: not charged.
  package func isFree(_ span: TimeSpan) -> Bool {
    isSpot && interrupted && span.milliseconds < millisecondsPerHour
  }

  /// Billed time: seconds rounded up, at least 60; whole hours for SUSE, without the partial last hour if EC2
  /// interrupts. For a first hour that is not charged, the seconds that ran.
  package func billedMilliseconds(_ span: TimeSpan) -> Int64 {
    let ran = (span.milliseconds + 999) / 1000
    if isFree(span) { return ran * 1000 }
    let seconds = max(60, ran)
    guard wholeHours else { return seconds * 1000 }
    if isSpot, interrupted { return span.milliseconds / millisecondsPerHour * millisecondsPerHour }
    return (seconds + 3599) / 3600 * millisecondsPerHour
  }

  /// The charges of a running span, one per instance-hour, in order.
  package func charges(over span: TimeSpan) -> [Charge] {
    var charges: [Charge] = []
    forEachCharge(over: span) { charges.append($0) }
    return charges
  }

  /// - Complexity: O(hours × log n) in the number n of price changes. The same without an array.
  package func forEachCharge(over span: TimeSpan, _ body: (Charge) -> Void) {
    let free = isFree(span)
    var left = billedMilliseconds(span)
    // A waived partial hour and a free first hour still have spans that postings cover.
    let total = max(left, span.milliseconds)
    var start = span.start
    var hours = (total + millisecondsPerHour - 1) / millisecondsPerHour
    if hours == 0 { hours = 1 }
    for _ in 0..<hours {
      let hourEnd = Instant(milliseconds: start.milliseconds + millisecondsPerHour)
      let period = TimeSpan(min(start, span.end), min(hourEnd, span.end))
      let billed = min(left, millisecondsPerHour)
      left -= billed
      if case .spot(let history?, .continuous) = market, !free {
        forEachStep(history, over: period, billed: billed, body)
      } else {
        body(charge(over: period, from: start, billed: billed, free: free))
      }
      start = hourEnd
    }
  }

  private func charge(over period: TimeSpan, from start: Instant, billed: Int64, free: Bool) -> Charge {
    if case .unpriced = market {
      return Charge(span: period, billedMilliseconds: billed, cost: nil, onDemand: nil, source: .none)
    }
    let listed = onDemand?.rate(at: start).map { money($0.cost(milliseconds: billed)) }
    var charge = Charge(
      span: period, billedMilliseconds: billed, cost: listed, onDemand: listed,
      source: listed == nil ? .none : .priceList)
    if case .spot(let history, _) = market {
      charge.cost = history?.rate(at: start).map { money($0.cost(milliseconds: billed)) }
      charge.source = charge.cost == nil ? .none : .spotHistory
    }
    if free {
      charge.cost = .zero
      if charge.source == .none { charge.source = .spotHistory }
    }
    return charge
  }

  /// Under the continuous rule each step of the price is a charge of its own, so that those who ran at a high price pay
  /// it.
  private func forEachStep(
    _ history: PriceHistory, over period: TimeSpan, billed: Int64, _ body: (Charge) -> Void
  ) {
    var start = period.start
    var left = billed
    repeat {
      let end = min(history.nextStep(after: start) ?? period.end, period.end)
      let part = end >= period.end ? left : min(left, end.milliseconds - start.milliseconds)
      left -= part
      body(charge(over: TimeSpan(start, end), from: start, billed: part, free: false))
      start = end
    } while start < period.end
  }

  private func money(_ cost: Int128) -> Money {
    Money(nanodollars: Int64(clamping: dividedHalfToEven(cost, by: Int128(millisecondsPerHour))))
  }
}
