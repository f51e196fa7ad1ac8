import Domain

/// The size that jobs of one definition should ask for. All money is in nanodollars.
package struct SizeAdvice: Equatable, Sendable {
  /// Raw values are those of `right_sizing.status`.
  package enum Status: String, Sendable {
    /// A smaller size, or one that avoids out-of-memory kills, would have cost less.
    case advised
    /// The request is right.
    case fits
    /// Not enough measured jobs to say.
    case tooFew = "too-few"
  }

  package var group: UsageHistory.Group
  package var status: Status
  package var confidence: Confidence
  /// Jobs with measured use; an array child is a job.
  package var samples: Int
  /// Samples whose peak is too far from the others to count.
  package var outliers: Int
  /// Then the advised size is one that Fargate offers.
  package var isFargate: Bool
  /// The median request of the measured attempts.
  package var requested: Resources
  /// What the percentile of jobs used, at that request; nil if there are too few.
  package var used: Resources?
  /// The memory in `used` is the estimated need of a job that ran out of memory.
  package var isMemoryImputed = false
  /// The request itself unless the status is `advised`.
  package var advised: Resources
  /// The effect of the advised size, by the UTC day on which attempts began or have cost; without advice, what was.
  package var days: [Int32: SizeReplay]

  /// Days on which its attempts began.
  package var daysSeen: Int { days.values.count { $0.attempts > 0 } }

  /// An average week, from its first to its last day. Nil if it was not seen for long enough: fewer than `leastSpan`
  /// days from the first to the last, or on fewer than `leastDays` of them.
  package var netPerWeek: Int64? {
    guard let first = days.keys.min(), let last = days.keys.max() else { return nil }
    let span = Int128(last - first) + 1
    guard span >= Int128(Self.leastSpan), daysSeen >= Self.leastDays else { return nil }
    return Int64(clamping: dividedHalfToEven(Int128(total.net) * 7, by: span))
  }

  /// With fewer days than this from the first to the last, there is no average week.
  package static let leastSpan = 7
  /// The same of days on which attempts began.
  package static let leastDays = 3

  /// Whether the ledger has no cost for any of its attempts.
  package var isUnpriced: Bool { days.values.allSatisfy { $0.cost == 0 } }

  /// Of all days; see `days`.
  package var total: SizeReplay { days.values.reduce(into: SizeReplay()) { $0 += $1 } }
}

/// How advice would have performed, had it been given at half time, for all groups together.
package struct BackTest: Equatable, Sendable {
  /// Samples that the advice was fitted on.
  package var fitted = 0
  /// Its effect on the measured attempts that came later.
  package var replay = SizeReplay()
}

/// The effect of other sizes on attempts that ran. Money is in nanodollars; the size of an unmeasured attempt changes
/// too.
package struct SizeReplay: Equatable, Sendable {
  /// Those that began in the period.
  package var attempts = 0
  /// Those of them whose use was measured.
  package var measured = 0
  /// As they ran.
  package var cost: Int64 = 0
  /// From smaller reservations and from avoided out-of-memory kills.
  package var saved: Int64 = 0
  /// Attempts whose measured peak exceeds the advice.
  package var killed = 0
  /// The most that those would have cost until they were killed: all of their running time, in addition to the re-runs.
  package var killedCost: Int64 = 0

  package init() {}

  /// Negative if the other size would have cost more.
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
