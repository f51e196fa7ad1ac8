import Accounting
import ArgumentParser
import Collect
import Domain
import Insights
import Store

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Collect jobs, instances and prices, and bring the ledger up to date.",
    discussion: """
      Reads files that hold what the AWS CLI printed, EventBridge events as JSON lines, gzipped or not, recognised by
      their content. Collecting the same again changes nothing.

        $ aws batch describe-jobs --jobs … > jobs.json
        $ batchcost collect --from jobs.json --from events/
      """)

  @Option(help: "A file or folder to read, or - for standard input; may be repeated.") var from: [String] = []
  @Option(
    help:
      "When AWS was asked, such as 2026-11-02T05:20:00Z: until then what still runs is charged. [default: the newest time in the input]"
  )
  var asOf: Instant?
  @Option(help: "A bill to import too, as `reconcile --bill` does; bills below --from are left alone. May be repeated.")
  var bill: [String] = []
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var database: DatabaseOptions

  mutating func validate() throws {
    if from.isEmpty { throw ValidationError("nothing to read: name files or folders with --from") }
  }

  func run() throws {
    let progress = ProgressLine()
    let settings = try ledger.settings()
    let database = try database.open()
    let summary = try Collector().collect(paths: from, asOf: asOf, database: database) {
      progress.show("reading \($0)")
    }
    progress.clear()
    Console.message(summary.sentence)
    if !bill.isEmpty { return try importBills(bill, into: database, settings: settings) }
    let built = try Ledger.build(database, settings: settings)
    try Insights.build(database, settings: .configured())
    Console.message(built.sentence)
  }
}

extension CollectionSummary {
  /// What a collection did, for standard error.
  var sentence: String {
    let things = documents.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.rawValue)" }
    var text = "collected \(files) file\(files == 1 ? "" : "s")"
    if !things.isEmpty { text += ": " + things.joined(separator: ", ") }
    if unchangedFiles > 0 { text += "; \(unchangedFiles) unchanged" }
    if findings > 0 {
      text += "; \(findings) findings, \(unreadable) of them input that could not be read (`batchcost query findings`)"
    }
    return text
  }
}
