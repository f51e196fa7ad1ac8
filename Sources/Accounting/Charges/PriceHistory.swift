import Domain

/// A price that changes in steps: each holds from its time until the next. Kept in order of time.
package struct PriceHistory: Equatable, Sendable {
  private var times: [Int64]
  private var rates: [Int64]
  /// Whether the first step also applies to the time before it. The price list only says since when the present price
  /// holds, most often the first of the month.
  package var holdsBefore = false

  /// - Parameter steps: in any order; of two at the same time, the larger rate counts.
  package init(_ steps: [(at: Instant, rate: Rate)]) {
    let sorted = steps.sorted { $0.at != $1.at ? $0.at < $1.at : $0.rate < $1.rate }
    times = []
    rates = []
    for step in sorted {
      if times.last == step.at.milliseconds {
        rates[rates.count - 1] = step.rate.nanodollarsPerHour
      } else {
        times.append(step.at.milliseconds)
        rates.append(step.rate.nanodollarsPerHour)
      }
    }
  }

  /// Steps already in order of time, without duplicates.
  init(sortedTimes times: [Int64], rates: [Int64]) {
    self.times = times
    self.rates = rates
  }

  /// The sum of two prices, for times at which both are known.
  package func adding(_ other: PriceHistory) -> PriceHistory {
    var sum = PriceHistory(
      Set(times + other.times).compactMap { time in
        let at = Instant(milliseconds: time)
        guard let own = rate(at: at), let others = other.rate(at: at) else { return nil }
        return (at, Rate(nanodollarsPerHour: own.nanodollarsPerHour + others.nanodollarsPerHour))
      })
    sum.holdsBefore = holdsBefore && other.holdsBefore
    return sum
  }

  package var isEmpty: Bool { times.isEmpty }
  /// The earliest step, even if it also applies before its time.
  package var first: (at: Instant, rate: Rate)? {
    times.isEmpty ? nil : (Instant(milliseconds: times[0]), Rate(nanodollarsPerHour: rates[0]))
  }

  /// The rate in force at a time; nil before the first step, unless that one also applies before.
  /// - Complexity: O(log n)
  package func rate(at time: Instant) -> Rate? { step(at: time)?.rate }

  /// The step in force at a time.
  package func step(at time: Instant) -> (at: Instant, rate: Rate)? {
    let index = upperBound(time.milliseconds)
    if index == 0 { return holdsBefore ? first : nil }
    return (Instant(milliseconds: times[index - 1]), Rate(nanodollarsPerHour: rates[index - 1]))
  }

  /// When the price next changes.
  package func nextStep(after time: Instant) -> Instant? {
    let index = upperBound(time.milliseconds)
    return index < times.count ? Instant(milliseconds: times[index]) : nil
  }

  /// The number of steps at or before a time.
  private func upperBound(_ time: Int64) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
