import Foundation
import TestSupport
import Testing

/// Several runs that write one file: it is complete whoever finishes last, and nothing is left beside it.
@Suite struct OneOutputTests {
  private static let export = ["export", "--format", "focus", "--from", "2026-10-26", "--to", "2026-11-01", "--output"]

  private func parts(_ tool: Tool) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: tool.folder.path).filter { $0.hasSuffix(".part") }
  }

  private func bytes(_ tool: Tool, _ name: String) throws -> Data {
    try Data(contentsOf: tool.folder.appending(path: name))
  }

  @Test("Two runs at once both succeed, and the file is what one alone would write")
  func together() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let alone = try await tool.run(Self.export + ["alone.csv"])
    #expect(alone.status == 0, "\(alone)")
    let processes = try (0..<2).map { try tool.start(Self.export + ["focus.csv"], name: "run-\($0)") }
    for (index, process) in processes.enumerated() {
      await tool.end(of: process)
      #expect(process.terminationStatus == 0, "\(tool.text("err", name: "run-\(index)"))")
    }
    #expect(try bytes(tool, "focus.csv") == bytes(tool, "alone.csv"))
    #expect(try parts(tool) == [])
  }

  @Test("The next run removes what a killed run left")
  func killed() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    var attempt = 0
    // A run may finish before it can be killed mid-write, so try again.
    while try parts(tool).isEmpty, attempt < 200 {
      attempt += 1
      let process = try tool.start(Self.export + ["focus.csv"], name: "killed")
      while process.isRunning, try parts(tool).isEmpty {}
      kill(process.processIdentifier, SIGKILL)
      await tool.end(of: process)
    }
    try #require(!parts(tool).isEmpty)
    let run = try await tool.run(Self.export + ["focus.csv"])
    #expect(run.status == 0, "\(run)")
    #expect(try parts(tool) == [])
  }
}
