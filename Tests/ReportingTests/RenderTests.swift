import Domain
import Foundation
import ReportSamples
import Reports
import Testing

@testable import Reporting

@Suite struct RenderTests {
  /// `BATCHCOST_REPORT_OUT=/tmp/out swift test --filter RenderTests` keeps the files to look at.
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

  /// A period that ends within a day and has none before it to compare with.
  @Test(arguments: embeddedReports.map(\.name)) func rendersAllOfTheData(_ name: String) throws {
    let text = try #require(embeddedReports.first { $0.name == name }).text
    let renderer = ReportRenderer(source: try Fortnight.source(), subject: Fortnight.all)
    let document = try renderer.document(Report(file: "Reports/\(name).md", name: name, text: text))
    #expect(try !PageScenes(document, charts: .vegaLite).pages.isEmpty)
  }

  /// The sample's README: 2026-W44 cost 9856.569985875, to the microdollar, as postings are rounded.
  @Test func aBrokenBudgetIsReported() throws {
    let rows = try Fortnight.source().rows("budgets", parameters: ["from": "2026-10-26", "to": "2026-11-02"])
    let row = try #require(rows.rows.first)
    let value = Dictionary(uniqueKeysWithValues: zip(rows.names, row))
    #expect(value["week"] == .text("2026-W44"))
    guard case .money(let cost)? = value["week_usd"] else { throw CancellationError() }
    #expect(abs(cost.nanodollars - 9_856_569_985_875) <= 1000)
    #expect(value["broken"] == .integer(1))
    // Six days are not a week.
    let part = try Fortnight.source().rows("budgets", parameters: ["from": "2026-10-27", "to": "2026-11-02"])
    let unknown = Dictionary(uniqueKeysWithValues: zip(part.names, try #require(part.rows.first)))
    #expect(unknown["week_usd"] == .null)
    #expect(unknown["broken"] == .integer(0))
  }

  private static func keep(_ files: [RenderedFile]) throws {
    guard let folder = ProcessInfo.processInfo.environment["BATCHCOST_REPORT_OUT"] else { return }
    for file in files { try file.write(to: "\(folder)/\(file.name)") }
  }
}
