import Foundation
import TestSupport
import Testing

@Suite struct HelpTests {
  @Test(
    "Help fills 80 columns and never exceeds them",
    arguments: [
      "", "demo", "collect", "ledger", "ledger build", "ledger check", "ledger explain", "jobs", "query", "tags",
      "report", "rightsize", "replay", "replay optimise", "reconcile", "check", "export", "doctor", "mcp",
    ])
  func width(command: String) async throws {
    let tool = try Tool()
    defer { tool.remove() }
    let run = try await tool.run(command.split(separator: " ").map(String.init) + ["--help"])
    // The parser does not wrap the usage line.
    let lines = run.out.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("USAGE:") }
    #expect(run.status == 0 && lines.count > 5)
    for line in lines { #expect(line.count <= 80, "\(line)") }
    for (line, next) in zip(lines, lines.dropFirst()) where isText(line) && isText(next) {
      let word = next.prefix { $0 != " " }
      #expect(line.count + 1 + word.count >= 80, "broken early: \(line)")
    }
  }

  private func isText(_ line: Substring) -> Bool { !line.isEmpty && !line.hasPrefix(" ") && !line.hasSuffix("S:") }
}
