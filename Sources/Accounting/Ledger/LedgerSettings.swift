import Domain

/// How a ledger is built. Stored with the ledger: every report says which settings were used.
package struct LedgerSettings: Equatable, Sendable {
  /// How a vCPU, a GB and a GPU count when a charge is divided.
  package var scheme: WeightScheme
  /// Which Spot price an instance-hour pays.
  package var spotRule: SpotPriceRule
  /// Replaces the time of collection; nil: each account's own.
  package var asOf: Instant?

  package init(scheme: WeightScheme = .splitCost, spotRule: SpotPriceRule = .instanceHour, asOf: Instant? = nil) {
    self.scheme = scheme
    self.spotRule = spotRule
    self.asOf = asOf
  }

  /// Whether most rows stay the same under other settings: the time of collection affects only what is open.
  func hasSameRules(as other: LedgerSettings) -> Bool { scheme == other.scheme && spotRule == other.spotRule }
}
