/// What a column can be read as.
///
/// Queries of a few columns are read in their order, each under its name:
///
/// ```swift
/// try connection.each("SELECT id, name FROM job_queue WHERE state = ?", "ENABLED") { (id: Int64, name: String) in
///   names[id] = name
/// }
/// ```
///
/// Queries of many columns declare a `SelectedColumn`, and tables of millions of rows are read by `Connection.scan`.
package protocol ColumnValue {
  init(_ row: Statement, _ column: Int32)
}

/// 0 for NULL.
extension Int64: ColumnValue {
  package init(_ row: Statement, _ column: Int32) { self = row.integer(column) }
}

/// 0 for NULL.
extension Double: ColumnValue {
  package init(_ row: Statement, _ column: Int32) { self = row.real(column) }
}

/// False for 0 and NULL.
extension Bool: ColumnValue {
  package init(_ row: Statement, _ column: Int32) { self = row.integer(column) != 0 }
}

/// Empty for NULL.
extension String: ColumnValue {
  package init(_ row: Statement, _ column: Int32) { self = row.text(column) }
}

/// Nil for NULL.
extension Optional: ColumnValue where Wrapped: ColumnValue {
  package init(_ row: Statement, _ column: Int32) {
    self = row.isNull(column) ? nil : Wrapped(row, column)
  }
}

extension Statement {
  /// The first columns of the current row.
  @inlinable package func values<each Value: ColumnValue, Result>(
    _ body: (repeat each Value) throws -> Result
  ) rethrows -> Result {
    var column: Int32 = -1
    func next<Next: ColumnValue>(_: Next.Type) -> Next {
      column += 1
      return Next(self, column)
    }
    return try body(repeat next((each Value).self))
  }

  /// Visits the rows that are left.
  @inlinable package func each<each Value: ColumnValue>(_ visit: (repeat each Value) throws -> Void) throws {
    while try step() { try values(visit) }
  }

  /// What the first row holds, nil if there is none. The statement can run again.
  @inlinable package func first<each Value: ColumnValue, Result>(
    _ body: (repeat each Value) throws -> Result
  ) throws -> Result? {
    guard try step() else { return nil }
    defer { reset() }
    return try values(body)
  }

  /// The first column of the first row, nil if there is none. The statement can run again.
  @inlinable package func first<Value: ColumnValue>(_: Value.Type) throws -> Value? {
    try first { (value: Value) in value }
  }
}

extension Connection {
  /// Visits the rows of a query.
  @inlinable package func each<each Parameter: Bindable, each Value: ColumnValue>(
    _ sql: String, _ parameters: repeat each Parameter, visit: (repeat each Value) throws -> Void
  ) throws {
    let statement = try prepare(sql)
    statement.bind(repeat each parameters)
    try statement.each(visit)
  }

  /// The first column of every row.
  @inlinable package func column<each Parameter: Bindable, Value: ColumnValue>(
    _ sql: String, _ parameters: repeat each Parameter, of _: Value.Type
  ) throws -> [Value] {
    let statement = try prepare(sql)
    statement.bind(repeat each parameters)
    var values: [Value] = []
    try statement.each { (value: Value) in values.append(value) }
    return values
  }

  /// What the first row holds, nil if there is none.
  @inlinable package func first<each Parameter: Bindable, each Value: ColumnValue, Result>(
    _ sql: String, _ parameters: repeat each Parameter, body: (repeat each Value) throws -> Result
  ) throws -> Result? {
    let statement = try prepare(sql)
    statement.bind(repeat each parameters)
    return try statement.first(body)
  }

  /// The first column of the first row, nil if there is none.
  @inlinable package func first<each Parameter: Bindable, Value: ColumnValue>(
    _ sql: String, _ parameters: repeat each Parameter, of _: Value.Type
  ) throws -> Value? {
    let statement = try prepare(sql)
    statement.bind(repeat each parameters)
    return try statement.first(Value.self)
  }
}
