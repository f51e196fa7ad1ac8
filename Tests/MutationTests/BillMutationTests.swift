import Base
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting
@testable import Collect

/// Spoiled bills on a small account: nothing traps, a bill is either refused as a whole or each of its rows is kept or
/// reported, and the ledger holds.
@Suite(.serialized) struct BillMutationTests {
  /// Fewer than documents: each bill goes through the database and the ledger.
  private static let count =
    (ProcessInfo.processInfo.environment["BATCHCOST_MUTATIONS"].flatMap(Int.init) ?? 20_000) / 100

  private func account(in folder: URL) throws -> Database {
    let input = folder.appending(path: "account")
    try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    for part in MutatedAccount.parts {
      try Data(part.text.utf8).write(to: input.appending(path: "\(part.name).json"))
    }
    let path = folder.appending(path: "account.sqlite").path
    let database = try Database(path: path)
    _ = try Collector().collect(paths: [input.path], asOf: nil, database: database)
    _ = try Ledger.build(database)
    return database
  }

  private func fault(_ spoiled: SpoiledBill, at path: String, _ database: Database) async throws -> String? {
    do {
      let summary = try await BillImporter().importBills(paths: [path], database: database)
      let told = summary.rows + summary.feedRows + summary.unread
      if spoiled.isCellsAlone, told < spoiled.rows.count {
        return "\(told) of \(spoiled.rows.count) rows read or told of"
      }
    } catch let refusal as CollectionError {
      return refusal.reason.isEmpty ? "refused without a reason" : nil
    }
    _ = try Ledger.build(database)
    let failures = try database.read { connection in try LedgerCheck.failures(connection) }
    return failures.isEmpty ? nil : "\(failures.map(\.message))"
  }

  @Test("A spoiled bill is refused, or each of its rows is kept or reported", .timeLimit(.minutes(600)))
  func bills() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bill-mutations-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let database = try account(in: folder)
    var faults: [String] = []
    for seed in 1...UInt64(max(1, Self.count)) {
      Replay.note(seed)
      var random = SeededGenerator(seed: seed << 16)
      let spoiled = SpoiledBill(&random)
      let file = folder.appending(path: spoiled.name)
      try Data(spoiled.bytes).write(to: file)
      do {
        if let fault = try await fault(spoiled, at: file.path, database) {
          faults.append("seed \(seed): \(fault): \(spoiled)")
        }
      } catch {
        faults.append("seed \(seed): \(error): \(spoiled)")
      }
      try FileManager.default.removeItem(at: file)
    }
    print("\(Self.count) spoiled bills")
    #expect(faults == [])
  }

  static let duckdb = Program.duckDB()

  @Test(
    "Parquet with spoiled cells or bytes is refused, or each of its rows is kept or reported",
    .enabled(if: duckdb != nil, "duckdb is not installed: pipx install duckdb-cli, or name it with BATCHCOST_DUCKDB"),
    .timeLimit(.minutes(600)))
  func parquet() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "parquet-mutations-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let database = try account(in: folder)
    let duckdb = try #require(Self.duckdb)
    var faults: [String] = []
    // Each starts a program two or three times.
    for seed in 1...UInt64(max(1, Self.count / 20)) {
      Replay.note(seed)
      var random = SeededGenerator(seed: seed << 24)
      let spoiled = SpoiledBill(&random)
      guard spoiled.kind != .feed, spoiled.isCellsAlone, !spoiled.rows.isEmpty else { continue }
      let (csv, file) = (folder.appending(path: spoiled.name), folder.appending(path: "bill.parquet"))
      try Data(spoiled.bytes).write(to: csv)
      let ended = try await duckdb.run(
        [
          "-no-init", "-c",
          "COPY (FROM read_csv('\(csv.path)', all_varchar = true, header = true, strict_mode = false)) TO '\(file.path)'",
        ], patience: 300)
      try FileManager.default.removeItem(at: csv)
      // DuckDB would not make a table of this one.
      guard ended.failure == nil else { continue }
      if seed % 2 == 0 {
        var bytes = Array(try Data(contentsOf: file))
        for _ in 0..<3 {
          bytes[Int.random(in: bytes.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
        }
        try Data(bytes).write(to: file)
      }
      do {
        if seed % 2 == 0 {
          _ = try await fault(spoiled, at: file.path, database)
        } else if let fault = try await fault(spoiled, at: file.path, database) {
          faults.append("seed \(seed): \(fault): \(spoiled)")
        }
      } catch {
        faults.append("seed \(seed): \(error): \(spoiled)")
      }
      try FileManager.default.removeItem(at: file)
    }
    #expect(faults == [])
  }
}
