import ArgumentParser
import Base
import Domain
import Foundation
import Reporting
import Store

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write reports: PDF, HTML, SVG, PNG, Markdown or JSON.",
    discussion: """
      Without a name, lists the reports. Files in ./Reports and in the configuration folder's Reports replace built-in
      reports of the same name. `batchcost report new NAME` copies the built-in report of that name there for you to
      change, or writes a commented template.

        $ batchcost report weekly --week 2026-W44 --output weekly.pdf
        $ batchcost report weekly --where tag:team=ml --output ml.pdf
        $ batchcost report weekly --each tag:team --output reports/
        $ batchcost report weekly spot-audit --output audit/
        $ batchcost report weekly --format md --output - | mail -s Batch team@example.org
      """.paragraphs)

  @Argument(help: "Reports by name, or paths to Markdown files; or `new NAME`.") var name: [String] = []
  @OptionGroup var period: PeriodOptions
  @OptionGroup var lens: LensOptions
  @Option(
    name: .shortAndLong,
    help: "A file (.pdf .html .svg .png .md .json), a folder, or - for standard output. [default: NAME.pdf]")
  var output: String?
  @Option(
    help: """
      pdf, html, svg, png, md, json, mail (HTML with its figures) or slack (the first page as a message), if --output is \
      not a file. [default: pdf; for a folder pdf, html and svg; with --each html and pdf]
      """)
  var format: ReportFormat?
  @Option(help: "One report for each value of this, and a page that links to them: tag:NAME, queue, user, account, …")
  var each: String?
  @Flag(help: "Render again whenever the report or a query changes.") var watch = false
  @OptionGroup var database: DatabaseOptions

  mutating func validate() throws {
    if each != nil {
      guard let output, output != "-", ReportFormat(path: output) == nil else {
        throw ValidationError("--each writes several reports: name a folder with --output")
      }
      if watch { throw ValidationError("--each writes once: leave out --watch") }
      return
    }
    if let output, output != "-", !ReportWriter.isFolder(output) {
      guard let ending = ReportFormat(path: output) else {
        throw ValidationError(
          "--output \(output): unknown format; use .pdf, .html, .md, .svg, .png, .json, or a folder")
      }
      if let format, format != ending {
        throw ValidationError(
          "--format \(format.rawValue): the ending of \(output) makes it \(ending.rawValue); \(Self.instead(of: format, output))"
        )
      }
    }
    if watch, output == "-" { throw ValidationError("--watch writes files: name one with --output") }
  }

  /// How to get a format: by its own ending, or, if it has none, on standard output.
  private static func instead(of format: ReportFormat, _ output: String) -> String {
    guard ReportFormat(path: "x.\(format.rawValue)") == format, format != .mail, format != .slack else {
      return "for \(format.rawValue) pass --output - and redirect it"
    }
    let name = output.split(separator: ".").dropLast().joined(separator: ".")
    return "for \(format.rawValue) name it \(name).\(format.rawValue)"
  }

  private var reports: ReportLibrary {
    ReportLibrary(folders: ["Reports", "\(ConfigurationFile.userFolder)/Reports"])
  }

  func run() throws {
    guard let first = name.first else { return try list() }
    if first == "new" {
      guard name.count == 2 else { throw ValidationError("`new` takes one name: batchcost report new NAME") }
      return try begin(name[1])
    }
    if name.count > 1, let output, output == "-" || ReportFormat(path: output) != nil {
      throw ValidationError("--output \(output): \(name.count) reports do not fit in one file; name a folder")
    }
    if let each {
      for name in name { try renderEach(name, each) }
      return
    }
    guard watch else { return try name.forEach(render) }
    var seen: [String: Date] = [:]
    while true {
      let now = Self.changes()
      if now != seen {
        seen = now
        for name in name {
          do { try render(name) } catch { Console.message("\(error)") }
        }
      }
      Thread.sleep(forTimeInterval: 0.3)
    }
  }

  private func list() throws {
    let library = reports
    let rows = try library.names.map { name in
      [Cell.text(name), .text(try library.report(named: name).summary)]
    }
    Console.show(DataTable(["report", "description"], rows: rows), as: .table)
  }

  private func begin(_ name: String) throws {
    guard !name.contains("/"), !name.isEmpty else {
      throw ValidationError("new \(name): must be a name, without a folder")
    }
    let path = "Reports/\(name).md"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw ReportError(file: path, "already exists")
    }
    try FileManager.default.createDirectory(atPath: "Reports", withIntermediateDirectories: true)
    let builtIn = ReportLibrary(folders: []).builtIn(named: name)
    let text = builtIn?.text ?? ReportScaffold.text(name: name)
    try RenderedFile(name: "\(name).md", bytes: Array(text.utf8)).write(to: path)
    Console.result("\(path)\n")
    let what = builtIn == nil ? "" : "A copy of the built-in report, which it now replaces. "
    Console.message("\(what)Render it with: batchcost report \(name) --output \(name).pdf")
  }

  private func render(_ name: String) throws {
    let report = try reports.report(named: name)
    if try report.needsChoice, !lens.isGiven {
      throw ValidationError(
        "\(name) is about chosen jobs: choose them, for example with --where run=NAME or --where job=ID")
    }
    let queries = QueryLibrary(folders: ["Queries", "\(ConfigurationFile.userFolder)/Queries"])
    let writer = try ReportWriter(report, of: lens.open(database), queries: queries, period: period)
    if !report.isBuiltIn { Console.message("\(report.name): from \(report.file)") }
    if output == "-" { return try print(writer) }
    for line in try writer.write(to: output ?? "\(report.name).\((format ?? .pdf).rawValue)", as: format) {
      Console.result("\(line)\n")
    }
    Console.message(writer.document.headline)
  }

  private func renderEach(_ name: String, _ subject: String) throws {
    guard let output else { return }
    let queries = QueryLibrary(folders: ["Queries", "\(ConfigurationFile.userFolder)/Queries"])
    let series = ReportSeries(
      report: try reports.report(named: name), subject: subject, lens: try lens.open(database).lens, database: database,
      queries: queries, period: period, formats: format.map { [$0] } ?? [.html, .pdf])
    // Each of several reports gets its own folder.
    let folder = self.name.count == 1 ? output : "\(output)/\(name)"
    for line in try series.write(to: folder.hasSuffix("/") ? String(folder.dropLast()) : folder) {
      Console.result("\(line)\n")
    }
  }

  private func print(_ writer: ReportWriter) throws {
    let format = format ?? .pdf
    guard format.isText || !Console.isTerminal else {
      throw ValidationError("--output -: a terminal cannot show \(format.rawValue); name a file, or --format md")
    }
    try Console.data(writer.file(format).bytes)
  }

  /// When each of the user's reports, figures and queries last changed.
  private static func changes() -> [String: Date] {
    var times: [String: Date] = [:]
    for folder in ["Reports", "Reports/figures", "Queries"] {
      for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")
        times["\(folder)/\(file)"] = attributes?[.modificationDate] as? Date
      }
    }
    return times
  }
}

extension ReportFormat: ExpressibleByArgument {
  public init?(argument: String) { self.init(path: "x.\(argument)") }

  fileprivate var isText: Bool { self != .pdf && self != .png }
}
