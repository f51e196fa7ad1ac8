import AWS
import ArgumentParser
import Base
import Collect
import Configuration

/// One entry of `accounts` in batchcost.yaml.
struct AccountSettings {
  /// Its name in progress and messages.
  var name: String?
  /// A profile of the AWS configuration; nil: the usual credentials.
  var profile: String?
  /// A role to assume with them.
  var roleARN: String?
  var externalID: String?
  /// Empty: the profile's.
  var regions: [String] = []
  /// Where EventBridge sends events: `s3://bucket/prefix`, or the URL of a queue.
  var events: [EventPlace] = []

  /// - Throws: `SettingError` for invalid settings.
  init(_ reader: SettingsReader) throws {
    try reader.allow(["name", "profile", "role_arn", "external_id", "regions", "events"])
    name = try reader.string("name")
    profile = try reader.value("profile", as: { $0.isEmpty ? nil : $0 }, expected: "the name of a profile")
    roleARN = try reader.value(
      "role_arn", as: Self.role, expected: "a role's ARN, such as arn:aws:iam::111122223333:role/batchcost")
    externalID = try reader.string("external_id")
    regions = try reader.strings("regions")
    for region in regions where !Endpoints.isRegionName(region) {
      throw reader.error("regions", "has \"\(region)\", and must have regions, such as us-east-1")
    }
    events = try reader.strings("events").map { text in
      guard let place = EventPlace(text) else {
        throw reader.error(
          "events", "has \"\(text.withoutPasswords)\", and must have s3://BUCKET/PREFIX or the URL of a queue")
      }
      return place
    }
    if externalID != nil, roleARN == nil { throw reader.error("external_id", "needs role_arn too") }
  }

  private static func role(_ text: String) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let isRole =
      parts.count == 6 && parts[0] == "arn" && parts[2] == "iam" && parts[4].count == 12
      && parts[4].allSatisfy(\.isNumber) && parts[5].hasPrefix("role/")
    return isRole ? text : nil
  }

  init(profile: String? = nil, roleARN: String? = nil) {
    self.profile = profile
    self.roleARN = roleARN
  }

  /// One target per region.
  /// - Throws: `AWSError` if a profile or region is missing.
  func targets(log: CallLog) throws -> [LiveTarget] {
    let session = try AWSSession(environment: .process, profile: profile, log: log)
    var home = try session.client(region: regions.first)
    if let roleARN { home = home.assuming(RoleToAssume(arn: roleARN, externalID: externalID)) }
    let who = name ?? roleARN.map(Self.account) ?? profile
    return (regions.isEmpty ? [home.region] : regions).enumerated().map { index, region in
      // Events are read once, whichever regions they come from.
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
  /// - Throws: `ValidationError` if the text names no place.
  static func parse(_ text: String) throws -> EventPlace {
    guard let place = EventPlace(text) else {
      throw ValidationError("events \(text.withoutPasswords): neither s3://BUCKET/PREFIX nor the URL of a queue")
    }
    return place
  }
}
