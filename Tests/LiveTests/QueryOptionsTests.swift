import Store
import TestSupport
import Testing

/// An option that a query does not take is an error, not ignored.
@Suite struct QueryOptionsTests {
  private func run(_ arguments: [String]) async throws -> Tool.Run {
    let tool = try Tool(url: "http://127.0.0.1:9")
    defer { tool.remove() }
    _ = try Database(path: tool.database)
    return try await tool.run(["query"] + arguments)
  }

  @Test(
    "A period for a query that has none",
    arguments: [["--week", "2026-W44"], ["--from", "2026-10-26"], ["--to", "2026-10-27"]])
  func noPeriod(period: [String]) async throws {
    let run = try await run(["ledger-reference"] + period)
    #expect(run.status != 0)
    #expect(run.out.isEmpty)
    #expect(run.err.contains("ledger-reference takes no period: it covers everything collected"), "\(run.err)")
  }

  @Test func withoutOneItRuns() async throws {
    let run = try await run(["ledger-reference", "--format", "csv"])
    #expect(run.status == 0, "\(run.err)")
  }

  @Test func aParameterTheQueryDoesNotHave() async throws {
    let run = try await run(["cost-by-tag", "--param", "tga=team"])
    #expect(run.status != 0)
    #expect(run.err.contains("cost-by-tag takes no parameter \"tga\" (did you mean \"tag\"?)"), "\(run.err)")
  }
}
