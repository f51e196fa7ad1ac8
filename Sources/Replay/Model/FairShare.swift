/// How a queue divides what there is among share identifiers: its scheduling policy (AWS Batch, `FairsharePolicy`).
package struct FairShare: Sendable, Equatable {
  /// After this time 1/e of what was used still counts, in milliseconds. Batch says over which time it counts use, and that later
  /// use weighs more, but not how.
  package var decay: Int64
  /// Of the maximum vCPUs this, to the power of the shares that have jobs, is kept for shares that have none: 0 to 1.
  package var reservation: Double
  /// Weight factors by share identifier, or by the beginning of some where it ends with `*`: half the weight, twice the vCPUs.
  package var weights: [String: Double]

  /// What Batch takes 0 for.
  package static let leastDecay: Int64 = 600_000

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

  /// The part of the maximum vCPUs that may be launched while so many shares have jobs.
  func part(whenActive shares: Int) -> Double {
    var kept = 1.0
    for _ in 0..<max(shares, 1) { kept *= reservation }
    return 1 - kept
  }
}
