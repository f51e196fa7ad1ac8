import ArgumentParser

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
}
