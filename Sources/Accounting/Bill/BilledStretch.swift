import Domain

/// The part of an instance's life that a bill tells: from the first hour that it has of it to the last.
struct BilledStretch {
  var span: TimeSpan
  /// At least one, in order.
  var hours: [BilledHour]
  /// The billed time holds this end of its life, and no line is missing there: the bill says when that was.
  var tellsStart: Bool
  var tellsEnd: Bool

  /// Nil where the bill has no hour of it, takes back more than one cost, or has hours that do not touch its life.
  ///
  /// - Parameters:
  ///   - life: by the ledger's own sources.
  ///   - exact: the life as the bill tells it.
  ///   - isLate: lines are missing at the end.
  init?(_ life: TimeSpan, _ hours: [BilledHour], exact: TimeSpan, window: TimeSpan, isLate: Bool) {
    guard let first = hours.first, let last = hours.last, hours.allSatisfy(\.isWhole) else { return nil }
    guard last.span.end.milliseconds + millisecondsPerHour > life.start.milliseconds,
      first.span.start.milliseconds - millisecondsPerHour < life.end.milliseconds
    else { return nil }
    tellsStart = life.start >= window.start
    tellsEnd = life.end <= window.end && !isLate
    let start = tellsStart ? exact.start : max(first.span.start, life.start)
    let end = tellsEnd ? exact.end : min(last.span.end, life.end)
    guard start < end else { return nil }
    span = TimeSpan(start, end)
    self.hours = hours
  }
}

extension [BilledStretch] {
  /// The life, with the ends that the bill tells.
  func life(_ estimate: TimeSpan) -> TimeSpan {
    var life = estimate
    if let first, first.tellsStart { life.start = first.span.start }
    if let last, last.tellsEnd { life.end = last.span.end }
    return life
  }

  /// The bill's charges over each stretch; over the time between, the estimate's instance-hours, cut where a stretch
  /// begins and ends.
  ///
  /// - Parameter estimate: the charges of the whole life.
  func charges(among estimate: [Charge], onDemand: PriceHistory?) -> [Charge] {
    let edges = flatMap { [$0.span.start, $0.span.end] }
    let others = estimate.flatMap { $0.cut(at: edges) }.filter { part in
      !contains { $0.span.start <= part.span.start && part.span.end <= $0.span.end }
    }
    let billed = flatMap { BilledCharges.charges($0.hours, over: $0.span, onDemand: onDemand) }
    return (others + billed).sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
  }
}
