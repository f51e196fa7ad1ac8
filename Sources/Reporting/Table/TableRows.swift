/// The rows of a table in the order they are shown: by the query, then "122 others", then what has no name.
struct ArrangedRows: Equatable {
  struct Row: Equatable {
    var style: TableRow.Style
    var cells: [Cell]
    /// Positions in the query's result that the row stands for.
    var members: [Int]
    /// Says how many, where several are gathered.
    var label: String?
  }

  var columns: [String]
  var rows: [Row]

  init(_ result: QueryResult, _ spec: TableSpec, others: (Int) -> String) {
    columns = result.columns
    rows = []
    let nameColumns = spec.columns.compactMap { column -> Int? in
      guard case .field(let field) = column.source, column.blank != nil, column.format == nil else { return nil }
      return result.index(of: field)
    }
    let flags = (strong: spec.strongRows.flatMap(result.index), muted: spec.mutedRows.flatMap(result.index))
    var plain: [Row] = []
    var nameless: [Row] = []
    for index in result.rows.indices.prefix(spec.limit ?? .max) {
      let cells = result.rows[index]
      var row = Row(style: .plain, cells: cells, members: [index])
      if flags.strong.map({ cells[$0].isTrue }) == true { row.style = .total }
      if flags.muted.map({ cells[$0].isTrue }) == true { row.style = .muted }
      if nameColumns.contains(where: { cells[$0].isNull }) {
        row.style = .muted
        nameless.append(row)
      } else {
        plain.append(row)
      }
    }
    if let top = spec.top, plain.count > top + 1 {
      rows = Array(plain.prefix(top))
      rows.append(Self.gathered(Array(plain.dropFirst(top)), columns.count, label: others(plain.count - top)))
    } else {
      rows = plain
    }
    rows += nameless
  }

  /// Adds what can be added; the rest is unknown for several rows at once.
  private static func gathered(_ rows: [Row], _ width: Int, label: String) -> Row {
    let cells = (0..<width).map { column -> Cell in
      let values = rows.map { $0.cells[column] }.filter { !$0.isNull }
      guard let first = values.first else { return .null }
      return values.dropFirst().reduce(first) { sum, value in sum.adding(value) ?? .null }
    }
    return Row(style: .muted, cells: cells, members: rows.flatMap(\.members), label: label)
  }
}
