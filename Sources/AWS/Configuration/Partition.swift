/// A part of AWS with its own accounts, endpoints and prices.
package enum Partition: String, Sendable, CaseIterable {
  case aws
  case china = "aws-cn"
  case govCloud = "aws-us-gov"

  /// The partition of a region, from the region's name.
  package init(region: String) {
    if region.hasPrefix("cn-") {
      self = .china
    } else if region.hasPrefix("us-gov-") {
      self = .govCloud
    } else {
      self = .aws
    }
  }

  /// What hosts of its services end with.
  package var domain: String { self == .china ? "amazonaws.com.cn" : "amazonaws.com" }

  /// The region to ask for the Price List, which a few regions serve for the whole partition.
  ///
  /// Nil for GovCloud, which has none: the commercial partition lists its prices, and needs commercial credentials.
  package func pricingRegion(near region: String) -> String? {
    switch self {
    case .china: return "cn-northwest-1"
    case .govCloud: return nil
    case .aws:
      if ["us-east-1", "eu-central-1", "ap-south-1"].contains(region) { return region }
      if region.hasPrefix("eu-") || region.hasPrefix("il-") || region.hasPrefix("af-") { return "eu-central-1" }
      if region.hasPrefix("ap-") || region.hasPrefix("me-") { return "ap-south-1" }
      return "us-east-1"
    }
  }
}
