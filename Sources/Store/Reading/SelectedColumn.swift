/// The columns of a query, declared once: they are selected in the order of the cases and read by name.
///
/// ```swift
/// enum Field: Int32, SelectedColumn { case id, startedAtMs }
/// let rows = try connection.prepare("SELECT \(Field.list) FROM attempt")
/// while try rows.step() { print(rows.integer(Field.startedAtMs)) }
/// ```
///
/// Raw values must be 0, 1, 2, …: they are the columns' numbers.
package protocol SelectedColumn: CaseIterable, RawRepresentable<Int32>, Sendable {
  /// The selected expression; by default the column with the name of the case.
  var sql: String { get }
}

extension SelectedColumn {
  /// The SQL name: a case `startedAtMs` is `started_at_ms`.
  package var name: String {
    var name = ""
    for character in String(describing: self) {
      name += character.isUppercase ? "_" + character.lowercased() : String(character)
    }
    return name
  }

  /// The column of that name, unless the enum says otherwise.
  package var sql: String { name }

  /// The text between SELECT and FROM.
  package static var list: String { list(\.sql) }

  /// The same, for expressions that depend on more than their case.
  package static func list(_ sql: (Self) -> String) -> String { allCases.map(sql).joined(separator: ", ") }
}

extension Sequence where Element: SelectedColumn {
  /// The text between SELECT and FROM for the first columns.
  package var list: String { map(\.sql).joined(separator: ", ") }
}

extension Statement {
  /// 0 for NULL.
  @inlinable package func integer<Column: SelectedColumn>(_ column: Column) -> Int64 { integer(column.rawValue) }
  @inlinable package func isNull<Column: SelectedColumn>(_ column: Column) -> Bool { isNull(column.rawValue) }
  /// Empty for NULL.
  @inlinable package func text<Column: SelectedColumn>(_ column: Column) -> String { text(column.rawValue) }

  @inlinable package func optionalInteger<Column: SelectedColumn>(_ column: Column) -> Int64? {
    optionalInteger(column.rawValue)
  }

  @inlinable package func optionalText<Column: SelectedColumn>(_ column: Column) -> String? {
    optionalText(column.rawValue)
  }

  /// The text's UTF-8 bytes, valid until the next step.
  @inlinable package func withBytes<Column: SelectedColumn, Result>(
    _ column: Column, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result { try withBytes(column.rawValue, body) }
}

extension ScannedRow {
  @inlinable package func integer<Column: SelectedColumn>(_ column: Column) -> Int64 { integer(Int(column.rawValue)) }
  @inlinable package func isNull<Column: SelectedColumn>(_ column: Column) -> Bool { isNull(Int(column.rawValue)) }
  @inlinable package func text<Column: SelectedColumn>(_ column: Column) -> String { text(Int(column.rawValue)) }

  @inlinable package func optionalInteger<Column: SelectedColumn>(_ column: Column) -> Int64? {
    optionalInteger(Int(column.rawValue))
  }

  @inlinable package func optionalText<Column: SelectedColumn>(_ column: Column) -> String? {
    optionalText(Int(column.rawValue))
  }

  /// The text's UTF-8 bytes.
  @inlinable package func withBytes<Column: SelectedColumn, Result>(
    _ column: Column, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result { try withBytes(Int(column.rawValue), body) }
}
