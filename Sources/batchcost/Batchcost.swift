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

      Exit status: 0 done; 1 failed; 2 the command line or a file of settings is wrong, and nothing was done; 3 ran, and
      found something (check, ledger check, doctor, reconcile --max-unexplained); 4 credentials or permissions.
      """,
    version: Release.description,
    subcommands: [
      DemoCommand.self, CollectCommand.self, LedgerCommand.self, JobsCommand.self, QueryCommand.self, TagsCommand.self,
      ReportCommand.self,
      RightsizeCommand.self, ReplayCommand.self, ReconcileCommand.self, CheckCommand.self, ExportCommand.self,
      DoctorCommand.self, MCPCommand.self,
    ])

  /// Ends with the status that `ExitStatus` promises: the parser's own for a wrong command line is another.
  static func main() async {
    Console.prepare()
    let status: ExitStatus
    do {
      var command = try parseAsRoot()
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
      // What is printed of help, versions and wrong command lines, with the usage of the command that is meant.
      let isAsked = exitCode(for: error) == .success
      if isAsked { Console.result(fullMessage(for: error) + "\n") } else { Console.message(fullMessage(for: error)) }
      status = isAsked ? .done : .usage
    }
    Foundation.exit(Console.status(after: status).rawValue)
  }
}
