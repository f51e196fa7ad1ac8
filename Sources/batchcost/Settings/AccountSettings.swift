import AWS
import ArgumentParser
import Collect

/// One entry of `accounts` in batchcost.yaml.
struct AccountSettings: Decodable {
  /// What progress and messages call it.
  var name: String?
  /// A profile of the AWS configuration; nil: the usual credentials.
  var profile: String?
  /// A role to assume with them.
  var roleARN: String?
  var externalID: String?
  /// Nil or empty: the profile's.
  var regions: [String]?
  /// Where EventBridge puts events: `s3://bucket/prefix`, or the URL of a queue.
  var events: [String]?

  private enum CodingKeys: String, CodingKey {
    case name, profile, regions, events
    case roleARN = "role_arn"
    case externalID = "external_id"
  }

  init(name: String? = nil, profile: String? = nil, roleARN: String? = nil, regions: [String]? = nil) {
    self.name = name
    self.profile = profile
    self.roleARN = roleARN
    self.regions = regions
  }

  /// A target for each region.
  /// - Throws: `AWSError` where a profile or region is missing.
  func targets(log: CallLog) throws -> [LiveTarget] {
    let session = try AWSSession(environment: .process, profile: profile, log: log)
    let regions = self.regions ?? []
    var home = try session.client(region: regions.first)
    if let roleARN { home = home.assuming(RoleToAssume(arn: roleARN, externalID: externalID)) }
    let who = name ?? roleARN.map(Self.account) ?? profile
    let events = try (self.events ?? []).map(EventPlace.parse)
    return (regions.isEmpty ? [home.region] : regions).enumerated().map { index, region in
      // Events are read once, whatever regions they tell of.
      LiveTarget(
        client: home.at(region: region), name: who.map { "\($0) \(region)" }, events: index == 0 ? events : [])
    }
  }

  /// `arn:aws:iam::111122223333:role/batchcost` → `111122223333`
  private static func account(of role: String) -> String {
    let parts = role.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count > 4 ? String(parts[4]) : role
  }
}

extension EventPlace {
  /// - Throws: `ValidationError` where a text names no place.
  static func parse(_ text: String) throws -> EventPlace {
    guard let place = EventPlace(text) else {
      throw ValidationError("events \(text): not s3://BUCKET/PREFIX, nor the URL of a queue")
    }
    return place
  }
}
