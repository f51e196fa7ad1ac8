import GRDBSQLite

/// Inserts rows of integers from memory, several thousand at a time: SQLite fetches them itself through a virtual
/// table. Binding each value would take a fifth longer.
package final class RowFeed {
  /// Stands for NULL.
  package static let null = Int64.min

  private let connection: OpaquePointer
  private let name: String
  private var insertion: Statement?
  fileprivate let columns: Int
  fileprivate let values: UnsafeMutableBufferPointer<Int64>
  fileprivate private(set) var count = 0

  /// - Parameters:
  ///   - columns: the number of values per row; all are integers.
  ///   - names: the names of these columns; by default the table's first, not counting generated ones.
  ///   - rows: the number of rows inserted together.
  package init(
    _ connection: Connection, into table: String, columns: Int, names: [String] = [], rows: Int = 1024
  ) throws {
    guard let handle = connection.db.sqliteConnection else { throw StoreError(.unusable, "the database is closed") }
    self.connection = handle
    self.columns = columns
    values = .allocate(capacity: rows * columns)
    name = "rows_for_\(table)"
    let module = RowFeedModule.shared
    guard sqlite3_create_module(handle, name, module, Unmanaged.passUnretained(self).toOpaque()) == SQLITE_OK else {
      throw StoreError(.statement, "no rows can be fed into \(table)")
    }
    let list = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    insertion = try connection.prepare("INSERT INTO \(table)\(list) SELECT * FROM \(name)")
  }

  deinit {
    insertion = nil
    sqlite3_create_module(connection, name, nil, nil)
    values.deallocate()
  }

  /// The column of the next value, from 0.
  @usableFromInline var column: Int { count % columns }

  /// Appends one value of a row.
  package func append(_ value: Int64) {
    values[count] = value
    count += 1
  }

  /// Appends NULL for nil.
  package func append(_ value: Int64?) { append(value ?? Self.null) }

  /// Completes a row; rows are written when there are enough of them.
  package func endRow() throws { if count == values.count { try flush() } }

  /// Writes the remaining rows.
  package func flush() throws {
    if count == 0 { return }
    try insertion?.run()
    count = 0
  }
}

/// The virtual table from which SQLite reads the rows of a `RowFeed`.
private enum RowFeedModule {
  private struct Table {
    var base = sqlite3_vtab()
    var feed: UnsafeMutableRawPointer?
  }

  private struct Cursor {
    var base = sqlite3_vtab_cursor()
    var values: UnsafePointer<Int64>?
    var columns = 0
    var place = 0
    var end = 0
  }

  private static func feed(_ table: UnsafeMutablePointer<sqlite3_vtab>?) -> RowFeed? {
    guard let table, let feed = UnsafeMutableRawPointer(table).assumingMemoryBound(to: Table.self).pointee.feed else {
      return nil
    }
    return Unmanaged<RowFeed>.fromOpaque(feed).takeUnretainedValue()
  }

  private static func cursor(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> UnsafeMutablePointer<Cursor>? {
    cursor.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: Cursor.self) }
  }

  nonisolated(unsafe) static let shared: UnsafePointer<sqlite3_module> = {
    var module = sqlite3_module()
    // No xCreate: the table exists by its name alone.
    module.xConnect = { connection, feed, _, _, table, _ in
      guard let feed, let table else { return SQLITE_MISUSE }
      let columns = Unmanaged<RowFeed>.fromOpaque(feed).takeUnretainedValue().columns
      let names = (0..<columns).map { "c\($0)" }.joined(separator: ", ")
      let declared = UnsafeMutablePointer<Table>.allocate(capacity: 1)
      declared.initialize(to: Table(feed: feed))
      table.pointee = UnsafeMutableRawPointer(declared).assumingMemoryBound(to: sqlite3_vtab.self)
      return sqlite3_declare_vtab(connection, "CREATE TABLE rows(\(names))")
    }
    module.xDisconnect = { table in
      UnsafeMutableRawPointer(table)?.assumingMemoryBound(to: Table.self).deallocate()
      return SQLITE_OK
    }
    module.xBestIndex = { _, plan in
      plan?.pointee.estimatedCost = 1
      return SQLITE_OK
    }
    module.xOpen = { _, cursor in
      let opened = UnsafeMutablePointer<Cursor>.allocate(capacity: 1)
      opened.initialize(to: Cursor())
      cursor?.pointee = UnsafeMutableRawPointer(opened).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
      return SQLITE_OK
    }
    module.xClose = { cursor in
      RowFeedModule.cursor(cursor)?.deallocate()
      return SQLITE_OK
    }
    module.xFilter = { cursor, _, _, _, _ in
      guard let own = RowFeedModule.cursor(cursor), let feed = RowFeedModule.feed(cursor?.pointee.pVtab) else {
        return SQLITE_MISUSE
      }
      own.pointee.values = UnsafePointer(feed.values.baseAddress)
      own.pointee.columns = feed.columns
      own.pointee.place = 0
      own.pointee.end = feed.count
      return SQLITE_OK
    }
    module.xNext = { cursor in
      if let own = RowFeedModule.cursor(cursor) { own.pointee.place += own.pointee.columns }
      return SQLITE_OK
    }
    module.xEof = { cursor in
      guard let own = RowFeedModule.cursor(cursor) else { return 1 }
      return own.pointee.place >= own.pointee.end ? 1 : 0
    }
    module.xColumn = { cursor, context, column in
      guard let own = RowFeedModule.cursor(cursor), let values = own.pointee.values else { return SQLITE_MISUSE }
      let value = values[own.pointee.place + Int(column)]
      if value == RowFeed.null { sqlite3_result_null(context) } else { sqlite3_result_int64(context, value) }
      return SQLITE_OK
    }
    module.xRowid = { cursor, row in
      if let own = RowFeedModule.cursor(cursor) { row?.pointee = Int64(own.pointee.place) }
      return SQLITE_OK
    }
    let kept = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
    kept.initialize(to: module)
    return UnsafePointer(kept)
  }()
}
