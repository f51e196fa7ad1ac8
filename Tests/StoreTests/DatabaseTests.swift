import Foundation
import GRDB
import Testing

@testable import Store

@Suite struct DatabaseTests {
  @Test func databasesInMemoryAreSeparate() throws {
    let databases = try [Database(path: ":memory:"), Database(path: ":memory:")]
    try databases[0].write { try $0.execute("INSERT INTO account_region VALUES (1, '111122223333', 'eu-west-1')") }
    #expect(try databases[1].read { try $0.integer("SELECT COUNT(*) FROM account_region") } == 0)
    let identities = try databases.map { database in
      try database.read { connection in
        let row = try connection.prepare("SELECT id FROM database_identity")
        return try row.step() ? row.text(0) : ""
      }
    }
    #expect(identities.map(\.count) == [16, 16] && identities[0] != identities[1])
  }

  @Test("A half-created database is not another program's: the table of migrations comes first")
  func inTheMaking() throws {
    let path = NSTemporaryDirectory() + "making-\(UUID().uuidString).sqlite"
    defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    }
    let database = try Database(path: path)
    #expect(try database.read { try $0.integer("SELECT COUNT(*) FROM job") } == 0)
  }

  @Test("Another program's database is refused for reading and writing, and stays as it was")
  func otherProgram() throws {
    let path = NSTemporaryDirectory() + "shop-\(UUID().uuidString).sqlite"
    defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE customers (id INTEGER)") }
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let refusal = StoreError(.unusable, "\(path): a database of another program; name another --database")
    #expect(throws: refusal) { try Store.Database(path: path) }
    #expect(throws: refusal) { try Store.Database(readingFrom: path) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    for suffix in ["-wal", "-shm", "-journal"] { #expect(!FileManager.default.fileExists(atPath: path + suffix)) }
    let tables = try DatabaseQueue(path: path).read {
      try String.fetchAll($0, sql: "SELECT name FROM sqlite_master")
    }
    #expect(tables == ["customers"])
  }

  @Test("A database from a newer version is refused for reading and writing")
  func newer() throws {
    let path = NSTemporaryDirectory() + "newer-\(UUID().uuidString).sqlite"
    defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
    _ = try Store.Database(path: path)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999_later')") }
    let refusal = StoreError(
      .newer, "\(path): written by a newer batchcost; update this one, or name another --database")
    #expect(throws: refusal) { try Store.Database(path: path) }
    #expect(throws: refusal) { try Store.Database(readingFrom: path) }
  }

  @Test("An empty file becomes a database, and our own opens again")
  func own() throws {
    let path = NSTemporaryDirectory() + "own-\(UUID().uuidString).sqlite"
    defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    for _ in 0..<2 {
      let database = try Store.Database(path: path)
      #expect(try database.read { try $0.integer("SELECT COUNT(*) FROM job") } == 0)
    }
  }
}
