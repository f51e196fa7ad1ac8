import Domain

extension EnvironmentAdvice {
  /// Short jobs of queues without a Spot environment: AWS recommends Spot for jobs of half an hour or less.
  ///
  /// Saving: the cost of definitions whose attempts last 30 minutes or less on average × (1 − Spot ÷ On-Demand rate
  /// of their instance type in that week).
  static let spotShareRule: Rule = { environment, prices in
    guard !environment.isSpot else { return [] }
    let short = environment.jobWork.filter { $0.isOnDemandOnly && $0.averageMilliseconds <= 1_800_000 && $0.cost > 0 }
    return Dictionary(grouping: short, by: \.queue).sorted { $0.key < $1.key }.compactMap { queue, work in
      var (saving, cost, attempts): (Int64, Int64, Int64) = (0, 0, 0)
      for part in work {
        guard let listed = prices.onDemand[part.instanceType], listed > 0,
          let spot = prices.spot[part.instanceType], spot < listed
        else { continue }
        saving += Int64(Int128(part.cost) * Int128(listed - spot) / Int128(listed))
        cost += part.cost
        attempts += part.attempts
      }
      guard saving > 0 else { return nil }
      return environment.change(.spotShare, at: queue, saving: saving, .low) {
        $0.attempts = attempts
        $0.cost = cost
        $0.cheaper = ChangeFacts.Share(part: saving, whole: cost)
      }
    }
  }
}
