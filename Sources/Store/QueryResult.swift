import Domain

/// A value as SQLite returned it, or as its column's name says it is meant.
package enum Cell: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  /// From a `*_nanodollars` column, which is presented as `*_usd`.
  case money(Money)
  /// From a `*_at_ms` column, which is presented as `*_at`.
  case instant(Instant)
}

/// What a query returned, with units in the columns' names.
package struct QueryResult: Equatable, Sendable {
  package var columns: [String]
  package var rows: [[Cell]]

  package init(columns: [String], rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }

  package subscript(row: Int, column: String) -> Cell? {
    guard rows.indices.contains(row), let index = columns.firstIndex(of: column) else { return nil }
    return rows[row][index]
  }
}
