import Foundation
import Store
import TestSupport
import Testing

/// The demo writes into a folder that may already hold something.
@Suite struct DemoTests {
  @Test("A database of another account is not replaced") func keepsOthers() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    try Store.Database(path: tool.database).write {
      try $0.execute("UPDATE account_region SET account = '444455556666' WHERE account <> ''")
    }
    let before = try Data(contentsOf: URL(fileURLWithPath: tool.database)).count
    let run = try await tool.run(["demo", "--output", "."])
    #expect(run.status == 2, "\(run)")
    #expect(
      run.err.contains("./batchcost.sqlite holds account 444455556666, which the demo would replace"), "\(run.err)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: tool.database)).count == before)
    #expect(!FileManager.default.fileExists(atPath: tool.folder.appending(path: "weekly.pdf").path))
  }

  @Test("The demo's own database is") func replacesItsOwn() async throws {
    let tool = try Tool()
    defer { tool.remove() }
    for _ in 1...2 {
      let run = try await tool.run(["demo", "--output", "demo"])
      #expect(run.status == 0, "\(run)")
    }
  }
}
