import Domain

extension DataTable {
  /// Numbers, and money in dollars, as reals, the only kind in JavaScript; values that are not finite are null.
  var ofReals: DataTable {
    var copy = self
    for column in columns.indices where columns[column].contains(where: \.isNumber) {
      copy.columns[column] = columns[column].map { cell in
        cell.isNumber ? cell.number.map { .real($0) } ?? .null : cell
      }
    }
    return copy
  }

  /// Nulls if there is no such column.
  func column(_ name: String) -> [Cell] {
    self[name] ?? Array(repeating: .null, count: rowCount)
  }

  /// Rows grouped by their values in some columns, in the order in which each combination first occurs.
  func groups(by fields: [String]) -> [(key: [Cell], rows: [Int])] {
    let columns = fields.map(column)
    if columns.isEmpty { return rowCount == 0 ? [] : [([], Array(0..<rowCount))] }
    var places: [[Cell]: Int] = [:]
    var groups: [(key: [Cell], rows: [Int])] = []
    for row in 0..<rowCount {
      let key = columns.map { $0[row] }
      if let place = places[key] {
        groups[place].rows.append(row)
      } else {
        places[key] = groups.count
        groups.append((key, [row]))
      }
    }
    return groups
  }
}
