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

  /// Whether most rows stay what they are under other settings: the time of collection concerns only what is open.
  func hasSameRules(as other: LedgerSettings) -> Bool { scheme == other.scheme && spotRule == other.spotRule }
}
