import Accounting
import ArgumentParser
import Collect
import Domain
import Foundation
import Insights
import Reporting
import Store

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "The weekly cost report of a bundled sample account.",
    discussion: """
      Collects two weeks of a made-up account with real jobs, computes its ledger and writes the weekly report. Needs no
      credentials.

        $ batchcost demo --output demo
      """.paragraphs)

  @Option(name: .shortAndLong, help: "The folder to write.") var output = "demo"

  func run() throws {
    let sample = try BundledSample.folder()
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    let path = "\(output)/batchcost.sqlite"
    try refuseToReplace(path)
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    let database = try Database(path: path)
    let progress = ProgressLine()
    let collected = try Collector().collect(
      paths: [sample.path], asOf: Instant(BundledSample.collectedAt), database: database
    ) { progress.show("reading \($0)") }
    progress.clear()
    Console.message(collected.sentence)
    Console.message(try Ledger.build(database).sentence)

    try Insights.build(database, settings: .configured())
    try LedgerCheck.proclaim(database.read(LedgerCheck.failures))

    let report = try ReportLibrary(folders: []).report(named: "weekly")
    let period = try PeriodOptions.parse([])
    let opened = LensOptions.Opened(database: database, lens: .everything, currency: .usd)
    let writer = try ReportWriter(report, of: opened, queries: QueryLibrary(), period: period)
    Console.result("\n\(writer.document.headline)\n\n")
    for name in ["weekly.pdf", "weekly.svg", "weekly.html"] {
      for file in try writer.write(to: "\(output)/\(name)") { Console.result("\(file)\n") }
    }
    Console.result("\(path)\n")
    Console.message("\nAsk it yourself: batchcost query cost-by-queue --database \(path)")
  }

  /// AWS soon forgets what a database holds: only the sample's own is replaced.
  private func refuseToReplace(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    let accounts = try Database(path: path).read { connection in
      try connection.column("SELECT DISTINCT account FROM account_region ORDER BY account DESC", of: String.self)
    }
    // Some documents do not say whose they are.
    guard let other = accounts.first(where: { $0 != BundledSample.account }), accounts != [BundledSample.account, ""]
    else {
      return
    }
    throw ValidationError(
      "\(path) holds \(other.isEmpty ? "another account" : "account \(other)"), which the demo would replace; "
        + "name another folder with --output")
  }
}
