/// An AWS account in one region: what a collection covers.
package struct AccountRegion: Hashable, Comparable, Sendable {
  /// Twelve digits; empty if documents do not give it.
  package var account: String
  /// Empty if documents do not give it.
  package var region: String

  package init(account: String, region: String) {
    self.account = account
    self.region = region
  }

  package static func < (a: AccountRegion, b: AccountRegion) -> Bool { (a.account, a.region) < (b.account, b.region) }

  /// `eu-west-1:111122223333`
  init(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    self.init(account: parts.count > 1 ? parts[1] : "", region: parts.first ?? "")
  }

  var text: String { "\(region):\(account)" }
}
