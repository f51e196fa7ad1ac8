/// How a queue divides capacity among share identifiers: its scheduling policy (AWS Batch, `FairsharePolicy`).
package struct FairShare: Sendable, Equatable {
  /// The time after which 1/e of the usage still counts, in milliseconds. Batch documents the period over which it
  /// counts usage, and that recent usage weighs more, but not how much.
  package var decay: Int64
  /// The part of the maximum vCPUs that is reserved for shares without jobs is this, to the power of the number of
  /// shares with jobs: 0 to 1.
  package var reservation: Double
  /// Weight factors by share identifier, or by a prefix that ends with `*`: half the weight, twice the vCPUs.
  package var weights: [String: Double]

  /// Batch's value for 0.
  package static let leastDecay: Int64 = 600_000

  /// Values that Batch does not take are moved to the nearest that it takes.
  package init(decay: Int64 = leastDecay, reservation: Double = 0, weights: [String: Double] = [:]) {
    self.decay = max(decay, Self.leastDecay)
    self.reservation = min(max(reservation, 0), 0.99)
    self.weights = weights
  }

  /// 1 for a share that the policy does not name.
  func weight(of share: String) -> Double {
    if let weight = weights[share] { return weight }
    return weights.first { $0.key.hasSuffix("*") && share.hasPrefix($0.key.dropLast()) }?.value ?? 1
  }

  /// The part of the maximum vCPUs that may be launched while this many shares have jobs.
  func part(whenActive shares: Int) -> Double {
    var kept = 1.0
    for _ in 0..<max(shares, 1) { kept *= reservation }
    return 1 - kept
  }
}
