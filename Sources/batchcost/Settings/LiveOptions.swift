import AWS
import ArgumentParser
import Collect
import Domain
import Foundation

/// How to collect from AWS.
struct LiveOptions: ParsableArguments {
  @OptionGroup var accounts: AccountOptions
  @OptionGroup var sources: SourceOptions
  @Option(help: "Leave out jobs that ended before this, such as 2026-11-01. [default: all that AWS still knows]")
  var since: Instant?
  @Option(help: "Where EventBridge sends events: s3://BUCKET/PREFIX or a queue's URL; may be repeated.")
  var events: [String] = []
  @Flag(help: "Print how many calls each operation took.") var calls = false
  @Flag(help: "Print the calls that this run would start with; send only GetCallerIdentity.")
  var dryRun = false

  /// Whether a flag asks for a live collection.
  var isAsked: Bool {
    ![accounts.region, accounts.profile, accounts.roleArn, sources.source, events].allSatisfy(\.isEmpty)
      || since != nil || calls || dryRun
  }

  func targets(log: CallLog) throws -> [LiveTarget] {
    try accounts.targets(events: events.map(EventPlace.parse), log: log)
  }

  func settings(asOf: Instant?) -> LiveSettings {
    let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    var settings = LiveSettings(asOf: asOf ?? now, since: since, sources: sources.source)
    if dryRun { settings.rehearsal = LiveCollector.rehearsal() }
    return settings
  }
}
