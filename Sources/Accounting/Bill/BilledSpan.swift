import Domain

/// When an instance ran, from its billed hours: the bill says how much of the first and the last hour was used.
struct BilledSpan: Equatable {
  var span: TimeSpan
  /// Whether the bill's start differs from the ledger's.
  var startMoved = false
  var endMoved = false

  /// - Parameters:
  ///   - estimate: the running span from the ledger's own sources.
  ///   - billed: the billed milliseconds that the ledger assumes for `estimate`.
  ///   - hours: the billed hours, in order; at least one.
  ///   - window: the billed time. The bill says nothing about time outside it.
  ///   - trustsStart: the start comes from a source that knows when it was, not only when it was seen.
  ///   - isShort: the last line is for a day or a month, and does not contain all of its time yet.
  init(
    estimate: TimeSpan, billed: Int64, hours: [BilledHour], window: TimeSpan, trustsStart: Bool, trustsEnd: Bool,
    isShort: Bool = false
  ) {
    span = estimate
    guard let first = hours.first, let last = hours.last else { return }
    let beginsInside = estimate.start >= window.start
    let endsInside = estimate.end <= window.end
    if isShort {
      if beginsInside, hours.count > 1 { move(start: first.span.end.milliseconds - first.usedMilliseconds) }
      move(end: max(span.start, last.span.start).milliseconds + last.usedMilliseconds)
      return
    }
    if hours.count == 1, beginsInside, endsInside {
      place(in: first, billed: billed, trustsStart: trustsStart, trustsEnd: trustsEnd)
    } else {
      let start = first.span.end.milliseconds - min(first.usedMilliseconds, first.span.milliseconds)
      let end = last.span.start.milliseconds + min(last.usedMilliseconds, last.span.milliseconds)
      if beginsInside, hours.count > 1 || last.span.end < estimate.end { move(start: start) }
      if endsInside, hours.count > 1 || first.span.start > estimate.start { move(end: end) }
    }
    // Usage in hours for which the ledger has none.
    if beginsInside, span.start >= first.span.end {
      move(start: first.span.end.milliseconds - min(first.usedMilliseconds, first.span.milliseconds))
    }
    if endsInside, span.end <= last.span.start {
      move(end: last.span.start.milliseconds + min(last.usedMilliseconds, last.span.milliseconds))
    }
  }

  /// A single hour gives the duration, but not the position: the end that is known better stays.
  private mutating func place(in hour: BilledHour, billed: Int64, trustsStart: Bool, trustsEnd: Bool) {
    let used = min(hour.usedMilliseconds, hour.span.milliseconds)
    if abs(billed - used) < 1000 { return }
    if trustsEnd || !trustsStart {
      let end = min(max(span.end.milliseconds, hour.span.start.milliseconds + used), hour.span.end.milliseconds)
      move(end: end)
      move(start: end - used)
    } else {
      let start = min(max(span.start.milliseconds, hour.span.start.milliseconds), hour.span.end.milliseconds - used)
      move(start: start)
      move(end: start + used)
    }
  }

  /// A difference of less than a second is rounding.
  private mutating func move(start: Int64) {
    guard abs(start - span.start.milliseconds) >= 1000 else { return }
    span.start = Instant(milliseconds: start)
    if span.end < span.start { span.end = span.start }
    startMoved = true
  }

  private mutating func move(end: Int64) {
    guard abs(end - span.end.milliseconds) >= 1000 else { return }
    span.end = Instant(milliseconds: max(end, span.start.milliseconds))
    endMoved = true
  }
}
