import GRDB
import GRDBSQLite

/// The database within one transaction or one read: use it there, on that thread, and never afterwards.
///
/// Everything here throws `StoreError`; errors of GRDB become one as they leave `Database.read` and its like.
package struct Connection {
  let db: GRDB.Database
  private let passedOver = RowCount()
  let standIns: StandIns?

  /// - Parameter standIns: replaces tables of the file.
  init(_ db: GRDB.Database, _ standIns: StandIns? = nil) { (self.db, self.standIns) = (db, standIns) }

  /// Runs statements that return nothing.
  package func execute(_ sql: String) throws {
    try standIns?.provide(for: sql, self)
    try db.execute(sql: sql)
  }

  /// Prepares one statement for bulk work: parameters are bound and columns read without copies or boxes.
  package func prepare(_ sql: String) throws -> Statement {
    try standIns?.provide(for: sql, self)
    guard let handle = db.sqliteConnection else { throw StoreError(.unusable, "the database is closed") }
    return try Statement(connection: handle, sql: sql)
  }

  /// The first column of the first row, 0 if there is none.
  package func integer(_ sql: String) throws -> Int64 {
    try first(sql, of: Int64.self) ?? 0
  }

  /// The `rowid` of the connection's last INSERT.
  package var lastInsertedRow: Int64 { db.lastInsertedRowID }

  /// The number of rows that the last INSERT, UPDATE or DELETE changed.
  package var changes: Int { db.changesCount }

  /// The number of rows changed since the connection was opened, except those of `bookkeeping`.
  var factChanges: Int { db.totalChangesCount - passedOver.rows }

  /// Runs writes that change no fact: how far a source was read, what could not be read.
  package func bookkeeping<T>(_ body: () throws -> T) rethrows -> T {
    let before = db.totalChangesCount
    defer { passedOver.rows += db.totalChangesCount - before }
    return try body()
  }
}

extension Connection {
  /// Runs `body`, whose statements are ended when the time is up.
  /// - Throws: `StoreError` of the kind `tooLong` in that case.
  package func limited<T>(to limit: Duration, _ body: () throws -> T) throws -> T {
    guard let handle = db.sqliteConnection else { throw StoreError(.unusable, "the database is closed") }
    var deadline = ContinuousClock.now + limit
    return try withUnsafeMutablePointer(to: &deadline) { deadline in
      // Called after this many steps of SQLite's virtual machine, about a tenth of a millisecond.
      sqlite3_progress_handler(
        handle, 20_000,
        { context in
          guard let deadline = context?.assumingMemoryBound(to: ContinuousClock.Instant.self) else { return 0 }
          return ContinuousClock.now > deadline.pointee ? 1 : 0
        }, deadline)
      defer { sqlite3_progress_handler(handle, 0, nil, nil) }
      do {
        return try body()
      } catch let error as StoreError where ContinuousClock.now > deadline.pointee {
        throw StoreError(.tooLong, "ended after \(limit.components.seconds) s: \(error.message)")
      }
    }
  }
}

/// A count shared by all copies of a connection.
private final class RowCount {
  var rows = 0
}
