import Domain
import Foundation
import Reports
import Store
import Testing

@testable import Reporting

@Suite struct RenderTests {
  static let fixture = FixtureSource(weekTables)

  /// The same from a database, where `BATCHCOST_DATABASE` names one.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["BATCHCOST_DATABASE"] != nil),
    arguments: embeddedReports.map(\.name)) func rendersFromDatabase(_ name: String) throws
  {
    let path = try #require(ProcessInfo.processInfo.environment["BATCHCOST_DATABASE"])
    let source = StoreSource(database: try Database(readingFrom: path))
    var subject = FixtureSource.subject
    (subject.from, subject.to) = (Day(year: 2026, month: 10, day: 26), Day(year: 2026, month: 11, day: 2))
    let renderer = ReportRenderer(source: source, subject: subject)
    let text = try #require(embeddedReports.first { $0.name == name }).text
    let document = try renderer.document(Report(file: "Reports/\(name).md", name: "real-\(name)", text: text))
    for format in ReportFormat.allCases { try Self.keep(renderer.render(document, as: format)) }
  }

  /// `BATCHCOST_REPORT_OUT=/tmp/out swift test --filter RenderTests` leaves the files to look at.
  @Test(arguments: embeddedReports.map(\.name)) func rendersBuiltInReport(_ name: String) throws {
    let text = try #require(embeddedReports.first { $0.name == name }).text
    let report = Report(file: "Reports/\(name).md", name: name, text: text)
    let renderer = ReportRenderer(source: Self.fixture, subject: FixtureSource.subject)
    let document = try renderer.document(report)
    for format in ReportFormat.allCases {
      let files = try renderer.render(document, as: format)
      #expect(!files.isEmpty)
      try Self.keep(files)
    }
  }

  private static func keep(_ files: [RenderedFile]) throws {
    guard let folder = ProcessInfo.processInfo.environment["BATCHCOST_REPORT_OUT"] else { return }
    for file in files { try file.write(to: "\(folder)/\(file.name)") }
  }
}
