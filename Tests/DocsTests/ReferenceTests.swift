import Foundation
import TestSupport
import Testing

@testable import Collect

/// Pages that repeat what the program says are up to date.
@Suite struct ReferenceTests {
  @Test("Commands, tables and queries match their pages; if not, run scripts/reference")
  func reference() async throws {
    let run = try await OtherProgram.run(Pages.root.appending(path: "scripts/reference").path, ["--check", Tool.path])
    #expect(run.status == 0, "\(run.err)")
  }

  @Test("The CloudFormation template's role allows exactly what `doctor --policy` prints")
  func template() throws {
    let template = try Pages.text("packaging/ecs-hourly.yaml")
    let start = try #require(template.range(of: "PolicyName: batchcost\n")).upperBound
    let end = try #require(template.range(of: "PolicyName: database", range: start..<template.endIndex)).lowerBound
    let granted = Set(template[start..<end].matches(of: /[a-z0-9]+:[A-Z]\w+/).map { String($0.0) })
    let policy = Set(LiveCollector.grants(events: []).flatMap { $0.grants.flatMap(\.actions) })
    #expect(granted == policy)
  }

  @Test(
    "Every batchcost.yaml shown on a page is valid",
    arguments: ["README.md", "Sources/batchcost/batchcost.docc/Configuration.md"])
  func configuration(_ page: String) async throws {
    let blocks = try Pages.text(page).matches(of: /```yaml\n((?s).*?)```/).map { String($0.1) }
    #expect(!blocks.isEmpty)
    for block in blocks {
      let tool = try Tool()
      defer { tool.remove() }
      try tool.write("batchcost.yaml", block)
      // The missing database is noticed only after the file was read; a bad file would exit with 2.
      let run = try await tool.run(["check", "--database", "none.sqlite"])
      #expect(run.status == 1 && run.err.contains("none.sqlite"), "\(page): \(run.err)")
    }
  }
}
