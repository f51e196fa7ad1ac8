import GRDB
import Queries

/// The steps that bring a database to the schema of this program.
///
/// All that are missing run in one transaction: no other process sees a half-made schema, and of two that open a
/// database at once, the second finds nothing left to do.
enum Migrations {
  static func run(_ pool: any DatabaseWriter) throws {
    if try pool.read(areComplete) { return }
    try pool.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        try db.execute(sql: "CREATE TABLE IF NOT EXISTS \(table) (identifier TEXT NOT NULL PRIMARY KEY)")
        // Another process may have run them while this one waited for the lock.
        let done = try applied(db)
        for migration in migrations where !done.contains(migration.name) {
          try db.execute(sql: migration.text)
          try db.execute(sql: "INSERT INTO \(table) VALUES (?)", arguments: [migration.name])
          // The list of migrations is for this program; `about` is for users.
          if try has("schema_version", db) {
            try db.execute(sql: "UPDATE schema_version SET version = ?", arguments: [migration.name])
          }
        }
        return .commit
      }
    }
  }

  /// Whether the database has the schema of this program.
  static func areComplete(_ db: GRDB.Database) throws -> Bool { try applied(db).isSuperset(of: names) }

  /// Whether a newer program has changed the schema.
  static func haveNewer(_ db: GRDB.Database) throws -> Bool { try !applied(db).isSubset(of: names) }

  /// Named after the library that kept it first.
  static let table = "grdb_migrations"

  /// Asks the file: GRDB remembers what tables there were, and another process may have made some since.
  private static func has(_ table: String, _ db: GRDB.Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?)", arguments: [table])
      ?? false
  }

  private static let names = Set(migrations.map(\.name))

  private static func applied(_ db: GRDB.Database) throws -> Set<String> {
    guard try has(table, db) else { return [] }
    return try Set(String.fetchAll(db, sql: "SELECT identifier FROM \(table)"))
  }
}
