import Foundation
import TestSupport
import Testing

/// Without a period, every command covers the same days: the last whole week or, in a new account, the last seven days.
@Suite struct DefaultPeriodTests {
  private func tool(_ account: String) async throws -> Tool {
    let tool = try Tool()
    let folder = Repository.path("Tests/Fixtures/zoo/\(account)")
    let run = try await tool.run(["collect", "--as-of", "2026-10-29T12:00:00Z", "--from", folder])
    try #require(run.status == 0, "\(run.err)")
    return tool
  }

  /// Two accounts that ran on 28 and 29 October.
  @Test("A gate compares what the report shows, days of collection included") func gate() async throws {
    let tool = try await tool("multi")
    defer { tool.remove() }
    let report = try await tool.run(["report", "weekly", "--format", "md", "--output", "-"])
    #expect(report.out.contains("# AWS Batch cost $2.07 so far"), "\(report.out.prefix(300))")
    let check = try await tool.run(["check", "--max-weekly", "2"])
    #expect(check.status == 3)
    #expect(check.err == "everything: weekly cost is $2.07 so far, limit $2.00 (2026-10-28 to 2026-10-29)\n")
  }

  @Test("A narrowed check names what it covers, and why it cannot check unused cost") func narrowed() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let weekly = try await tool.run(["check", "--where", "tag:team=astro", "--max-weekly", "400"])
    #expect(weekly.status == 3)
    #expect(
      weekly.err.hasPrefix("tag:team=astro: weekly cost is $")
        && weekly.err.hasSuffix(", limit $400.00 (2026-10-26 to 2026-11-01)\n"), "\(weekly.err)")
    let unused = try await tool.run(["check", "--where", "tag:team=astro", "--max-unused", "10%"])
    #expect(unused.status == 1)
    #expect(
      unused.err == """
        tag:team=astro, 2026-10-26 to 2026-11-01: unused cost belongs to no job, so its share was not checked; choose \
        places alone, or leave out --where

        """)
  }
}
