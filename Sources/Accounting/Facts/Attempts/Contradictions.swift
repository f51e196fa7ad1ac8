import Domain

/// Statements about the same attempts that cannot both be true, with the time affected.
struct Contradictions {
  /// Two instances for one ECS registration.
  struct Pair: Hashable {
    /// According to the registration: the attempts are charged to it.
    var registered: String
    /// According to an attempt's status reason, or its task.
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

  /// - Parameter scope: the instances whose attempts were all read.
  func findings(_ scope: FactScope) -> [Finding] {
    let known = pairs.filter { scope.contains(instance: $0.key.registered) }
    return known.sorted { ($0.key.registered, $0.key.named) < ($1.key.registered, $1.key.named) }.map { pair, sum in
      Finding(
        "two-instances", .warning, subject: pair.registered,
        message:
          "\(counted(sum.attempts)) of its registration \(sum.attempts == 1 ? "names" : "name") \(pair.named) instead; \(pair.registered) is charged for \(sum.attempts == 1 ? "it" : "them")",
        day: sum.day, milliseconds: sum.milliseconds)
    }
  }

  private func counted(_ attempts: Int) -> String { "\(attempts) attempt\(attempts == 1 ? "" : "s")" }
}
