import AWS
import Accounting
import ArgumentParser
import Collect
import Domain
import Foundation
import Insights
import Reporting
import Store

struct CollectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Collect jobs, instances and prices, and bring the ledger up to date.",
    discussion: """
      Asks AWS with your usual credentials, and only for what is new or not final, so run it every hour:

        $ batchcost collect --region us-east-1 --region eu-west-1
        $ batchcost collect --role-arn arn:aws:iam::111122223333:role/batchcost

      It also reads files, gzipped or not, and recognises them by their content: what the AWS CLI printed, EventBridge
      events as JSON lines, the Spot Advisor's spot-advisor-data.json. Collecting the same files again changes nothing.

        $ aws batch describe-jobs --jobs … > jobs.json
        $ batchcost collect --from jobs.json --from events/

      List several accounts in batchcost.yaml:

        accounts:
          - name: research
            role_arn: arn:aws:iam::111122223333:role/batchcost
            external_id: a-secret
            regions: [us-east-1, eu-west-1]
          - profile: production
      """.paragraphs)

  @Option(help: "A file or folder to read, or - for standard input; may be repeated.") var from: [String] = []
  @Option(
    help:
      "When AWS was asked, such as 2026-11-02T05:20:00Z: what was still running is charged until then. [default: the newest time in the files; live: now]"
  )
  var asOf: Instant?
  @Option(help: "A bill to import as well, as `reconcile --bill` does; --from imports no bills. May be repeated.")
  var bill: [String] = []
  @OptionGroup var edition: BillEditionOption
  @OptionGroup var live: LiveOptions
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var database: DatabaseOptions

  mutating func validate() throws {
    if !from.isEmpty, live.isAsked {
      throw ValidationError(
        "--from reads files; --region, --profile, --role-arn, --source, --since, --events, --calls and --dry-run ask AWS"
      )
    }
  }

  func run() async throws {
    if live.dryRun { return try await rehearse() }
    let log = CallLog()
    var failure: ExitStatus?
    var stopwatch = Stopwatch()
    // Reports a wrong option before it asks AWS anything.
    _ = try ledger.settings()
    var newest: Instant?
    let targets = try from.isEmpty ? targets(log: log) : []
    let database = try await self.database.filling { database in
      if from.isEmpty {
        failure = try await collectLive(targets, log, into: database)
      } else {
        newest = try collectFiles(into: database)
      }
    }
    ledger.say("collection", stopwatch.lap())
    // If a bill is refused, what was collected stays.
    var refusal: (any Error)?
    if !bill.isEmpty { do { try await importBills(bill, into: database, edition) } catch { refusal = error } }
    let built = try ledger.build(database)
    if built.isEmpty, let asOf, let newest, asOf < newest {
      Console.message("nothing had run by --as-of \(asOf); the files tell of what ran until \(newest)")
    }
    if asOf == nil, let newest,
      try database.read({ try $0.integer("SELECT EXISTS (SELECT 1 FROM resource WHERE open = 1)") }) == 1
    {
      Console.message(
        "what still ran is charged until \(newest), the newest time in the files; if AWS was asked later, --as-of says when"
      )
    }
    if let refusal { throw refusal }
    if let failure { throw failure }
  }

  /// - Returns: the newest time in the files.
  private func collectFiles(into database: Database) throws -> Instant? {
    let progress = ProgressLine()
    let summary = try Collector().collect(paths: from, asOf: asOf, database: database) {
      progress.show("reading \($0)")
    }
    progress.clear()
    Console.message(summary.sentence)
    return summary.newest.values.max()
  }

  private func targets(log: CallLog) throws -> [LiveTarget] {
    do { return try live.targets(log: log) } catch let error as AWSError {
      Console.message("\(error)\nor read files with --from, or try `batchcost demo`")
      throw ExitStatus(error)
    }
  }

  /// Prints the calls that a run would start with. The database need not exist.
  private func rehearse() async throws {
    let targets = try targets(log: CallLog())
    let path = try self.database.path()
    let isNew = !FileManager.default.fileExists(atPath: path)
    let database = try isNew ? Database(path: ":memory:") : Database(readingFrom: path)
    let settings = live.settings(asOf: asOf)
    guard let log = settings.rehearsal?.log else { return }
    let (outcomes, _) = try await LiveCollector(database: database, settings: settings).collect(targets)
    let story = LiveStory(outcomes: outcomes)
    story.lines.forEach(Console.message)
    if let status = story.status { throw status }
    Console.show(log.plan, as: .table)
    Console.message(log.planSentence(isNew: isNew))
  }

  /// - Returns: how it failed in some places.
  /// - Throws: `ExitStatus` if it failed in all.
  private func collectLive(_ targets: [LiveTarget], _ log: CallLog, into database: Database) async throws
    -> ExitStatus?
  {
    let settings = live.settings(asOf: asOf)
    let board = ProgressBoard(targets.map(\.name))
    var collector = LiveCollector(database: database, settings: settings)
    collector.progress = { board.show($0, $1) }
    let start = ContinuousClock.now
    let (outcomes, summary) = try await collector.collect(targets)
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    board.clear()
    let story = LiveStory(outcomes: outcomes)
    story.lines.forEach(Console.message)
    if let text = story.summary { Console.message(text) }
    if let status = story.status, outcomes.allSatisfy({ $0.place == nil }) { throw status }
    Console.message(summary.sentence)
    Console.message(log.sentence(elapsed: elapsed))
    if let scan = story.scan { Console.message(scan) }
    if live.calls { Console.message(OutputFormat.table.write(log.table)) }
    Console.message(LiveStory.due(after: settings.asOf))
    return story.status
  }
}

extension CollectionSummary {
  /// What a collection did, for standard error.
  var sentence: String {
    var things = documents.sorted { $0.key.rawValue < $1.key.rawValue }.map { $0.key.counted($0.value) }
    if things.isEmpty, emptyAnswers > 0 { things = [counted(emptyAnswers, "empty answers")] }
    var text = files > 0 || unchangedFiles > 0 ? "collected \(counted(files, "files"))" : "collected"
    if !things.isEmpty { text += (files > 0 ? ": " : " ") + things.joined(separator: ", ") }
    if unchangedFiles > 0 { text += "; \(unchangedFiles) unchanged" }
    if findings > 0 {
      let lost = unreadable == 0 ? "" : ", \(unreadable) about input that could not be read"
      text += "; \(counted(findings, "findings"))\(lost) (`batchcost query findings`)"
    }
    return text
  }
}

extension DocumentKind {
  /// `1 Batch job`, `2 billing exports (left to --bill)`.
  fileprivate func counted(_ number: Int) -> String {
    let parts = rawValue.split(separator: " (", maxSplits: 1)
    return Reporting.counted(number, String(parts[0])) + parts.dropFirst().map { " (\($0)" }.joined()
  }
}
