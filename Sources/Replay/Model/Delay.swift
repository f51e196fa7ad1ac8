/// How long something takes: quantiles to draw from in a replay.
package struct Delay: Equatable, Sendable {
  /// Milliseconds at equal steps from 0 to 100 %; a single value is a constant.
  private(set) package var quantiles: [Int64]
  /// The number of observations; 0 for an assumption.
  private(set) package var count: Int

  private static let steps = 100

  /// Always the same.
  package init(constant milliseconds: Int64) {
    quantiles = [max(0, milliseconds)]
    count = 0
  }

  /// Nil if nothing was observed. Negative values are impossible and count as zero.
  package init?(_ samples: [Int64]) {
    guard !samples.isEmpty else { return nil }
    let sorted = samples.sorted()
    self.init(count: samples.count) { max(0, Self.interpolated(sorted, $0)) }
  }

  /// From durations of which some were cut off before they ended: an instance that got another job would have waited
  /// longer (Kaplan and Meier 1958). Nil if none ended.
  package init?(ended: [Int64], cutOff: [Int64]) {
    guard !ended.isEmpty else { return nil }
    let all = ended.map { ($0, true) } + cutOff.map { ($0, false) }
    let sorted = all.sorted { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 && !$1.1 }
    // Survival after each end, in order of time.
    var survival = 1.0
    var times: [Int64] = []
    var shares: [Double] = []
    for (index, (time, hasEnded)) in sorted.enumerated() where hasEnded {
      survival *= 1 - 1 / Double(sorted.count - index)
      times.append(time)
      shares.append(1 - survival)
    }
    // The largest end is used for those that were cut off after it.
    self.init(count: ended.count) { share in
      max(0, shares.firstIndex { $0 >= share - 1e-9 }.map { times[$0] } ?? times[times.count - 1])
    }
  }

  private init(count: Int, quantile: (Double) -> Int64) {
    self.count = count
    quantiles = (0...Self.steps).map { quantile(Double($0) / Double(Self.steps)) }
  }

  private static func interpolated(_ sorted: [Int64], _ share: Double) -> Int64 {
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + Int64(((position - Double(below)) * Double(sorted[above] - sorted[below])).rounded())
  }

  /// The value below which a share of all observations lies.
  ///
  /// - Parameter share: 0 to 1.
  package func value(at share: Double) -> Int64 {
    guard quantiles.count > 1 else { return quantiles[0] }
    let position = min(max(share, 0), 1) * Double(quantiles.count - 1)
    let below = min(Int(position), quantiles.count - 2)
    let step = Double(quantiles[below + 1] - quantiles[below])
    return quantiles[below] + Int64(((position - Double(below)) * step).rounded())
  }

  /// In milliseconds, from the quantiles: of observations it may be off by a little.
  package var mean: Int64 {
    guard quantiles.count > 1 else { return quantiles[0] }
    // Trapezia between the quantiles.
    let inner = quantiles.reduce(0, +) * 2 - quantiles[0] - quantiles[quantiles.count - 1]
    return inner / Int64(2 * (quantiles.count - 1))
  }

  /// In milliseconds.
  package var median: Int64 { value(at: 0.5) }

  /// Every value multiplied by a factor.
  package func scaled(by factor: Double) -> Delay {
    var copy = self
    copy.quantiles = quantiles.map { Int64((Double($0) * factor).rounded()) }
    return copy
  }

  /// Every value raised to a lower bound.
  package func atLeast(_ milliseconds: Int64) -> Delay {
    var copy = self
    copy.quantiles = quantiles.map { max($0, milliseconds) }
    return copy
  }
}
