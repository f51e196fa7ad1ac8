import AWS
import ArgumentParser
import Collect
import Domain
import Foundation

/// Which accounts and regions to ask, and for what.
struct LiveOptions: ParsableArguments {
  @Option(help: "A region to collect; may be repeated. [default: AWS_REGION or the profile's]")
  var region: [String] = []
  @Option(help: "A profile of the AWS configuration; may be repeated.") var profile: [String] = []
  @Option(help: "A role to assume, one for each account; may be repeated.") var roleArn: [String] = []
  @Option(help: "Leave out jobs that ended before, such as 2026-11-01. [default: all that AWS still knows]")
  var since: Instant?
  @Option(help: "Ask only this source; may be repeated: \(LiveCollector.sourceNames.joined(separator: ", ")).")
  var source: [String] = []
  @Option(help: "Where EventBridge puts events: s3://BUCKET/PREFIX or a queue's URL; may be repeated.")
  var events: [String] = []
  @Flag(help: "Print the calls by operation.") var calls = false

  /// Whether a flag asks for a live collection.
  var isAsked: Bool {
    ![region, profile, roleArn, source, events].allSatisfy(\.isEmpty) || since != nil
  }

  mutating func validate() throws {
    for name in source where !LiveCollector.sourceNames.contains(name) {
      throw ValidationError("--source \(name): not one of \(LiveCollector.sourceNames.joined(separator: ", "))")
    }
  }

  func settings(asOf: Instant?) -> LiveSettings {
    let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    return LiveSettings(asOf: asOf ?? now, since: since, sources: source)
  }

  /// Accounts by flags; where there are none, those of the configuration file; else whoever we are.
  func targets(log: CallLog) throws -> [LiveTarget] {
    let configured = try ConfigurationFile.load().accounts ?? []
    var accounts: [AccountSettings]
    if profile.isEmpty, roleArn.isEmpty, !configured.isEmpty {
      accounts = configured
    } else {
      let profiles: [String?] = profile.isEmpty ? [nil] : profile
      let roles: [String?] = roleArn.isEmpty ? [nil] : roleArn
      accounts = profiles.flatMap { profile in roles.map { AccountSettings(profile: profile, roleARN: $0) } }
    }
    if !region.isEmpty { for index in accounts.indices { accounts[index].regions = region } }
    if !events.isEmpty, !accounts.isEmpty { accounts[0].events = events }
    return try accounts.flatMap { try $0.targets(log: log) }
  }
}
