import Accounting
import Collect
import Domain
import Foundation
import Insights
import ReportSamples
import Reports
import Store
import TestSupport
import Testing

@testable import Reporting

/// What the Spot audit and right-sizing say with and without supplied files: the Spot Advisor's, and prices of Graviton
/// families.
@Suite struct SuppliedFilesTests {
  private func text(_ name: String, _ source: StoreSource) throws -> String {
    let report = try #require(embeddedReports.first { $0.name == name })
    let renderer = ReportRenderer(source: source, subject: Fortnight.week)
    let document = try renderer.document(Report(file: "Reports/\(name).md", name: name, text: report.text))
    _ = try PageScenes(document, charts: .vegaLite)
    return String(decoding: try renderer.render(document, as: .markdown).flatMap(\.bytes), as: UTF8.self)
  }

  @Test func withoutThemThereIsOneLineAndNoTable() throws {
    let audit = try text("spot-audit", Fortnight.source())
    #expect(audit.contains("https://spot-bid-advisor.s3.amazonaws.com/spot-advisor-data.json"))
    #expect(!audit.contains("above AWS's band"))
    #expect(!audit.contains("Of instances:"))
    #expect(!(try text("right-sizing", Fortnight.source())).contains("Graviton"))
  }

  @Test func withThemTheyAppearBesideOurOwn() throws {
    let advisor = Repository.path("Tests/Fixtures/spot-advisor/spot-advisor-data.json")
    let database = try Database(path: ":memory:")
    _ = try Collector().collect(
      paths: [Repository.fortnight, advisor], asOf: Fortnight.collectedAt, database: database)
    try database.write {
      try $0.execute(
        """
        INSERT INTO instance_type (name, milli_vcpus, memory_mib, architecture)
          SELECT 'r8g' || SUBSTR(name, 3), milli_vcpus, memory_mib, 'arm64' FROM instance_type WHERE name LIKE 'r5.%';
        INSERT INTO list_price SELECT region, service, 'r8g' || SUBSTR(item, 3), operating_system, tenancy,
          effective_at_ms, rate / 10 * 9, unit, source FROM list_price WHERE item LIKE 'r5.%' AND tenancy = 'Shared';
        """)
    }
    _ = try Ledger.build(database)
    try Insights.build(database)
    let source = StoreSource(database: database)
    let audit = try text("spot-audit", source)
    // 19 of 28 r5.24xlarge were reclaimed; the fixture says 5 to 10 in 100.
    #expect(audit.contains("in 100 instance-hours; 1 type above AWS's band"))
    #expect(audit.contains("Of instances: share taken back"))
    #expect(!audit.contains("spot-bid-advisor"))
    let sizing = try text("right-sizing", source)
    #expect(sizing.contains("### Cheaper on Graviton, only if the image exists for arm64"))
    #expect(sizing.contains("| ondemand-x86 | r5 | r8g |"))
  }
}
