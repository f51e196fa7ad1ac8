/// How far off the model was in what an answer rests on. Errors are unsigned shares of what was really spent.
package struct Trust: Sendable, Equatable {
  /// Above this, no answer is given unless forced, except where chance explains it.
  package static let largestError = 0.15
  /// Chance excuses no more: replays that lie so far apart tell nothing.
  package static let largestChance = 0.5

  /// The largest error, whatever explains it; nil if nothing was spent.
  package private(set) var error: Double?
  /// The largest of the errors that chance does not explain; 0 if it explains all of them.
  package private(set) var unexplained = 0.0

  /// Whether an answer may be given without `--force`.
  package var isEnough: Bool { unexplained <= Self.largestError && (error ?? 0) <= Self.largestChance }
  /// Enough only because chance explains the error.
  package var restsOnChance: Bool { isEnough && (error ?? 0) > Self.largestError }

  mutating func add(_ guesses: Guesses, _ actual: Int64) {
    guard let own = guesses.error(actual).map(abs) else { return }
    error = max(error ?? 0, own)
    if !guesses.includes(actual) { unexplained = max(unexplained, own) }
  }
}
