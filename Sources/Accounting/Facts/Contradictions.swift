import Domain

/// What sources say of the same attempts and cannot both be true, with the time that it concerns.
struct Contradictions {
  /// Two instances for one registration with ECS.
  struct Pair: Hashable {
    /// By the registration: it bears the attempts.
    var registered: String
    /// By an attempt's status reason, or by its task.
    var named: String
  }

  private var pairs: [Pair: (attempts: Int, milliseconds: Int64, day: Day)] = [:]

  mutating func note(_ pair: Pair, from start: Int64, to end: Int64) {
    let day = Instant(milliseconds: start).day
    var sum = pairs[pair] ?? (0, 0, day)
    sum.attempts += 1
    sum.milliseconds += end - start
    sum.day = min(sum.day, day)
    pairs[pair] = sum
  }

  /// - Parameter scope: whose instances' attempts were all read.
  func findings(_ scope: FactScope) -> [Finding] {
    let known = pairs.filter { scope.contains(instance: $0.key.registered) }
    return known.sorted { ($0.key.registered, $0.key.named) < ($1.key.registered, $1.key.named) }.map { pair, sum in
      Finding(
        "two-instances", .warning, subject: pair.registered,
        message:
          "\(counted(sum.attempts)) of its registration name \(pair.named) instead; \(pair.registered) is charged for them",
        day: sum.day, milliseconds: sum.milliseconds)
    }
  }

  private func counted(_ attempts: Int) -> String { "\(attempts) attempt\(attempts == 1 ? "" : "s")" }
}
