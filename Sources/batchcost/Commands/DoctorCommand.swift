import AWS
import ArgumentParser
import Collect
import Domain
import Foundation
import Store

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check what batchcost needs; exits 3 if something is missing.",
    discussion: """
      Checks who you are in each account and region and what you may do there, with calls that change nothing and cost
      nothing; the clock; the database, and what AWS is about to forget; which compute environments measure usage; from
      which queues and job definitions tags reach the bill; which sources are off, and what that costs in confidence;
      fonts and helper programs.

        $ batchcost doctor --region eu-west-1
        $ batchcost doctor --format json | jq '.[] | select(.status != "ok")'

      With --policy it prints the read-only permissions that collecting needs, and calls nobody:

        $ batchcost doctor --policy > policy.json
        $ aws iam create-policy --policy-name batchcost \\
            --policy-document file://policy.json
      """.paragraphs)

  @Flag(help: "Print an IAM policy and exit.") var policy = false
  @Option(help: "Where EventBridge sends events, as for `collect`; may be repeated.")
  var events: [String] = []
  @OptionGroup var accounts: AccountOptions
  @OptionGroup var sources: SourceOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    let places = try events.map(EventPlace.parse)
    if policy {
      let configured = try ConfigurationFile.load().accounts.flatMap(\.events)
      return Console.data(PolicyDocument.text(sources: sources.source, events: places + configured))
    }
    let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    let stored = DatabaseCheckups(path: try database.path(), now: now)
    var checkups = await MachineCheckups.all() + stored.all()
    checkups += MeasuringCheckups(path: stored.path).all()
    do {
      let targets = try accounts.targets(events: places, log: CallLog())
      for target in targets {
        checkups += await AccountCheckups(target: target, sources: sources.source, now: now).all()
      }
      checkups += SourceCheckups.all(sources.source, targets: targets, health: try? stored.health.get())
    } catch let error as AWSError {
      checkups.append(Checkup(.missing, "identity", "AWS", "\(error)"))
    }
    if output.format.isForReading { Console.result(checkups.summary + "\n\n") }
    output.show(checkups.table)
    if checkups.contains(where: \.isFault) { throw ExitStatus.found }
  }
}
