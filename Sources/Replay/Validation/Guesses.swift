/// What several replays of the same days cost, each with other random numbers. What really happened is one such draw:
/// it may lie far from their mean without any error of the model.
package struct Guesses: Sendable, Equatable {
  /// Nanodollars, by seed.
  package let costs: [Int64]

  package init(_ costs: [Int64]) { self.costs = costs }

  /// Rounded towards zero.
  package var mean: Int64 { costs.reduce(0, +) / Int64(max(1, costs.count)) }
  /// A standard deviation.
  package var spread: Int64 { Spread.deviation(costs) }

  /// `mean` minus actual, as a share of the actual; nil if nothing was spent.
  package func error(_ actual: Int64) -> Double? { actual > 0 ? Double(mean - actual) / Double(actual) : nil }

  /// Whether the actual lies among the middle 95 of 100 replays. Then a week like it is nothing unusual to the model,
  /// and its distance from the mean is no sign of an error.
  package func includes(_ actual: Int64) -> Bool {
    let (below, above) = (costs.count { $0 <= actual }, costs.count { $0 >= actual })
    return min(below, above) * 40 >= costs.count
  }

  /// Seed by seed.
  static func + (a: Guesses, b: Guesses) -> Guesses { Guesses(zip(a.costs, b.costs).map { $0 + $1 }) }
}
