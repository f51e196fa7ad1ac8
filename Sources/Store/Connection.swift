import GRDB
import GRDBSQLite

/// The database inside one transaction or one read.
package struct Connection {
  let db: GRDB.Database
  private let passedOver = RowCount()
  let standIns: StandIns?

  /// - Parameter standIns: what stands in for tables of the file.
  init(_ db: GRDB.Database, _ standIns: StandIns? = nil) { (self.db, self.standIns) = (db, standIns) }

  /// Runs statements that return nothing.
  package func execute(_ sql: String) throws {
    try standIns?.provide(for: sql, self)
    try db.execute(sql: sql)
  }

  /// Prepares one statement for the bulk paths: parameters are bound and columns read without copies or boxes.
  package func prepare(_ sql: String) throws -> Statement {
    try standIns?.provide(for: sql, self)
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

extension Connection {
  /// Runs `body`, whose statements are ended once the time is over.
  /// - Throws: `StoreError` of the kind `tooLong` then.
  package func limited<T>(to limit: Duration, _ body: () throws -> T) throws -> T {
    guard let handle = db.sqliteConnection else { throw StoreError(.unusable, "the database is closed") }
    var deadline = ContinuousClock.now + limit
    return try withUnsafeMutablePointer(to: &deadline) { deadline in
      // Asked after so many steps of SQLite's machine, some tenth of a millisecond.
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

/// A count that all copies of a connection share.
private final class RowCount {
  var rows = 0
}
