import Domain

/// Which instance types an environment gets: estimated from past launches, instead of a rule.
///
/// One of the types that fit a job is drawn. Each is weighted by a conditional logit (McFadden 1974) of how much larger
/// it is than the job and of its price per vCPU, and by its past launches for jobs of about that size.
package struct TypePreference: Sendable, Equatable {
  /// A launch, and what the job it was made for requested.
  package struct Launch: Sendable, Equatable {
    /// What that job requested, which may be less than the type offers.
    package var need: Need
    /// Position in `Model.shapes`.
    package var type: Int

    package init(need: Need, type: Int) {
      self.need = need
      self.type = type
    }
  }

  /// How a type compares with a job, in octaves.
  struct Offer: Sendable, Equatable {
    /// vCPUs of the type ÷ vCPUs of the job.
    var excess: Double
    /// Price per vCPU ÷ the lowest among the types that fit the job.
    var dearness: Double
  }

  /// How much less likely a type is with each octave of excess and of dearness: powers of e.
  package struct Weights: Sendable, Equatable {
    /// Per doubling of vCPUs beyond what the job requests.
    package var excess = 0.0
    /// Per doubling of the price per vCPU.
    package var dearness = 0.0
    /// The number of launches with a choice behind the fit.
    package var count = 0
  }

  package var weights = Weights()
  /// The environment's strategy leaves nothing to chance, and launches followed it.
  package var isByRule = false
  /// By request and type.
  private var launches: [Need: [Int: Int]] = [:]
  /// Launches by zone, with the numbers of `Trace.zones`.
  private var zones: [(zone: Int, count: Int)] = []

  /// The logit weighs as much as this many launches for one size.
  private static let priorLaunches = 4.0
  /// Launches for jobs that differ by this many octaves of vCPUs and memory count 1/e.
  private static let likeness = 0.5
  /// With fewer choices in the account, its market is unknown.
  private static let leastChoices = 10

  package init() {}

  package init(weights: Weights, launches: [Launch], zones: [Int]) {
    self.weights = weights
    for launch in launches { self.launches[launch.need, default: [:]][launch.type, default: 0] += 1 }
    var counts: [Int: Int] = [:]
    for zone in zones where zone >= 0 { counts[zone, default: 0] += 1 }
    self.zones = counts.sorted { $0.key < $1.key }.map { (zone: $0.key, count: $0.value) }
  }

  package static func == (a: TypePreference, b: TypePreference) -> Bool {
    a.weights == b.weights && a.isByRule == b.isByRule && a.launches == b.launches
      && a.zones.elementsEqual(b.zones, by: ==)
  }

  /// Whether types are drawn: there were enough choices for an estimate, and no rule decides.
  var isDrawn: Bool { weights.count >= Self.leastChoices && !isByRule }

  /// The probability of each offer.
  ///
  /// - Complexity: O(n) in the distinct requests that launches were made for.
  func shares(_ need: Need, _ types: [Int], _ offers: [Offer]) -> [Double] {
    let logits = offers.map { weights.excess * $0.excess + weights.dearness * $0.dearness }
    let most = logits.max() ?? 0
    let odds = logits.map { ($0 - most).exponential }
    let sum = odds.reduce(0, +)
    var shares = odds.map { $0 / sum * Self.priorLaunches }
    for (other, counts) in launches {
      let likeness = (-Self.distance(other, need) / Self.likeness).exponential
      if likeness < 0.01 { continue }
      for (index, type) in types.enumerated() {
        if let count = counts[type] { shares[index] += Double(count) * likeness }
      }
    }
    let all = shares.reduce(0, +)
    return shares.map { $0 / all }
  }

  /// A zone, drawn in proportion to past launches; nil if there were none.
  func zone(share: Double) -> Int? {
    var left = share * Double(zones.reduce(0) { $0 + $1.count })
    for (zone, count) in zones {
      left -= Double(count)
      if left < 0 { return zone }
    }
    return zones.last?.zone
  }

  private static func distance(_ a: Need, _ b: Need) -> Double {
    octaves(a.milliVCPUs, b.milliVCPUs) + octaves(a.memoryMiB, b.memoryMiB) + octaves(a.gpus, b.gpus)
  }

  private static func octaves(_ a: Int32, _ b: Int32) -> Double {
    abs(Double(max(a, 0) + 1).logarithm2 - Double(max(b, 0) + 1).logarithm2)
  }
}

extension TypePreference.Offer {
  /// How the types that fit a job compare with it.
  ///
  /// - Parameter rates: the price of each; one without a price counts as the mean.
  static func all(_ need: Need, milliVCPUs: [Int64], rates: [Double?]) -> [Self] {
    let prices = zip(rates, milliVCPUs).map { rate, size in rate.map { ($0 / Double(size)).logarithm2 } }
    let known = prices.compactMap { $0 }
    let least = known.min() ?? 0
    let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    return zip(milliVCPUs, prices).map { size, price in
      Self(
        excess: (Double(size) / Double(max(need.milliVCPUs, 1))).logarithm2, dearness: (price ?? mean) - least)
    }
  }
}
