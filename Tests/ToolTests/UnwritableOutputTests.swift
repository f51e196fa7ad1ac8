import Foundation
import TestSupport
import Testing

/// Standard output or error on a full disk, in a pipe nobody reads, or closed: no command traps, and its work is done.
@Suite struct UnwritableOutputTests {
  /// Every command, the status it normally ends with, and the file it writes.
  struct Command: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var status: Int32 = 0
    var writes: String?
    var testDescription: String { arguments.prefix(3).joined(separator: " ") }
  }

  static let commands = [
    Command(arguments: ["query"]),
    Command(arguments: ["jobs"]),
    Command(arguments: ["query", "totals"]),
    Command(arguments: ["query", "postings", "--format", "ndjson"]),
    Command(arguments: ["query", "totals", "--sql"]),
    Command(arguments: ["report"]),
    Command(arguments: ["report", "weekly", "--output", "weekly.md"], writes: "weekly.md"),
    Command(arguments: ["report", "new", "mine"], writes: "Reports/mine.md"),
    Command(arguments: ["check", "--max-weekly", "1"], status: 3),
    Command(arguments: ["check", "--max-weekly", "1000000"]),
    Command(arguments: ["rightsize"]),
    Command(arguments: ["doctor", "--policy"]),
    Command(arguments: ["doctor"], status: 3),
    Command(arguments: ["ledger", "check"]),
    Command(arguments: ["ledger", "fingerprint"]),
    Command(arguments: ["ledger", "explain", "i-0a9aafaaef2889d0e"]),
    Command(arguments: ["export", "--format", "focus", "--output", "-"]),
    Command(arguments: ["--version"]),
    Command(arguments: ["--help"]),
    Command(arguments: ["help", "query"]),
    Command(arguments: ["query", "--help"]),
  ]

  @Test("Output to a full disk exits 1 and says so", arguments: commands)
  func fullDisk(command: Command) async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(command.arguments, out: .full)
    #expect(!run.wasKilled && run.status == 1, "\(run)")
    #expect(run.err.contains("standard output: No space left on device"), "\(run.err)")
    try expectWork(command, tool)
  }

  @Test("Output to a closed standard output exits 1 and says so", arguments: commands)
  func closedOutput(command: Command) async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(command.arguments, out: .none)
    #expect(!run.wasKilled && run.status == 1, "\(run)")
    #expect(run.err.contains("standard output: Bad file descriptor"), "\(run.err)")
    try expectWork(command, tool)
  }

  @Test("A reader that stops early is not a failure, and gets no message", arguments: commands)
  func unread(command: Command) async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(command.arguments, out: .unread)
    #expect(!run.wasKilled && run.status == command.status, "\(run)")
    #expect(!run.err.contains("standard output"), "\(run.err)")
    try expectWork(command, tool)
  }

  @Test("Messages that cannot be written stop no command", arguments: commands, [Tool.Target.full, .unread, .none])
  func noMessages(command: Command, target: Tool.Target) async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    let run = try await tool.run(command.arguments, err: target)
    #expect(!run.wasKilled, "\(run)")
    #expect([command.status, 1].contains(run.status), "\(run)")
    #expect(!run.out.isEmpty)
    try expectWork(command, tool)
  }

  @Test(
    "Collecting with nowhere to write messages still builds the ledger", arguments: [Tool.Target.full, .unread, .none])
  func collecting(target: Tool.Target) async throws {
    let tool = try Tool()
    defer { tool.remove() }
    let run = try await tool.run(
      ["collect", "--as-of", CollectedSample.collectedAt] + CollectedSample.sources, err: target)
    #expect(!run.wasKilled && run.status == (target == .full ? 1 : 0), "\(run)")
    let made = try await tool.run(["ledger", "fingerprint"], name: "made").out
    let expected = try await CollectedSample.tool().run(["ledger", "fingerprint"]).out
    #expect(made == expected && made.contains("ledger"))
  }

  @Test("A file on a full disk is an error that names it, and the device survives")
  func deviceAsFile() async throws {
    let tool = try await CollectedSample.tool()
    defer { tool.remove() }
    for arguments in [
      ["report", "weekly", "--output", "full.md"], ["export", "--format", "focus", "--output", "full.md"],
    ] {
      try? FileManager.default.createSymbolicLink(
        atPath: tool.folder.appending(path: "full.md").path, withDestinationPath: "/dev/full")
      let run = try await tool.run(arguments)
      #expect(!run.wasKilled && run.status == 1, "\(run)")
      #expect(run.err.contains("full.md: No space left on device"), "\(run.err)")
      var status = stat()
      #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }
  }

  private func expectWork(_ command: Command, _ tool: Tool) throws {
    guard let file = command.writes else { return }
    #expect(FileManager.default.fileExists(atPath: tool.folder.appending(path: file).path))
  }
}
