import Domain

extension EnvironmentAdvice {
  /// Jobs that lost their Spot host and ran again On-Demand, though the pool still had a Spot price.
  ///
  /// Saving: their cost − the same at the Spot rate of their zone and type when they started.
  static let retryOnSpotRule: Rule = { environment, _ in
    environment.reruns.filter { $0.cost > $0.spotCost }.map { reruns in
      let saving = reruns.cost - reruns.spotCost
      return Change(
        rule: "retry-on-spot", environment: environment.id, place: reruns.queue,
        title: "Retry interrupted jobs of \(reruns.queue) on Spot first",
        explanation: "\(Words.count(reruns.attempts, "re-run", "re-runs")) landed on On-Demand, "
          + "\(Words.money(saving, in: environment.region)) above the Spot price of those hours.",
        now:
          "\(Words.count(reruns.attempts, "re-run", "re-runs")) after interruptions fell through to \(environment.name)",
        advice: "Put a second Spot environment before \(environment.name)",
        note: "at the Spot price of those hours", confidence: .fair, risk: "a re-run may be interrupted again",
        saving: saving)
    }
  }
}
