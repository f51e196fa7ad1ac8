/// The run times of attempts that ended by themselves, by job definition.
///
/// An attempt that was lost with its Spot host and not run again would have run longer: its time is censored. On a host
/// that is not reclaimed it takes as long as a longer attempt of its definition, drawn at random but the same in every
/// replay. Without that, work would be lost in the history and lost again in the replay.
struct Durations {
  private var sorted: [Int32: [Int64]] = [:]

  init(_ history: History) {
    for attempt in history.attempts where !attempt.isLost && !attempt.isLostForGood && !attempt.isOpen {
      sorted[attempt.definition, default: []].append(attempt.stopped - attempt.started)
    }
    for definition in sorted.keys { sorted[definition]?.sort() }
  }

  func duration(of attempt: History.Attempt, _ history: History) -> Int64 {
    let seen = attempt.stopped - attempt.started
    let environment = history.environments[history.lives[Int(attempt.life)].environment]
    guard attempt.isLostForGood, environment.kind.isSpot else { return seen }
    let longer = (sorted[attempt.definition] ?? []).drop { $0 <= seen }
    let share = Draw(seed: 0).share(.duration, Int(attempt.id))
    return longer.isEmpty ? seen : longer[longer.startIndex + Int(share * Double(longer.count))]
  }
}
