/// The rows of a query, stored by column: the store fills it; reports, figures and files are made from it.
///
/// ```swift
/// let costs = DataTable(["job_queue", "cost_usd"], rows: [[.text("gpu"), .money(Money(nanodollars: 1_500_000_000))]])
/// costs[0, "cost_usd"]  // .money, $1.5
/// ```
package struct DataTable: Equatable, Sendable {
  /// Column names with units: `cost_usd`, `started_at`, `wait_seconds`.
  package var names: [String]
  /// One array per name, all of the same length.
  package var columns: [[Cell]]

  /// Column by column; each column has as many cells.
  package init(names: [String], columns: [[Cell]]) {
    precondition(names.count == columns.count, "a table has a name for each column")
    self.names = names
    self.columns = columns
  }

  /// Rows that are too short are filled up with nulls.
  package init(_ names: [String], rows: [[Cell]] = []) {
    self.init(names: names, columns: names.map { _ in [] })
    for index in columns.indices { columns[index].reserveCapacity(rows.count) }
    for row in rows { append(row) }
  }

  /// 0 for a table without columns.
  package var rowCount: Int { columns.first?.count ?? 0 }
  package var isEmpty: Bool { rowCount == 0 }

  /// Nil if there is no such column; of several with this name, the first.
  package func index(of name: String) -> Int? { names.firstIndex(of: name) }

  /// Nil if there is no such column.
  package subscript(name: String) -> [Cell]? { index(of: name).map { columns[$0] } }

  /// Nil if there is no such column or row.
  package subscript(row: Int, name: String) -> Cell? {
    guard let index = index(of: name), columns[index].indices.contains(row) else { return nil }
    return columns[index][row]
  }

  /// The row must exist.
  ///
  /// - Complexity: O(columns).
  package func row(_ row: Int) -> [Cell] { columns.map { $0[row] } }

  /// - Complexity: copies every cell.
  package var rows: [[Cell]] { (0..<rowCount).map(row) }

  /// - Parameter row: filled up with nulls if it is too short.
  package mutating func append(_ row: [Cell]) {
    for index in columns.indices { columns[index].append(index < row.count ? row[index] : .null) }
  }

  /// The given rows, in the given order.
  package func rows(_ rows: [Int]) -> DataTable {
    DataTable(names: names, columns: columns.map { column in rows.map { column[$0] } })
  }

  /// Replaces the column of this name, or adds it as the last.
  package func setting(_ name: String, to column: [Cell]) -> DataTable {
    var copy = self
    if let index = index(of: name) {
      copy.columns[index] = column
    } else {
      copy.names.append(name)
      copy.columns.append(column)
    }
    return copy
  }
}
