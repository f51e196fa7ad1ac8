import Foundation
import Reports
import Testing

@testable import Reporting

@Suite struct RenderTests {
  static let fixture = FixtureSource(weekTables)

  /// `BATCHCOST_REPORT_OUT=/tmp/out swift test --filter RenderTests` leaves the files to look at.
  @Test(arguments: embeddedReports.map(\.name)) func rendersBuiltInReport(_ name: String) throws {
    let text = try #require(embeddedReports.first { $0.name == name }).text
    let report = Report(file: "Reports/\(name).md", name: name, text: text)
    let renderer = ReportRenderer(source: Self.fixture, subject: FixtureSource.subject)
    let document = try renderer.document(report)
    for format in ReportFormat.allCases {
      let files = try renderer.render(document, as: format)
      #expect(!files.isEmpty)
      guard let folder = ProcessInfo.processInfo.environment["BATCHCOST_REPORT_OUT"] else { continue }
      for file in files {
        try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)"))
      }
    }
  }
}
