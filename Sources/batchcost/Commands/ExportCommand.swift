import AWS
import Accounting
import ArgumentParser
import Collect
import Domain
import Foundation
import Lake
import Reporting
import Store

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the ledger for other tools.",
    discussion: """
      focus: FOCUS, the cost of Batch allocated to jobs. A row is a posting on one day, and the rows of a charge add up to
      it. Columns that begin with x_ name the job, its queue and the kind of unused capacity; FOCUS 1.3 also says what a
      cost was allocated to, its tags and its share. ListCost adds up to on_demand_usd + left_out_usd of the query totals.

        $ batchcost export --format focus --week 2026-W44 --output focus.csv.gz

      lake: all facts, prices, ledger and insights as Parquet by account, region and day, in a folder or a bucket, for
      Spark, Athena, Trino and DuckDB. Needs the program duckdb. Writes only what changed since the last time; several
      databases can share one lake. Its _batchcost folder has the SQL that makes tables and views of the files.

        $ batchcost export --format lake --output s3://costs/lake/

      prometheus: what the period cost by queue, environment, purchase option and kind, as gauges for node_exporter's
      textfile collector.

        $ batchcost export --format prometheus --output batchcost.prom

      datasette: two files for Datasette in the folder --output: what tables, views and columns mean, and the named queries.

        $ batchcost export --format datasette --output browse/
      """.paragraphs)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case focus, lake, prometheus, datasette
  }

  @Option(help: "focus, lake, prometheus or datasette.") var format: Format
  @Option(help: "The version of FOCUS: 1.2 or 1.3.") var focusVersion = FocusVersion.v12
  @OptionGroup var period: PeriodOptions
  @OptionGroup var lens: LensOptions
  @Option(
    help:
      "The file to write, gzipped if it ends in .gz; - for standard output. For a lake, a folder or s3://BUCKET/PREFIX; for datasette, a folder."
  )
  var output: String
  @Flag(
    inversion: .prefixedNo,
    help: "Put ' before names in x_ columns that a spreadsheet would take for a formula, or leave them as they are.")
  var safe = true
  @Option(help: "A profile of ~/.aws, for a lake in S3.") var profile: String?
  @OptionGroup var database: DatabaseOptions

  mutating func validate() throws {
    if format == .lake, period.isGiven {
      throw ValidationError("a lake holds all days; leave out --from, --to and --week")
    }
    if format == .lake, output == "-" {
      throw ValidationError("a lake is a folder or s3://BUCKET/PREFIX, not a stream")
    }
    if format == .lake, lens.isGiven || lens.keyFile != nil {
      throw ValidationError("a lake holds all jobs under their real names; leave out --where and --pseudonymise")
    }
    if format == .datasette, period.isGiven || lens.isGiven || lens.keyFile != nil {
      throw ValidationError("datasette covers the whole database: its queries ask for a period")
    }
    if profile != nil, format != .lake { throw ValidationError("--profile is for a lake in S3") }
  }

  func run() async throws {
    switch format {
    case .focus: try writeFocus()
    case .lake: try await writeLake()
    case .prometheus: try writePrometheus()
    case .datasette: try writeDatasette()
    }
  }

  private func writeLake() async throws {
    let export = try LakeExport(to: place())
    let progress = ProgressLine()
    let start = ContinuousClock.now
    let summary = try await export.run(try database.openForReading()) { progress.show("lake: \($0)") }
    progress.clear()
    let removed = summary.removed == 0 ? "" : ", \(summary.removed) removed"
    let seconds = Int(((ContinuousClock.now - start) / .milliseconds(1)).rounded())
    Console.message(
      "lake: \(summary.files) file\(summary.files == 1 ? "" : "s") written with \(summary.rows) rows (\(summary.bytes) bytes), "
        + "\(summary.kept) unchanged\(removed), in \(seconds) ms")
  }

  private func place() throws -> any LakePlace {
    guard output.hasPrefix("s3://") else { return LakeFolder(output) }
    let client: AWSClient
    do throws(AWSError) { client = try AWSSession(environment: .process, profile: profile).client() } catch {
      Console.message("\(error)")
      throw ExitStatus(error)
    }
    guard let bucket = LakeBucket(url: output, client: client) else {
      throw ValidationError("\(output): names no bucket; write s3://BUCKET/PREFIX")
    }
    return bucket
  }

  private func writePrometheus() throws {
    let opened = try lens.open(database)
    let writer = try opened.read { connection in
      let days = try period.period(connection)
      let library = QueryLibrary()
      return PrometheusWriter(
        costs: try connection.rows(try library.query("metrics"), parameters: days.parameters),
        totals: try connection.rows(try library.query("totals"), parameters: days.parameters), period: days,
        collected: try ReportSubject(connection, days, opened.lens, opened.currency).collectedAt,
        currency: opened.currency)
    }
    if output == "-" {
      Console.data(writer.text)
    } else {
      let file = try PackedFile(path: output)
      try file.write(Array(writer.text.utf8))
      try file.close()
    }
    Console.message("wrote the cost of \(writer.period.words)")
  }

  private func writeDatasette() throws {
    let name = URL(fileURLWithPath: try database.path()).deletingPathExtension().lastPathComponent
    let library = QueryLibrary(folders: ["Queries", "\(ConfigurationFile.userFolder)/Queries"])
    let made = try database.openForReading().read { try DatasetteFiles(database: name, library: library, $0) }
    let folder = output.hasSuffix("/") ? String(output.dropLast()) : output
    if !FileManager.default.fileExists(atPath: folder) {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }
    for (name, bytes) in made.files {
      let file = try PackedFile(path: "\(folder)/\(name)")
      try file.write(bytes)
      try file.close()
    }
    Console.message(
      "datasette \(try database.path()) --metadata \(folder)/metadata.json; Datasette 1.0 also wants --config \(folder)/datasette.json"
    )
  }

  private func writeFocus() throws {
    let file = output == "-" ? nil : try PackedFile(path: output)
    let opened = try lens.open(database)
    let (days, summary, unlisted) = try opened.read { connection in
      let days = try period.period(connection)
      let totals = try connection.rows(try QueryLibrary().query("totals"), parameters: days.parameters)
      let summary = try FocusExport.write(connection, from: days.from, to: days.to, version: focusVersion, isSafe: safe)
      { bytes in
        if let file { try file.write(bytes) } else { try Console.data(bytes) }
      }
      return (days, summary, totals[0, "left_out_usd"])
    }
    try file?.close()
    var text = "wrote \(counted(summary.rows, "rows")), \(opened.currency.symbol)\(summary.cost), of \(days.words)"
    if summary.unpricedMilliseconds > 0 {
      text += "; \(summary.unpricedMilliseconds / 1000) billed seconds have no price, and so no row"
    }
    if case .money(let amount) = unlisted, amount > .zero {
      text +=
        "; \(opened.currency.symbol)\(amount) have no On-Demand price: their ListCost is their cost"
    }
    Console.message(text)
    if lens.isGiven { Console.message(opened.lens.note) }
  }
}

extension FocusVersion: ExpressibleByArgument {}
