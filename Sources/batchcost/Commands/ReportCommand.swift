import ArgumentParser
import Domain
import Foundation
import Reporting
import Store

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a report: PDF, HTML, SVG, PNG, Markdown or JSON.",
    discussion: """
      Without a name, lists the reports. Files in ./Reports and in the configuration folder's Reports come before the
      built-in ones of the same name; `batchcost report new NAME` writes a commented beginning of one.

        $ batchcost report weekly --week 2026-W44 --output weekly.pdf
        $ batchcost report spot-audit --output audit/
      """)

  @Argument(help: "The report's name, a path to a Markdown file, or `new NAME`.") var name: [String] = []
  @OptionGroup var period: PeriodOptions
  @Option(name: .shortAndLong, help: "A file (.pdf .html .svg .png .md .json) or a folder. [default: NAME.pdf]")
  var output: String?
  @Flag(help: "Render again whenever the report or a query changes.") var watch = false
  @OptionGroup var database: DatabaseOptions

  private var reports: ReportLibrary {
    ReportLibrary(folders: ["Reports", "\(ConfigurationFile.userFolder)/Reports"])
  }

  func run() throws {
    // Not in `validate`, which would speak before the parser can name an option that it does not know.
    if name.count > 2 || (name.count == 2 && name[0] != "new") || name == ["new"] {
      throw ValidationError("one report at a time, or `new NAME`")
    }
    guard let first = name.first else { return try list() }
    if first == "new", name.count == 2 { return try begin(name[1]) }
    guard watch else { return try render(first) }
    var seen: [String: Date] = [:]
    while true {
      let now = Self.changes()
      if now != seen {
        seen = now
        do { try render(first) } catch { Console.message("\(error)") }
      }
      Thread.sleep(forTimeInterval: 0.3)
    }
  }

  private func list() throws {
    let library = reports
    let rows = try library.names.map { name in
      [Store.Cell.text(name), .text(try library.report(named: name).summary)]
    }
    Console.show(Store.QueryResult(columns: ["report", "what it tells"], rows: rows), as: .table)
  }

  private func begin(_ name: String) throws {
    let path = "Reports/\(name).md"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw ReportError(file: path, "is already there")
    }
    try FileManager.default.createDirectory(atPath: "Reports", withIntermediateDirectories: true)
    let file = RenderedFile(name: "\(name).md", bytes: Array(ReportScaffold.text(name: name).utf8))
    try file.write(to: path)
    Console.result("\(path)\n")
    Console.message("Render it with: batchcost report \(name) --output \(name).pdf")
  }

  private func render(_ name: String) throws {
    let report = try reports.report(named: name)
    let queries = QueryLibrary(folders: ["Queries", "\(ConfigurationFile.userFolder)/Queries"])
    let writer = try ReportWriter(report, database: try database.openForReading(), queries: queries, period: period)
    for path in try writer.write(to: output ?? "\(report.name).pdf") { Console.result("\(path)\n") }
  }

  /// When each report and query of the user's was changed last.
  private static func changes() -> [String: Date] {
    var times: [String: Date] = [:]
    for folder in ["Reports", "Queries"] {
      for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")
        times["\(folder)/\(file)"] = attributes?[.modificationDate] as? Date
      }
    }
    return times
  }
}
