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
      """,
    version: "0.1.0",
    subcommands: [
      DemoCommand.self, CollectCommand.self, LedgerCommand.self, QueryCommand.self, ReportCommand.self,
      RightsizeCommand.self, ReconcileCommand.self, CheckCommand.self, ExportCommand.self, DoctorCommand.self,
    ])

  /// Ends with the status that `ExitStatus` promises: the parser's own for a wrong command line is another.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as CocoaError {
      // Foundation's own words are for programmers.
      let cause = error.underlying as NSError?
      let reason =
        cause?.domain == NSPOSIXErrorDomain
        ? String(cString: strerror(Int32(cause?.code ?? 0))) : error.localizedDescription
      let path = error.filePath ?? error.url?.path
      Console.message("Error: \(path.map { "\($0): " } ?? "")\(reason)")
      Foundation.exit(ExitStatus.failed.rawValue)
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      Console.message(fullMessage(for: error))
      Foundation.exit(ExitStatus.usage.rawValue)
    }
  }
}
