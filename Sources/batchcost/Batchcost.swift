import ArgumentParser

@main
struct Batchcost: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batchcost",
    abstract: "What AWS Batch really costs: by job, by queue, to the nanodollar.",
    discussion: """
      A first look, without credentials:

        batchcost demo

      Your own account, from files that the AWS CLI wrote:

        batchcost collect --from my-files/
        batchcost report weekly --output weekly.pdf
      """,
    version: "0.1.0",
    subcommands: [
      DemoCommand.self, CollectCommand.self, LedgerCommand.self, QueryCommand.self, ReportCommand.self,
      RightsizeCommand.self, ReconcileCommand.self, CheckCommand.self,
    ])
}
