import Foundation
import TestSupport
import Testing

/// The sample account as the program collected it, once for all tests.
enum CollectedSample {
  static let folder = Repository.fortnight

  static let collectedAt = "2026-11-02T05:20:00Z"

  /// What a week needs: queues, jobs, instances, types and prices.
  static let sources = ["batch", "ecs", "ec2", "pricing"].flatMap { ["--from", "\(folder)/\($0)"] }

  private static let made = Task {
    let tool = try Tool()
    let run = try await tool.run(["collect", "--as-of", collectedAt] + sources)
    try #require(run.status == 0, "\(run.err)")
    return tool.database
  }

  /// A tool whose folder has a copy of the database.
  static func tool() async throws -> Tool {
    let tool = try Tool()
    let database = try await made.value
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: database + suffix) {
      try FileManager.default.copyItem(atPath: database + suffix, toPath: tool.database + suffix)
    }
    return tool
  }
}
