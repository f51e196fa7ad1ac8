import AWS
import ArgumentParser
import Collect

/// Which accounts and regions to ask.
struct AccountOptions: ParsableArguments {
  @Option(help: "A region; may be repeated. [default: AWS_REGION or the profile's]") var region: [String] = []
  @Option(help: "A profile of the AWS configuration; may be repeated.") var profile: [String] = []
  @Option(help: "A role to assume, one for each account; may be repeated.") var roleArn: [String] = []

  /// Accounts from flags; without flags, those of the configuration file; else our own credentials.
  func targets(events: [EventPlace] = [], log: CallLog) throws -> [LiveTarget] {
    let configured = try ConfigurationFile.load().accounts
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
