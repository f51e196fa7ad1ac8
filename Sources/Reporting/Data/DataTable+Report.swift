import Domain

extension DataTable {
  /// Adds the columns of `other` to these rows, as `name.column`, for rows with the same value of `key`.
  func joined(_ other: DataTable, name: String, on key: String) -> DataTable {
    guard let mine = self[key], let theirs = other[key] else { return self }
    let places = Dictionary(zip(theirs, theirs.indices)) { first, _ in first }
    let rows = mine.map { places[$0] }
    var copy = self
    for (column, cells) in zip(other.names, other.columns) {
      copy = copy.setting("\(name).\(column)", to: rows.map { $0.map { cells[$0] } ?? .null })
    }
    return copy
  }
}

extension Cell {
  /// A name or a time, which a table shows as it is; nil for numbers.
  var words: String? {
    switch self {
    case .text, .instant: plain
    case .null, .integer, .real, .money, .boolean: nil
    }
  }
}
