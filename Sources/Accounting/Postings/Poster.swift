import Domain

/// Divides the charges of one instance among the attempts that ran on it and the accounts of unused cost (method
/// page, §3).
///
/// At any instant, an attempt's share of a resource is what it allocated divided by the capacity or, if all allocations
/// together exceed that, by their sum; the rest is unused. Over a charge the shares are weighted by time, and the
/// charge is divided by largest remainder, so that its postings add up to it to the nanodollar.
///
/// Buffers are reused from instance to instance: make one poster and use it for all of them.
package struct Poster: ~Copyable {
  package init(scheme: WeightScheme = .splitCost) { self.scheme = scheme }

  private let scheme: WeightScheme
  private var sweep = Sweep()
  private var ledgerDay = DayRows()
  private var division = Division()

  /// For the instance posted last: time in which reservations together exceeded its capacity.
  package var crowdedMilliseconds: Int64 { sweep.crowdedTime }

  /// Posts the charges of one instance.
  ///
  /// - Parameters:
  ///   - residences: attempts in the order of (start, attempt id), which also settles ties; parts outside `span` are
  ///     cut off.
  ///   - capacity: nominal vCPUs, memory and GPUs of the type; nil if unknown, and then the capacity is whatever the
  ///     attempts reserve.
  ///   - emit: receives the rows day by day: attempts in order, then unused accounts.
  /// - Complexity: O(n log n + i · a) in attempts n, intervals i and attempts a at once.
  package mutating func post(
    _ charges: [Charge], span: TimeSpan, residences: [Residence], capacity: Resources?, emit: (Posting) -> Void
  ) {
    sweep.begin(span: span, residences: residences, capacity: capacity, scheme: scheme)
    ledgerDay.begin(count: residences.count)
    for charge in charges {
      charge.forEachDay { piece in
        let day = piece.span.start.day
        if day != ledgerDay.day || piece.option != ledgerDay.option {
          endDay(residences, emit)
          (ledgerDay.day, ledgerDay.option) = (day, piece.option)
        }
        sweep.advance(to: piece)
        division.divide(piece, sweep, into: &ledgerDay)
      }
    }
    endDay(residences, emit)
  }

  private mutating func endDay(_ residences: [Residence], _ emit: (Posting) -> Void) {
    sweep.policies.endDay()
    ledgerDay.share(sweep.policies)
    ledgerDay.flush(residences, emit)
    sweep.policies.beginDay()
  }
}

extension Charge {
  /// The pieces of `cutAtMidnight`, without an array if there is only one.
  func forEachDay(_ body: (Charge) -> Void) {
    if isOfOneDay { body(self) } else { cutAtMidnight().forEach(body) }
  }

  private var billedEnd: Instant { Instant(milliseconds: span.start.milliseconds + billedMilliseconds) }

  private var isOfOneDay: Bool { isReserved || max(span.end, billedEnd) <= (span.start.day + 1).start }

  /// The charge cut at UTC midnights.
  package func cutAtMidnight() -> [Charge] {
    if isOfOneDay { return [self] }
    let end = max(span.end, billedEnd)
    var midnights: [Instant] = []
    var midnight = (span.start.day + 1).start
    while midnight < end {
      midnights.append(midnight)
      midnight = (midnight.day + 1).start
    }
    return cut(at: midnights)
  }

  /// The charge cut at the given moments, in order: divided by billed seconds, largest remainder first, ties to the
  /// earlier part. Billed time beyond the span follows it without a gap, into the next part if necessary.
  func cut(at moments: [Instant]) -> [Charge] {
    let end = max(span.end, billedEnd)
    var parts: [Charge] = []
    var from = span.start
    for to in moments.filter({ $0 > span.start && $0 < end }) + [end] {
      let billed = min(to, billedEnd).milliseconds - from.milliseconds
      parts.append(
        Charge(
          span: TimeSpan(from, max(from, min(to, span.end))), billedMilliseconds: max(0, billed), cost: nil,
          onDemand: nil, source: source))
      from = to
    }
    let weights = parts.map { Int128($0.billedMilliseconds) }
    if let amounts = cost?.divided(by: weights) {
      for index in parts.indices { parts[index].cost = amounts[index] }
    }
    if let amounts = onDemand?.divided(by: weights) {
      for index in parts.indices { parts[index].onDemand = amounts[index] }
    }
    for index in parts.indices { parts[index].option = option }
    return parts
  }
}
