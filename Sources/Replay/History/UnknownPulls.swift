import Domain

extension History {
  /// Assumes the environment's median pull for attempts whose pull is not known; for the first attempt on an instance,
  /// the median of first pulls.
  ///
  /// Otherwise such an attempt would seem to have been placed when it started, after others that came to its instance
  /// with it or later.
  mutating func assumePulls() {
    var (cold, warm) = (environments.map { _ in [Int64]() }, environments.map { _ in [Int64]() })
    for life in lives where life.type >= 0 {
      for (order, position) in life.attempts.enumerated() where attempts[Int(position)].knowsPull {
        let pull = attempts[Int(position)].started - attempts[Int(position)].placed
        if order == 0 { cold[life.environment].append(pull) } else { warm[life.environment].append(pull) }
      }
    }
    let (first, later) = (cold.map { Delay($0)?.median ?? 0 }, warm.map { Delay($0)?.median ?? 0 })
    for index in lives.indices where lives[index].type >= 0 {
      for (order, position) in lives[index].attempts.enumerated() where !attempts[Int(position)].knowsPull {
        let attempt = attempts[Int(position)]
        let pull = order == 0 ? first[lives[index].environment] : later[lives[index].environment]
        attempts[Int(position)].placed = max(attempt.started - pull, min(lives[index].started, attempt.started))
      }
      sortAttempts(ofLife: index)
    }
  }

  /// In the order in which they began.
  mutating func sortAttempts(ofLife index: Int) {
    let attempts = attempts
    lives[index].attempts.sort {
      (attempts[Int($0)].placed, attempts[Int($0)].id) < (attempts[Int($1)].placed, attempts[Int($1)].id)
    }
  }
}
