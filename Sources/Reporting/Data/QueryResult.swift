/// The rows of a named query, in its order.
package struct QueryResult: Equatable, Sendable {
  package var columns: [String]
  /// Each as long as `columns`.
  package var rows: [[Cell]]

  /// Rows that are too short are filled with null.
  package init(columns: [String], rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows.map { row in
      row.count == columns.count
        ? row : Array((row + [Cell](repeating: .null, count: columns.count)).prefix(columns.count))
    }
  }

  package var isEmpty: Bool { rows.isEmpty }

  package func index(of column: String) -> Int? { columns.firstIndex(of: column) }

  /// The cell of a row; null where the query has no such column.
  package func cell(_ row: Int, _ column: String) -> Cell {
    guard rows.indices.contains(row), let index = index(of: column) else { return .null }
    return rows[row][index]
  }

  /// Puts the columns of `other` beside these rows, under `name.column`, where its `key` holds the same value.
  func joined(_ other: QueryResult, name: String, on key: String) -> QueryResult {
    guard let mine = index(of: key), let theirs = other.index(of: key) else { return self }
    var rowOfKey: [Cell: [Cell]] = [:]
    for row in other.rows where rowOfKey[row[theirs]] == nil { rowOfKey[row[theirs]] = row }
    let missing = [Cell](repeating: .null, count: other.columns.count)
    return QueryResult(
      columns: columns + other.columns.map { "\(name).\($0)" },
      rows: rows.map { $0 + (rowOfKey[$0[mine]] ?? missing) })
  }
}
