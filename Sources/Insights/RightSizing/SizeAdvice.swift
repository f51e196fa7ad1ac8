import Domain

/// The size that jobs of one definition should ask for.
package struct SizeAdvice: Equatable, Sendable {
  package enum Status: String, Sendable {
    /// A smaller size, or one that spares out-of-memory kills, would have cost less.
    case advised
    /// What is asked for fits.
    case fits
    /// Not enough measured jobs to say.
    case tooFew = "too-few"
  }

  package var group: UsageHistory.Group
  package var status: Status
  package var confidence: Confidence
  package var samples: Int
  package var outliers: Int
  package var isFargate: Bool
  /// The median request, what the percentile of jobs that ask for it used, and what is advised in its place.
  package var requested: Resources
  package var used: Resources?
  /// The memory of `used` is what a job that ran out of it is taken to need.
  package var isMemoryImputed = false
  package var advised: Resources
  package var days: [Int32: SizeReplay]

  /// Days on which its attempts began.
  package var daysSeen: Int { days.values.count { $0.attempts > 0 } }

  /// An average week of the days from its first to its last. Nil where it was not seen for long enough to speak of weeks:
  /// less than `leastSpan` days from the first to the last, or on fewer than `leastDays` of them.
  package var netPerWeek: Int64? {
    guard let first = days.keys.min(), let last = days.keys.max() else { return nil }
    let span = Int128(last - first) + 1
    guard span >= Int128(Self.leastSpan), daysSeen >= Self.leastDays else { return nil }
    return Int64(clamping: dividedHalfToEven(Int128(total.net) * 7, by: span))
  }

  package static let leastSpan = 7
  package static let leastDays = 3

  /// Whether the ledger knows no cost of any of its attempts.
  package var isUnpriced: Bool { days.values.allSatisfy { $0.cost == 0 } }

  package var total: SizeReplay { days.values.reduce(into: SizeReplay()) { $0 += $1 } }
}

/// How advice would have done, had it been given at half time.
package struct BackTest: Equatable, Sendable {
  /// Samples that the advice was fitted on.
  package var fitted = 0
  /// What it would have done to the measured attempts that came later.
  package var replay = SizeReplay()
}

/// What other sizes would have done to attempts that ran.
package struct SizeReplay: Equatable, Sendable {
  package var attempts = 0
  package var measured = 0
  /// As they ran.
  package var cost: Int64 = 0
  /// By smaller reservations and by out-of-memory kills that would not have been.
  package var saved: Int64 = 0
  /// Attempts whose measured peak exceeds the advice.
  package var killed = 0
  /// What those would have cost until they were killed, at most: all that they ran, beside running again as they did.
  package var killedCost: Int64 = 0

  package init() {}

  package var net: Int64 { saved - killedCost }

  package static func += (a: inout SizeReplay, b: SizeReplay) {
    a.attempts += b.attempts
    a.measured += b.measured
    a.cost += b.cost
    a.saved += b.saved
    a.killed += b.killed
    a.killedCost += b.killedCost
  }
}
