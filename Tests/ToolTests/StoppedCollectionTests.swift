import Foundation
import Store
import TestSupport
import Testing

/// What readers say after a collection that was stopped, and beside one that is still at work.
@Suite struct StoppedCollectionTests {
  private static let totals = ["query", "totals", "--all", "--format", "csv"]

  /// As after the first ledger, whose insights were not computed.
  private func stopAfterLedger(_ tool: Tool) throws {
    try Store.Database(path: tool.database).derive {
      try $0.execute(
        """
        DELETE FROM build WHERE product IN ('insights', 'insight rules');
        DELETE FROM start_day; DELETE FROM run_job
        """)
    }
  }

  @Test("Insights that are missing are computed before anything is read")
  func finished() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let whole = try await tool.run(Self.totals)
    #expect(whole.out.contains(",9612,11294,817"), "\(whole)")
    let others = [["check", "--max-weekly", "20000"], ["jobs", "--limit", "1"], ["ledger", "check"]]
    for arguments in [Self.totals] + others {
      try stopAfterLedger(tool)
      let run = try await tool.run(arguments)
      #expect(run.status == 0, "\(run)")
      #expect(
        run.err.hasPrefix(
          "a collection is under way, or was stopped, before everything was computed: computing the rest\nledger: "),
        "\(run.err)")
      let after = try await tool.run(Self.totals)
      #expect(after.out == whole.out && !after.err.contains("computing"), "\(after)")
    }
  }

  @Test("Facts that are newer than the ledger are said")
  func behind() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    try Store.Database(path: tool.database).write {
      try $0.execute("INSERT INTO account_region VALUES (9, '444455556666', 'eu-west-1')")
    }
    let behind = "more was collected after the ledger was computed: a collection is under way, or was stopped"
    let run = try await tool.run(Self.totals)
    #expect(run.status == 0 && run.out.contains(",9612,11294,817") && run.err.hasPrefix(behind), "\(run)")
    #expect(try await tool.run(["ledger", "build"]).status == 0)
    let built = try await tool.run(Self.totals)
    #expect(built.status == 0 && !built.err.contains("more was collected"), "\(built)")
  }
}
