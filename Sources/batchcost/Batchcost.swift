import ArgumentParser
import Foundation

@main
struct Batchcost: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batchcost",
    abstract: "What AWS Batch really costs: by job, by queue, to the nanodollar.",
    discussion: """
      A first look, without credentials:

        batchcost demo

      Your own account, with the credentials that the AWS CLI uses, or from files that it wrote:

        batchcost collect --region eu-west-1
        batchcost collect --from my-files/
        batchcost report weekly --output weekly.pdf

      Exit status: 0 success; 1 failure, such as a file or a database that is missing; 2 wrong command line or settings
      file (batchcost.yaml, a scenario), nothing was done; 3 the command ran and found a problem (check, ledger check,
      doctor, reconcile --max-unexplained, replay); 4 credentials or permissions.
      """.paragraphs,
    version: Release.description,
    subcommands: [
      DemoCommand.self, CollectCommand.self, LedgerCommand.self, JobsCommand.self, QueryCommand.self, TagsCommand.self,
      ReportCommand.self,
      RightsizeCommand.self, ReplayCommand.self, ReconcileCommand.self, CheckCommand.self, ExportCommand.self,
      DoctorCommand.self, MCPCommand.self,
    ])

  /// Exits with the status that `ExitStatus` defines; the parser's own status for a wrong command line is different.
  static func main() async {
    Console.prepare()
    let arguments = TypedArguments()
    if let message = arguments.unknownCommand {
      Console.message("Error: \(message)")
      Foundation.exit(ExitStatus.usage.rawValue)
    }
    let status: ExitStatus
    do {
      var command = try parseAsRoot(arguments.joined)
      do {
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
        status = .done
      } catch {
        status = Failure(error).tell()
      }
    } catch {
      // Help, versions and usage errors, with the usage of the command in question.
      let isAsked = exitCode(for: error) == .success
      let message = fullMessage(for: error)
      if isAsked { Console.result(message + "\n") } else { Console.message(arguments.corrected(message)) }
      status = isAsked ? .done : .usage
    }
    Foundation.exit(Console.status(after: status).rawValue)
  }
}
