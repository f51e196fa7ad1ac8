import Domain

/// How a ledger is built. Stored with it: every report says what was used.
package struct LedgerSettings: Equatable, Sendable {
  package var scheme: WeightScheme
  package var spotRule: SpotPriceRule
  /// Stands in for the time of collection; nil takes each account's own.
  package var asOf: Instant?

  package init(scheme: WeightScheme = .splitCost, spotRule: SpotPriceRule = .instanceHour, asOf: Instant? = nil) {
    self.scheme = scheme
    self.spotRule = spotRule
    self.asOf = asOf
  }
}

/// What a build did.
package struct LedgerSummary: Equatable, Sendable {
  package var instances = 0
  package var fargateTasks = 0
  package var attempts = 0
  package var unplaced = 0
  package var postings = 0
  package var cost = Money.zero
  package var findings = 0
  /// Resources whose rows were not what they are now.
  package var changedResources = 0
}
