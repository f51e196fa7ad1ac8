import Domain

/// Fits `TypePreference` from launches.
///
/// The weights are maximum-likelihood estimates with a normal prior: an environment's are drawn towards those of all
/// environments together, and those towards zero. An environment with few choices is taken to be like the others.
struct PreferenceFit {
  /// A launch with a choice: the types that were possible, and the one that was launched.
  struct Choice {
    var offers: [TypePreference.Offer]
    var chosen: Int
    var need = Need(milliVCPUs: 0, memoryMiB: 0)
    /// Positions in `Model.shapes`.
    var types: [Int] = []
    /// Nanodollars an hour; nil where there is no price.
    var rates: [Double?] = []

    /// The one with the lowest price an hour, if any is known.
    var cheapest: Int? {
      rates.enumerated().compactMap { index, rate in rate.map { (rate: $0, index: index) } }
        .min { ($0.rate, $0.index) < ($1.rate, $1.index) }?.index
    }
  }

  /// Inverse variances of the priors, in powers of e an octave: for one environment around all, and for all around 0.
  private static let ownPrecision = 4.0
  private static let commonPrecision = 1.0
  private static let steps = 30

  private let history: History
  private let launches: [[History.Life]]

  init(_ history: History, over span: TimeSpan) {
    self.history = history
    let times = span.start.milliseconds..<span.end.milliseconds
    var launches = [[History.Life]](repeating: [], count: history.environments.count)
    for life in history.lives where life.type >= 0 && !life.attempts.isEmpty && times.contains(life.started) {
      launches[life.environment].append(life)
    }
    self.launches = launches
  }

  /// By environment.
  func preferences() -> [TypePreference] {
    let choices = history.environments.indices.map { self.choices(of: $0) }
    let all = choices.flatMap { $0 }
    let common = Self.weights(all, around: TypePreference.Weights(), precision: Self.commonPrecision)
    return history.environments.indices.map { index in
      var weights = Self.weights(choices[index], around: common, precision: Self.ownPrecision)
      weights.count = all.count
      var preference = TypePreference(
        weights: weights,
        launches: launches[index].map { TypePreference.Launch(need: need($0), type: $0.type) },
        zones: launches[index].map(\.zone))
      preference.isByRule =
        history.environments[index].kind == .onDemand && history.environments[index].strategy == .bestFit
        && Self.followCheapest(choices[index])
      return preference
    }
  }

  /// Whether most launches got the cheapest type; without any, true.
  ///
  /// BEST_FIT waits for the type that it chose, where other strategies take another (AWS Batch User Guide, "Instance
  /// type allocation strategies").
  static func followCheapest(_ choices: [Choice]) -> Bool {
    let known = choices.filter { $0.cheapest != nil }
    return 2 * known.count { $0.cheapest == $0.chosen } >= known.count
  }

  private func need(_ life: History.Life) -> Need { history.attempts[Int(life.attempts[0])].need }

  func choices(of environment: Int) -> [Choice] {
    let place = history.environments[environment]
    let zone = place.zones.first
    return launches[environment].compactMap { life in
      let need = need(life)
      let types = place.types.filter { need.fits(history.shapes[$0].room) }
      guard types.count > 1, let chosen = types.firstIndex(of: life.type) else { return nil }
      let rates = types.map { type in
        Model.rate(
          history.prices, place, history.shapes[type].name, zone: zone, at: Instant(milliseconds: life.started))
      }
      return Choice(
        offers: TypePreference.Offer.all(
          need, milliVCPUs: types.map { history.shapes[$0].nominal.milliVCPUs }, rates: rates), chosen: chosen,
        need: need,
        types: types, rates: rates)
    }
  }

  /// Newton's method; the likelihood of a logit has a single maximum.
  static func weights(
    _ choices: [Choice], around prior: TypePreference.Weights, precision: Double
  ) -> TypePreference.Weights {
    var (a, b) = (prior.excess, prior.dearness)
    for _ in 0..<steps {
      var gradient = (a: precision * (prior.excess - a), b: precision * (prior.dearness - b))
      var curvature = (aa: precision, ab: 0.0, bb: precision)
      for choice in choices {
        let logits = choice.offers.map { a * $0.excess + b * $0.dearness }
        let most = logits.max() ?? 0
        let odds = logits.map { ($0 - most).exponential }
        let sum = odds.reduce(0, +)
        var mean = (a: 0.0, b: 0.0)
        var square = (aa: 0.0, ab: 0.0, bb: 0.0)
        for (odd, offer) in zip(odds, choice.offers) {
          let share = odd / sum
          mean.a += share * offer.excess
          mean.b += share * offer.dearness
          square.aa += share * offer.excess * offer.excess
          square.ab += share * offer.excess * offer.dearness
          square.bb += share * offer.dearness * offer.dearness
        }
        gradient.a += choice.offers[choice.chosen].excess - mean.a
        gradient.b += choice.offers[choice.chosen].dearness - mean.b
        curvature.aa += square.aa - mean.a * mean.a
        curvature.ab += square.ab - mean.a * mean.b
        curvature.bb += square.bb - mean.b * mean.b
      }
      let determinant = curvature.aa * curvature.bb - curvature.ab * curvature.ab
      let step = (
        a: (curvature.bb * gradient.a - curvature.ab * gradient.b) / determinant,
        b: (curvature.aa * gradient.b - curvature.ab * gradient.a) / determinant
      )
      a += step.a
      b += step.b
      if abs(step.a) + abs(step.b) < 1e-9 { break }
    }
    return TypePreference.Weights(excess: a, dearness: b, count: choices.count)
  }
}
