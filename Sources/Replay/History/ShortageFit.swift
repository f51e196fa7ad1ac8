import Domain

/// How often Spot had no capacity in a period, as far as the placement of jobs shows: part of a replay's market.
///
/// Every share is shrunk towards the all-time share with the weight of 20 observations.
struct ShortageFit {
  private static let prior = 20.0

  private struct Count {
    var seen = 0
    var passed = 0

    func share(before prior: Count) -> Double {
      guard prior.seen > 0 else { return 0 }
      let known = Double(prior.passed) / Double(prior.seen)
      return (Double(passed) + known * ShortageFit.prior) / (Double(seen) + ShortageFit.prior)
    }
  }

  private struct Counts {
    /// By queue: retries, after lost hosts and failures alike, for which the first environment had room. Other retries
    /// do not show whether they would have passed it over.
    var retries: [Count]
    /// By environment: launches that it could have made, other than those for retries.
    var launches: [Count]
  }

  private let within: Counts
  private let known: Counts

  /// - Parameters:
  ///   - span: the market's time.
  ///   - all: everything known, including the span.
  init(_ history: History, _ shadow: Shadow, over span: TimeSpan, known all: TimeSpan) {
    within = Self.counts(history, shadow, span)
    known = Self.counts(history, shadow, all)
  }

  /// The share of a queue's retries that pass over its first environment although that has room.
  func diversion(ofQueue index: Int) -> Double { within.retries[index].share(before: known.retries[index]) }

  /// The share of an environment's launches that the queue's next environment makes instead.
  func shortage(of index: Int) -> Double { within.launches[index].share(before: known.launches[index]) }

  private static func counts(_ history: History, _ shadow: Shadow, _ span: TimeSpan) -> Counts {
    var counts = Counts(
      retries: history.queues.map { _ in Count() }, launches: history.environments.map { _ in Count() })
    for (index, attempt) in history.attempts.enumerated() {
      guard attempt.placed >= span.start.milliseconds, attempt.placed < span.end.milliseconds else { continue }
      let choice = shadow.choices[index]
      let order = history.queues[Int(attempt.queue)].environments
      if index > 0, history.attempts[index - 1].job == attempt.job {
        if order.count < 2 || !choice.hadRoomFirst { continue }
        counts.retries[Int(attempt.queue)].seen += 1
        if choice.firstEnvironment > 0 { counts.retries[Int(attempt.queue)].passed += 1 }
      } else if choice.isLaunch,
        let own = order.firstIndex(of: history.lives[Int(attempt.life)].environment)
      {
        for environment in order.prefix(Int(choice.firstEnvironment)) {
          counts.launches[environment].seen += 1
          counts.launches[environment].passed += 1
        }
        counts.launches[order[own]].seen += 1
      }
    }
    return counts
  }
}
