import Foundation
import TestSupport
import Testing

/// The same through the program, as people run it: it exits 0 or 1, and the ledger holds.
@Suite struct ProgramMutationTests {
  private static let count =
    (ProcessInfo.processInfo.environment["BATCHCOST_MUTATIONS"].flatMap(Int.init) ?? 20_000) / 400

  @Test(.timeLimit(.minutes(600))) func program() async throws {
    let tool = try Tool(url: "http://127.0.0.1:1")
    defer { tool.remove() }
    let input = tool.folder.appending(path: "input")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    for seed in 1...UInt64(max(1, Self.count)) {
      // Seeds that the tests in process do not use.
      var random = SeededGenerator(seed: seed << 32)
      let spoiled = Spoiled(&random)
      try spoiled.write(to: input)
      for name in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: tool.database + name) }
      let collected = try await tool.run(["collect", "--from", "input", "--database", tool.database])
      #expect([0, 1].contains(collected.status) && !collected.wasKilled, "seed \(seed): \(collected): \(spoiled)")
      let check = try await tool.run(["ledger", "check", "--database", tool.database], name: "check")
      #expect(check.status == 0, "seed \(seed): \(check): \(spoiled)")
      let bill = SpoiledBill(&random)
      try Data(bill.bytes).write(to: tool.folder.appending(path: bill.name))
      defer { try? FileManager.default.removeItem(at: tool.folder.appending(path: bill.name)) }
      let reconciled = try await tool.run(
        ["reconcile", "--bill", bill.name, "--database", tool.database], name: "reconcile")
      #expect([0, 1].contains(reconciled.status) && !reconciled.wasKilled, "seed \(seed): \(reconciled): \(bill)")
      let after = try await tool.run(["ledger", "check", "--database", tool.database], name: "check")
      #expect(after.status == 0, "seed \(seed): \(after): \(bill)")
    }
    print("\(Self.count) mutations through the program")
  }
}
