import Domain

extension EnvironmentAdvice {
  /// Jobs that lost their Spot host and ran again On-Demand although the pool still had a Spot price.
  ///
  /// Saving: their cost − the same at the Spot rate of their zone and type when they started.
  static let retryOnSpotRule: Rule = { environment, _ in
    environment.reruns.filter { $0.cost > $0.spotCost }.map { reruns in
      environment.change(.retryOnSpot, at: reruns.queue, saving: reruns.cost - reruns.spotCost, .fair) {
        $0.attempts = reruns.attempts
      }
    }
  }
}
