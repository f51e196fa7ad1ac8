/// The rows behind a figure, by column: what a named query returned.
package struct DataTable: Equatable, Sendable {
  package var names: [String]
  /// One array a name, all of the same length.
  package var columns: [[Value]]

  package init(names: [String], columns: [[Value]]) {
    self.names = names
    self.columns = columns
  }

  package var rowCount: Int { columns.first?.count ?? 0 }

  package subscript(name: String) -> [Value]? {
    names.firstIndex(of: name).map { columns[$0] }
  }
}

/// A cell. Money arrives as a number of dollars: charts round it anyway.
package enum Value: Hashable, Sendable {
  case null
  case number(Double)
  case text(String)
  case boolean(Bool)
}
