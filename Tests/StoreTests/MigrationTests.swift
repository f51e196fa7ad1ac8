import Foundation
import GRDB
import Queries
import Synchronization
import Testing

@testable import Store

@Suite struct MigrationTests {
  private func path() -> String { NSTemporaryDirectory() + "migrated-\(UUID().uuidString).sqlite" }

  private func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
  }

  @Test("Of several that open a new database at once, one makes the schema, and all can use it")
  func together() {
    for _ in 0..<5 {
      let path = path()
      defer { remove(path) }
      let outcomes = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        let outcome: String
        do {
          outcome = try "\(Store.Database(path: path).read { try $0.integer("SELECT COUNT(*) FROM job") })"
        } catch { outcome = "\(error)" }
        outcomes.withLock { $0.append(outcome) }
      }
      #expect(outcomes.withLock { $0 } == ["0", "0", "0", "0"])
    }
  }

  @Test("Turning on the write-ahead log at once does not fail, though SQLite does not wait for it")
  func logTogether() throws {
    let original = path()
    defer { remove(original) }
    _ = try Store.Database(path: original)
    try DatabaseQueue(path: original).writeWithoutTransaction { db in
      let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
      #expect(mode == "delete")
    }
    for _ in 0..<60 {
      let path = path()
      defer { remove(path) }
      try FileManager.default.copyItem(atPath: original, toPath: path)
      let failures = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        do {
          _ = try Store.Database(path: path)
        } catch { failures.withLock { $0.append("\(error)") } }
      }
      #expect(failures.withLock { $0 } == [])
    }
  }

  @Test("A database that stopped after the first migrations gets the others")
  func halfway() throws {
    let path = path()
    defer { remove(path) }
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      for migration in migrations.prefix(3) {
        try db.execute(sql: migration.text)
        try db.execute(sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: [migration.name])
      }
    }
    #expect(throws: StoreError.self) { try Store.Database(readingFrom: path) }
    _ = try Store.Database(path: path)
    let names = try DatabaseQueue(path: path).read { db in
      try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
    }
    #expect(names == migrations.map(\.name) && names.first == "0001_facts")
  }

  @Test("A reader sees one snapshot, whatever is written meanwhile")
  func snapshot() throws {
    let path = path()
    defer { remove(path) }
    let writer = try Store.Database(path: path)
    let reader = try Store.Database(readingFrom: path)
    let count = "SELECT COUNT(*) FROM account_region"
    #expect(try reader.read { try $0.integer(count) } == 0)
    try writer.write { try $0.execute("INSERT INTO account_region VALUES (1, '111122223333', 'eu-west-1')") }
    #expect(try reader.read { try $0.integer(count) } == 0)
    #expect(try Store.Database(readingFrom: path).read { try $0.integer(count) } == 1)
  }
}
