import Domain
import ReportSamples
import Reports
import Testing

@testable import Reporting

/// What interruptions cost, in the weekly report and in the Spot audit. In the sample's week 2026-W44, Spot interrupted
/// attempts worth $161.574910905, of which $124.860886263 were run again and $36.714024642 given up: both are lost. Three of
/// them, $0.799780898 with $0.359649456 given up, ran on an m5zn.6xlarge, which has no On-Demand price and is not compared.
@Suite struct LostWorkTests {
  private func rows(_ query: String) throws -> DataTable {
    let week = Fortnight.week
    return try Fortnight.source().rows(
      query, parameters: ["from": week.from.description, "to": week.to.description])
  }

  private func document(_ name: String) throws -> (ReportRenderer, Document) {
    let report = try #require(embeddedReports.first { $0.name == name })
    let renderer = ReportRenderer(source: try Fortnight.source(), subject: Fortnight.week)
    return (renderer, try renderer.document(Report(file: "Reports/\(name).md", name: name, text: report.text)))
  }

  @Test func bothCountTheSameAndSayWhichPartTheyMean() throws {
    let retries = try rows("retry-cost")
    let row = try #require(retries["cause"]?.firstIndex(of: .text("interrupted")))
    #expect(retries[row, "cost_usd"] == .money(Money(nanodollars: 161_574_910_905)))
    #expect(retries[row, "retried_usd"] == .money(Money(nanodollars: 124_860_886_263)))
    let audit = try rows("spot-audit")
    #expect(audit[0, "lost_usd"] == .money(Money(nanodollars: 160_775_130_007)))
    #expect(audit[0, "abandoned_usd"] == .money(Money(nanodollars: 36_354_375_186)))
  }

  @Test func bothReportsNameBothParts() throws {
    for name in ["weekly", "spot-audit"] {
      let (renderer, document) = try document(name)
      let text = String(decoding: try renderer.render(document, as: .markdown).flatMap(\.bytes), as: UTF8.self)
      #expect(text.contains("$160.78"), "\(name)")
      #expect(text.contains("$36.35"), "\(name)")
    }
  }

  @Test("Intervals beyond the axis say where they end: g4dn.12xlarge at 77 in 100 instance-hours, g5.48xlarge at 60")
  func cutIntervalsSayWhereTheyEnd() throws {
    let (renderer, document) = try document("spot-audit")
    let pages = try renderer.render(document, as: .svg).map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(pages.contains { $0.contains("→ 77") && $0.contains("→ 60") })
  }
}
