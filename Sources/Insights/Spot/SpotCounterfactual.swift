import Accounting
import Domain

/// What time on an On-Demand instance would have cost on Spot.
///
/// AWS prices each instance-hour, counted from the instance's start, at the Spot price in force when it begins. So a
/// posting's On-Demand equivalent `o` over `[from, to)` becomes
///
///     o × Σ ms(h) · spot(h) ÷ Σ ms(h) · onDemand(h)        h: its instance-hours
///
/// rounded half to even, once. The attempt's share of the instance cancels out, because reservations do not change
/// while an attempt runs; only if attempts reserve more than the instance has is its share averaged over a day.
struct SpotCounterfactual {
  var instanceStart: Instant
  var onDemand: PriceHistory
  var spot: PriceHistory

  /// - Returns: nanodollars; nil if one of the hours has no Spot or On-Demand price.
  /// - Complexity: O(hours × log n) in the number n of price changes.
  func cost(insteadOf equivalent: Int64, over span: TimeSpan) -> Int64? {
    guard equivalent != 0 else { return 0 }
    var (paid, listed): (Int128, Int128) = (0, 0)
    var at = max(span.start.milliseconds, instanceStart.milliseconds)
    // A posting without duration is priced at its moment.
    let end = max(span.end.milliseconds, at + 1)
    while at < end {
      let hour = (at - instanceStart.milliseconds) / millisecondsPerHour
      let start = Instant(milliseconds: instanceStart.milliseconds + hour * millisecondsPerHour)
      let until = min(end, start.milliseconds + millisecondsPerHour)
      guard let price = spot.rate(at: start), let list = onDemand.rate(at: start) else { return nil }
      paid += price.cost(milliseconds: until - at)
      listed += list.cost(milliseconds: until - at)
      at = until
    }
    guard listed > 0 else { return nil }
    return Int64(clamping: dividedHalfToEven(Int128(equivalent) * paid, by: listed))
  }
}
