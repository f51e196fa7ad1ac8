import Domain

/// A value fitted in one period, compared with what was observed in another.
package struct Assumption: Sendable {
  /// Its name.
  package var environment: String
  /// `boot delay`, `image pull` …
  package var name: String
  /// What a replay assumes on average: milliseconds, or reclaims per thousand instance-hours.
  package var assumed: Double
  /// What was observed, in the same unit.
  package var seen: Double
  /// In the period in which `seen` was observed.
  package var observations: Int
  /// The difference in standard errors.
  package var distance: Double

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
    return all.sorted { $0.distance > $1.distance }
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
