import Domain
import Foundation
import Reports
import Testing

@testable import Reporting

@Suite struct RenderTests {
  /// `BATCHCOST_REPORT_OUT=/tmp/out swift test --filter RenderTests` leaves the files to look at.
  @Test(arguments: embeddedReports.map(\.name)) func rendersBuiltInReport(_ name: String) throws {
    let text = try #require(embeddedReports.first { $0.name == name }).text
    let report = Report(file: "Reports/\(name).md", name: name, text: text)
    let renderer = ReportRenderer(source: try Fortnight.source(), subject: Fortnight.week)
    let document = try renderer.document(report)
    for format in ReportFormat.allCases {
      let files = try renderer.render(document, as: format)
      #expect(!files.isEmpty)
      try Self.keep(files)
    }
  }

  /// A period that ends within a day, and has none before it to compare with.
  @Test(arguments: embeddedReports.map(\.name)) func rendersAllOfTheData(_ name: String) throws {
    let text = try #require(embeddedReports.first { $0.name == name }).text
    let renderer = ReportRenderer(source: try Fortnight.source(), subject: Fortnight.all)
    let document = try renderer.document(Report(file: "Reports/\(name).md", name: name, text: text))
    #expect(try !PageScenes(document, charts: .vegaLite).pages.isEmpty)
  }

  private static func keep(_ files: [RenderedFile]) throws {
    guard let folder = ProcessInfo.processInfo.environment["BATCHCOST_REPORT_OUT"] else { return }
    for file in files { try file.write(to: "\(folder)/\(file.name)") }
  }
}
