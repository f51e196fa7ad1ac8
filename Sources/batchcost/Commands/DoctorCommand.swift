import AWS
import ArgumentParser
import Collect
import Domain
import Foundation
import Store

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what batchcost needs and whether it is there; exits 3 if something is missing.",
    discussion: """
      With --policy it prints the least that an IAM role must allow, all of it reading, and asks nobody:

        $ batchcost doctor --policy > policy.json
        $ aws iam create-policy --policy-name batchcost --policy-document file://policy.json
      """)

  @Flag(help: "Print an IAM policy and end.") var policy = false
  @Option(help: "With --policy: where EventBridge puts events, as for `collect`; may be repeated.")
  var events: [String] = []
  @OptionGroup var accounts: AccountOptions
  @OptionGroup var sources: SourceOptions
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    if policy {
      let places = try (events + (ConfigurationFile.load().accounts ?? []).flatMap { $0.events ?? [] })
        .map(EventPlace.parse)
      return Console.data(PolicyDocument.text(sources: sources.source, events: places))
    }
    var checks = [Checkup.fonts(), Checkup.duckdb(), try databaseCheck()]
    checks += await accountChecks()
    for check in checks {
      Console.result("\(check.isGood ? "ok     " : "missing")  \(check.subject): \(check.message)\n")
    }
    if !checks.allSatisfy(\.isGood) { throw ExitStatus.found }
  }

  private func databaseCheck() throws -> Checkup {
    let path = try database.path()
    do {
      let last = try Database(readingFrom: path).read { try $0.integer("SELECT max(as_of_ms) FROM collection") }
      guard last > 0 else { return Checkup(false, "database", "\(path) is empty; run `batchcost collect`") }
      let age = Int64(Date().timeIntervalSince1970 * 1000) - last
      let when = "\(path), collected up to \(Instant(milliseconds: last))"
      return age < 7 * millisecondsPerDay
        ? Checkup(true, "database", when)
        : Checkup(false, "database", "\(when): more than seven days ago, Batch forgets jobs; run `batchcost collect`")
    } catch let error as StoreError {
      return Checkup(false, "database", "\(error)")
    }
  }

  private func accountChecks() async -> [Checkup] {
    do {
      var checks: [Checkup] = []
      for target in try accounts.targets(log: CallLog()) {
        do {
          let identity = try await target.client.callerIdentity()
          checks.append(Checkup(true, "credentials", "\(target.name): \(identity.arn)"))
        } catch { checks.append(Checkup(false, "credentials", "\(target.name): \(error)")) }
      }
      return checks
    } catch { return [Checkup(false, "credentials", "\(error)")] }
  }
}
