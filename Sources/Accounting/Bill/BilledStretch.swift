import Domain

/// The part of an instance's life on a bill: from the first of its billed hours to the last.
struct BilledStretch {
  var span: TimeSpan
  /// At least one, in order.
  var hours: [BilledHour]
  /// Whether the bill gives this end of its life: the end is within the billed time, and no line is missing there.
  var tellsStart: Bool
  var tellsEnd: Bool

  /// Nil if the bill has no hour of it, takes back more than an hour cost, or has hours that do not touch its life.
  ///
  /// - Parameters:
  ///   - life: from the ledger's own sources.
  ///   - exact: the life according to the bill.
  ///   - isLate: lines are missing at the end.
  ///   - isShort: the last line, of a day or a month, does not have all of its time yet.
  init?(
    _ life: TimeSpan, _ hours: [BilledHour], exact: TimeSpan, window: TimeSpan, isLate: Bool, isShort: Bool = false
  ) {
    guard let first = hours.first, let last = hours.last, hours.allSatisfy(\.isWhole) else { return nil }
    guard last.span.end.milliseconds + millisecondsPerHour > life.start.milliseconds,
      first.span.start.milliseconds - millisecondsPerHour < life.end.milliseconds
    else { return nil }
    tellsStart = life.start >= window.start
    tellsEnd = life.end <= window.end && !isLate
    let start = tellsStart ? exact.start : max(first.span.start, life.start)
    let end = tellsEnd || isShort ? exact.end : min(last.span.end, life.end)
    guard start < end else { return nil }
    span = TimeSpan(start, end)
    self.hours = hours
  }
}

extension [BilledStretch] {
  /// The life, with the ends that the bill gives.
  func life(_ estimate: TimeSpan) -> TimeSpan {
    var life = estimate
    if let first, first.tellsStart { life.start = first.span.start }
    if let last, last.tellsEnd { life.end = last.span.end }
    return life
  }

  /// The bill's charges during each stretch; between stretches the estimate's instance-hours, cut where a stretch
  /// begins or ends.
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
