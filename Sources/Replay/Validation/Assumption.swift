import Domain

/// A value fitted in one period, compared with what was observed in another.
package struct Assumption: Sendable {
  /// Its name.
  package var environment: String
  /// `boot delay`, `image pull` …
  package var name: String
  package var unit = Unit.milliseconds
  /// What a replay assumes on average.
  package var assumed: Double
  /// What was observed, in the same unit.
  package var seen: Double
  /// In the period in which `seen` was observed.
  package var observations: Int
  /// The difference in standard errors.
  package var distance: Double

  /// What `assumed` and `seen` count.
  package enum Unit: Sendable {
    case milliseconds
    /// Nanodollars an hour.
    case price
  }

  /// Assumed ÷ observed.
  package var ratio: Double { seen > 0 ? assumed / seen : assumed > 0 ? .infinity : 1 }

  /// Off by half or more, and by more than chance explains.
  package var isRefuted: Bool { observations >= 10 && distance > 5 && (ratio > 1.5 || ratio < 1 / 1.5) }

  static func all(_ fit: Fit, _ seen: Fit, _ history: History) -> [Assumption] {
    var all: [Assumption] = []
    for (index, environment) in history.environments.enumerated() {
      let (own, other) = (fit.behaviours[index], seen.behaviours[index])
      let delays: [(String, KeyPath<Behaviour, Delay>)] = [
        ("boot delay", \.boot), ("image pull, first", \.coldPull), ("image pull, later", \.warmPull),
        ("scheduling", \.scheduling), ("idle tail", \.tail), ("pause after a lost host", \.retry),
      ]
      for (name, path) in delays {
        let (a, b) = (own[keyPath: path], other[keyPath: path])
        guard a.count > 1, b.count > 1 else { continue }
        let error = (a.variance / Double(a.count) + b.variance / Double(b.count)).squareRoot()
        all.append(
          Assumption(
            environment: environment.name, name: name, assumed: Double(a.mean), seen: Double(b.mean),
            observations: min(a.count, b.count), distance: abs(Double(a.mean - b.mean)) / max(error, 1)))
      }
    }
    return (all + prices(fit, seen, history)).sorted { $0.distance > $1.distance }
  }

  /// The hourly price of the types that launches are drawn, beside that of the types that they got for the same jobs.
  ///
  /// It tests the drawing of types by dozens of launches, where a week's cost is a single draw.
  private static func prices(_ fit: Fit, _ seen: Fit, _ history: History) -> [Assumption] {
    let launches = PreferenceFit(history, over: seen.span)
    return history.environments.indices.compactMap { index in
      let preference = fit.preferences[index]
      guard preference.isDrawn else { return nil }
      var (assumed, got, variance, count) = (0.0, 0.0, 0.0, 0)
      for choice in launches.choices(of: index) {
        let rates = choice.rates.compactMap(\.self)
        guard rates.count == choice.rates.count else { continue }
        let shares = preference.shares(choice.need, choice.types, choice.offers)
        let mean = zip(shares, rates).reduce(0) { $0 + $1.0 * $1.1 }
        assumed += mean
        variance += zip(shares, rates).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
        got += rates[choice.chosen]
        count += 1
      }
      guard count > 1 else { return nil }
      return Assumption(
        environment: history.environments[index].name, name: "price of a launch", unit: .price,
        assumed: assumed / Double(count), seen: got / Double(count), observations: count,
        distance: abs(assumed - got) / max(variance.squareRoot(), 1))
    }
  }
}

extension Delay {
  /// The variance between quantiles.
  var variance: Double {
    guard quantiles.count > 1 else { return 0 }
    let average = Double(mean)
    return quantiles.reduce(0) { $0 + (Double($1) - average) * (Double($1) - average) } / Double(quantiles.count)
  }
}
