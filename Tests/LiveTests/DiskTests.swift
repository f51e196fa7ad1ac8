import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting
@testable import Collect

/// The program on a disk that fills up, and beside others that read and write.
@Suite(.serialized) struct DiskTests {
  private static let folders = ["batch", "ecs", "ec2", "pricing", "cloudtrail", "logs", "events"]
  private static let collect =
    ["collect", "--as-of", "2026-11-02T05:20:00Z"] + folders.flatMap { ["--from", "\(Fortnight.folder)/\($0)"] }

  private func isWhole(_ tool: Tool) throws -> Bool {
    guard FileManager.default.fileExists(atPath: tool.database) else { return true }
    let check = "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"
    return try Database(readingFrom: tool.database).read { try $0.integer(check) } == 1
  }

  /// No file may exceed a limit, as on a full disk: SQLite's files reach it at different moments.
  @Test(
    "A collection that runs out of space fails with a message, and continues once there is room", arguments: [1, 5, 12])
  func full(mebibytes: Int) async throws {
    let tool = try Tool()
    defer { tool.remove() }
    let bounded = try await tool.run(Self.collect, fileKiB: mebibytes << 10)
    #expect(bounded.status == 1 && !bounded.wasKilled, "\(bounded.status) \(bounded.err)")
    #expect(bounded.err.contains("batchcost.sqlite"), "\(bounded.err)")
    #expect(try isWhole(tool))
    let again = try await tool.run(Self.collect)
    #expect(again.status == 0, "\(again.err)")
    #expect(try Ledger.fingerprint(Database(readingFrom: tool.database)) == Fortnight.fingerprint())
  }

  @Test("A report that runs out of space keeps the old file and leaves no half-written one")
  func fullReport() async throws {
    let tool = try Tool()
    defer { tool.remove() }
    let run = try await tool.run(Self.collect)
    #expect(run.status == 0, "\(run.err)")
    try tool.write("weekly.svg", "the last one")
    let bounded = try await tool.run(["report", "weekly", "--output", "weekly.svg"], fileKiB: 20)
    #expect(bounded.status == 1 && !bounded.wasKilled, "\(bounded.status) \(bounded.err)")
    #expect(try String(contentsOf: tool.folder.appending(path: "weekly.svg"), encoding: .utf8) == "the last one")
    let left = try FileManager.default.contentsOfDirectory(atPath: tool.folder.path)
    #expect(left.filter { $0.hasSuffix(".part") || $0.hasSuffix(".tmp") }.isEmpty, "\(left)")
  }

  @Test("Two runs collecting and one reading, at once")
  func together() async throws {
    let tool = try Tool()
    defer { tool.remove() }
    let first = try await tool.run(["collect", "--from", "\(Fortnight.folder)/batch"], name: "first")
    #expect(first.status == 0, "\(first.err)")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in ["one", "other"] {
        group.addTask {
          let run = try await tool.run(Self.collect, name: writer)
          #expect(run.status == 0, "\(run.err)")
        }
      }
      group.addTask {
        for number in 0..<5 {
          let run = try await tool.run(["query", "cost-by-queue"], name: "reader-\(number)")
          #expect(run.status == 0, "\(run.err)")
        }
      }
      try await group.waitForAll()
    }
    #expect(try isWhole(tool))
    #expect(try Ledger.fingerprint(Database(readingFrom: tool.database)) == Fortnight.fingerprint())
  }
}
