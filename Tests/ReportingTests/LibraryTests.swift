import Foundation
import ReportSamples
import Testing

@testable import Reporting

@Suite struct LibraryTests {
  @Test func usersReportsComeFirst() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let own = RenderedFile(name: "weekly.md", bytes: Array("---\ntitle: Mine\n---\n# Mine".utf8))
    try own.write(to: "\(folder)/weekly.md")
    try own.write(to: "\(folder)/other.md")
    let library = ReportLibrary(folders: ["\(folder)/none", folder])
    #expect(library.names == ["right-sizing", "run", "spot-audit", "weekly", "other"])
    #expect(try library.report(named: "weekly").title == "Mine")
    #expect(try library.report(named: "spot-audit").title == "Spot audit")
    #expect(try library.report(named: "\(folder)/other.md").name == "other")
    #expect(throws: UnknownReport(name: "weakly", hint: " (did you mean \"weekly\"?)")) {
      try library.report(named: "weakly")
    }
  }

  @Test func ownFiguresComeFirst() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: "\(folder)/figures", withIntermediateDirectories: true)
    let figure = "data: {name: cost-by-queue}\nmark: bar\nencoding:\n  x: {field: job_queue, type: nominal}\n"
    try RenderedFile(name: "queue-days.yaml", bytes: Array(figure.utf8)).write(to: "\(folder)/figures/queue-days.yaml")
    let text = "---\ntitle: Mine\n---\n### Queues\n\n```vega-lite\nfigure: queue-days\n```\n"
    try RenderedFile(name: "mine.md", bytes: Array(text.utf8)).write(to: "\(folder)/mine.md")
    // A report at a path has the figures beside it.
    for report in [
      try ReportLibrary(folders: [folder]).report(named: "mine"),
      try ReportLibrary(folders: []).report(named: "\(folder)/mine.md"),
    ] {
      let document = try DocumentBuilder.document(report, FixtureSource(Sample.tables), FixtureSource.subject)
      guard case .figure(let figure)? = document.blocks.first, case .chart(let chart) = figure.body else {
        throw FixtureSource.Missing()
      }
      #expect(chart.specification["mark"] == "bar")
      #expect(chart.file == "\(folder)/figures/queue-days.yaml")
    }
  }

  @Test func theScaffoldRenders() throws {
    let report = Report(file: "Reports/my-team.md", name: "my-team", text: ReportScaffold.text(name: "my-team"))
    #expect(try report.title == "My team")
    let renderer = ReportRenderer(source: try Fortnight.source(), subject: Fortnight.week)
    let document = try renderer.document(report)
    #expect(document.headline == "AWS Batch cost $9,857")
    #expect(try PageScenes(document, charts: .vegaLite).pages.count == 1)
  }

  @Test func formatsByExtension() {
    #expect(ReportFormat(path: "out/weekly.pdf") == .pdf)
    #expect(ReportFormat(path: "a.HTML") == .html)
    #expect(ReportFormat(path: "folder") == nil)
    #expect(ReportFormat(path: "a.docx") == nil)
  }

  @Test func anErrorLeavesNoFile() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: "\(folder)/weekly.pdf", withIntermediateDirectories: true)
    #expect(throws: (any Error).self) {
      try RenderedFile(name: "weekly.pdf", bytes: [1]).write(to: "\(folder)/weekly.pdf")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["weekly.pdf"])
  }
}
