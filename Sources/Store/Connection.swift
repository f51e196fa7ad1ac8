import GRDB
import GRDBSQLite

/// The database inside one transaction or one read.
package struct Connection {
  let db: GRDB.Database
  private let passedOver = RowCount()

  init(_ db: GRDB.Database) { self.db = db }

  /// Runs statements that return nothing.
  package func execute(_ sql: String) throws { try db.execute(sql: sql) }

  /// Prepares one statement for the bulk paths: parameters are bound and columns read without copies or boxes.
  package func prepare(_ sql: String) throws -> Statement {
    guard let handle = db.sqliteConnection else { throw StoreError(.unusable, "the database is closed") }
    return try Statement(connection: handle, sql: sql)
  }

  /// The first column of the first row, 0 where there is none.
  package func integer(_ sql: String) throws -> Int64 {
    let statement = try prepare(sql)
    return try statement.step() ? statement.integer(0) : 0
  }

  package var lastInsertedRow: Int64 { db.lastInsertedRowID }

  /// Rows that the last INSERT, UPDATE or DELETE changed.
  package var changes: Int { db.changesCount }

  /// Rows changed since the connection was opened, without those of `bookkeeping`.
  var factChanges: Int { db.totalChangesCount - passedOver.rows }

  /// Runs what changes no fact: how far a source was read, what could not be read.
  package func bookkeeping<T>(_ body: () throws -> T) rethrows -> T {
    let before = db.totalChangesCount
    defer { passedOver.rows += db.totalChangesCount - before }
    return try body()
  }
}

/// A count that all copies of a connection share.
private final class RowCount {
  var rows = 0
}
