import Domain

/// Stacked bars: each row gets the start and end of its piece.
struct Stack: Equatable {
  enum Offset: String, CaseIterable { case zero, normalize, center }

  var field: String
  var groupby: [String]
  var sort: [SortKey] = []
  var offset = Offset.zero
  var start: String
  var end: String

  func apply(_ table: DataTable) -> DataTable {
    let values = table.column(field)
    var starts = [Cell](repeating: .null, count: table.rowCount)
    var ends = starts
    let groups = table.groups(by: groupby).map { SortKey.sorted($0.rows, of: table, by: sort) }
    let totals = groups.map { rows in rows.reduce(0) { $0 + abs(values[$1].quantity ?? 0) } }
    let largest = totals.max() ?? 0
    for (rows, total) in zip(groups, totals) {
      var (up, down) = (offset == .center ? (largest - total) / 2 : 0, 0.0)
      for row in rows {
        let value = values[row].quantity ?? 0
        switch offset {
        case .zero:
          let from = value < 0 ? down : up
          if value < 0 { down += value } else { up += value }
          (starts[row], ends[row]) = (.real(from), .real(value < 0 ? down : up))
        case .normalize, .center:
          // Summed first and divided last, so that the last end is exactly 1.
          let scale = offset == .normalize ? (total == 0 ? 0 : 1 / total) : 1
          starts[row] = .real(up * scale)
          up += abs(value)
          ends[row] = .real(up * scale)
        }
      }
    }
    return table.setting(start, to: starts).setting(end, to: ends)
  }
}

/// A column to sort by.
struct SortKey: Equatable {
  var field: String
  var descending = false

  static func sorted(_ rows: [Int], of table: DataTable, by keys: [SortKey]) -> [Int] {
    if keys.isEmpty { return rows }
    let columns = keys.map { table.column($0.field) }
    return rows.enumerated().sorted { left, right in
      for (key, column) in zip(keys, columns) {
        let order = Cell.compare(column[left.element], column[right.element])
        if order != 0 { return key.descending ? order > 0 : order < 0 }
      }
      return left.offset < right.offset
    }.map(\.element)
  }
}
