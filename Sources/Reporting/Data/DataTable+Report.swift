import Domain

extension DataTable {
  /// Puts the columns of `other` beside these rows, under `name.column`, where its `key` holds the same value.
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
  /// A name or a time, which stands in a table as it is; nil for numbers.
  var words: String? {
    switch self {
    case .text, .instant: plain
    case .null, .integer, .real, .money, .boolean: nil
    }
  }
}
