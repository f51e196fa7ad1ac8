import Domain
import GRDBSQLite

/// A prepared statement for bulk reading and writing. Belongs to one `Connection` and must not outlive it.
///
/// Columns count from 0, parameters from 1, as in SQLite. Bound text and blobs are copied by SQLite.
/// A class only because it owns a C handle.
///
/// Reads convert as SQLite does: an integer of a text that is no number is 0.
package final class Statement {
  @usableFromInline let handle: OpaquePointer
  private let connection: OpaquePointer

  init(connection: OpaquePointer, sql: String) throws {
    self.connection = connection
    var prepared: OpaquePointer?
    guard sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil) == SQLITE_OK,
      let prepared
    else {
      throw StoreError(.statement, "\(String(cString: sqlite3_errmsg(connection))), in: \(sql.prefix(400))")
    }
    handle = prepared
  }

  deinit { sqlite3_finalize(handle) }

  /// Moves to the next row; false at the end, when the statement is ready to run again.
  ///
  /// - Throws: `StoreError` of the kind `busy` if another process holds the lock, else `statement`: a constraint, a
  ///   full disk, time that is up. The statement can run again.
  package func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    default:
      let message = String(cString: sqlite3_errmsg(connection))
      let code = sqlite3_errcode(connection)
      sqlite3_reset(handle)
      throw StoreError(code == SQLITE_BUSY ? .busy : .statement, message)
    }
  }

  /// Runs a statement that returns no row, with the parameters bound so far.
  package func run() throws { _ = try step() }

  /// The number of rows changed by its last run, until another statement of the connection runs.
  package var changes: Int { Int(sqlite3_changes(connection)) }

  /// Stops before the last row.
  package func reset() { sqlite3_reset(handle) }

  // MARK: Parameters

  /// Binds the parameters in their order, from the first; those beyond keep their values.
  @inlinable package func bind<each Value: Bindable>(_ values: repeat each Value) {
    var parameter: Int32 = 1
    for value in repeat each values {
      value.bind(to: self, at: parameter)
      parameter += 1
    }
  }

  @inlinable package func bind(_ value: some Bindable, at parameter: Int32) { value.bind(to: self, at: parameter) }

  /// Sets every parameter to null.
  package func clear() { sqlite3_clear_bindings(handle) }

  /// Binds UTF-8 text without a copy: the bytes must stay valid until the statement has run.
  package func bind(borrowing bytes: UnsafeRawBufferPointer, at parameter: Int32) {
    guard let start = bytes.baseAddress else { return bind(bytes, at: parameter) }
    sqlite3_bind_text(handle, parameter, start.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil)
  }

  static var transient: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  // MARK: Columns

  /// In the order of the columns, as AS names them.
  package var columnNames: [String] {
    (0..<sqlite3_column_count(handle)).map { String(cString: sqlite3_column_name(handle, $0)) }
  }

  /// In the order of their numbers, with the sign: `:from`. Nil for `?`.
  package var parameterNames: [String?] {
    (0..<sqlite3_bind_parameter_count(handle)).map { index in
      sqlite3_bind_parameter_name(handle, index + 1).map { String(cString: $0) }
    }
  }

  /// Whether the statement does not change the database.
  package var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

  /// 0 for NULL; text and reals are converted as SQLite does.
  package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  package func optionalInteger(_ column: Int32) -> Int64? {
    isNull(column) ? nil : sqlite3_column_int64(handle, column)
  }

  /// 0 for NULL.
  package func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  /// Nil for NULL.
  package func optionalText(_ column: Int32) -> String? {
    guard let bytes = sqlite3_column_text(handle, column) else { return nil }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// Empty for NULL.
  package func text(_ column: Int32) -> String { optionalText(column) ?? "" }

  /// The text's UTF-8 bytes, valid until the next step.
  package func withBytes<T>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
    let bytes = sqlite3_column_text(handle, column)
    let count = Int(sqlite3_column_bytes(handle, column))
    return try body(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : count))
  }

  /// The value with the type that SQLite stores; blobs are read as text. `NamedQuery` knows which numbers are money or
  /// instants.
  package func cell(_ column: Int32) -> Cell {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(real(column))
    default: .text(text(column))
    }
  }
}
