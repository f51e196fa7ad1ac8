/// The columns of a table, declared once and in the table's order, for all code that writes or reads its rows.
///
/// ```swift
/// enum PoissonLimitColumn: Int32, TableColumns {
///   case comparisons, count, low, high
///   static let table = "poisson_limit"
/// }
/// let rows = try TableWriter<PoissonLimitColumn>(connection)
/// rows.put(.comparisons, 20)
/// try rows.write()
/// ```
///
/// A case `sparedMs` is the column `spared_ms`. Raw values must be 0, 1, 2, ….
package protocol TableColumns: SelectedColumn {
  static var table: String { get }
}

extension TableColumns {
  /// Its parameter number in `insertion`.
  @inlinable package var parameter: Int32 { rawValue + 1 }

  /// `INSERT INTO` the table, with one parameter for each column.
  package static var insertion: String { insertion(replacing: false) }

  static func insertion(replacing: Bool) -> String {
    let names = allCases.map(\.name)
    let marks = names.map { _ in "?" }
    return "INSERT \(replacing ? "OR REPLACE " : "")INTO \(table) (\(names.joined(separator: ", "))) "
      + "VALUES (\(marks.joined(separator: ", ")))"
  }
}

/// Appends rows to one table, each value by the name of its column; columns without a value are null.
package struct TableWriter<Columns: TableColumns> {
  @usableFromInline let statement: Statement

  /// - Parameters:
  ///   - replacing: replace an existing row with the same key.
  ///   - conflict: other handling of such a row: `ON CONFLICT …`.
  package init(_ connection: Connection, replacing: Bool = false, conflict: String = "") throws {
    statement = try connection.prepare("\(Columns.insertion(replacing: replacing)) \(conflict)")
  }

  /// Sets a value of the current row; a column that is left out is NULL. So do the others.
  @inlinable package func put(_ column: Columns, _ value: Int64?) { statement.bind(value, at: column.parameter) }
  @inlinable package func put(_ column: Columns, _ value: Int) { statement.bind(Int64(value), at: column.parameter) }
  @inlinable package func put(_ column: Columns, _ value: Int32) { statement.bind(Int64(value), at: column.parameter) }
  @inlinable package func put(_ column: Columns, _ value: String?) { statement.bind(value, at: column.parameter) }
  /// Sets 1 for true.
  @inlinable package func put(_ column: Columns, _ value: Bool) { put(column, value ? 1 : 0) }

  @inlinable package func put(_ column: Columns, _ value: Double?) {
    statement.bind(value, at: column.parameter)
  }

  /// Sets UTF-8 text.
  @inlinable package func put(_ column: Columns, bytes: UnsafeRawBufferPointer) {
    statement.bind(bytes, at: column.parameter)
  }

  /// Writes the current row, and begins the next.
  @inlinable package func write() throws {
    defer { statement.clear() }
    try statement.run()
  }
}

/// A `RowFeed` for one table, with each value by the name of its column. Every column of a row must be set, in order.
package struct TableFeed<Columns: TableColumns> {
  @usableFromInline let feed: RowFeed

  /// - Parameter columns: all are integers.
  package init(_ connection: Connection, _ columns: Columns.Type) throws {
    let names = columns.allCases.map(\.name)
    feed = try RowFeed(connection, into: columns.table, columns: names.count, names: names)
  }

  /// Sets the next value of the current row.
  @inlinable package func put(_ column: Columns, _ value: Int64) {
    assert(feed.column == Int(column.rawValue), "\(Columns.table).\(column.name) is put out of its order")
    feed.append(value)
  }

  @inlinable package func put(_ column: Columns, _ value: Int64?) { put(column, value ?? RowFeed.null) }

  /// Completes a row; rows are written when there are enough of them.
  @inlinable package func write() throws {
    assert(feed.column == 0, "a row of \(Columns.table) lacks columns")
    try feed.endRow()
  }

  /// Writes the rows that are still waiting.
  package func flush() throws { try feed.flush() }
}
