import Domain

/// The rows of a table in the order shown: as in the query, then "122 others", then those without a name.
struct ArrangedRows: Equatable {
  struct Row: Equatable {
    var style: TableRow.Style
    var cells: [Cell]
    /// The positions in the query's result that the row stands for.
    var members: [Int]
    /// How many were gathered, if there are several.
    var label: String?
  }

  var columns: [String]
  var rows: [Row]

  init(_ result: DataTable, _ spec: TableSpec, others: (Int) -> String) {
    columns = result.names
    rows = []
    let nameColumn = spec.columns.first.flatMap { column -> Int? in
      guard case .field(let field) = column.source, column.blank != nil else { return nil }
      return result.index(of: field)
    }
    let flags = (strong: spec.strongRows.flatMap(result.index), muted: spec.mutedRows.flatMap(result.index))
    var plain: [Row] = []
    var nameless: [Row] = []
    for index in (0..<result.rowCount).prefix(spec.limit ?? .max) {
      let cells = result.row(index)
      var row = Row(style: .plain, cells: cells, members: [index])
      if flags.strong.map({ cells[$0].isTrue }) == true { row.style = .total }
      if flags.muted.map({ cells[$0].isTrue }) == true { row.style = .muted }
      if let nameColumn, cells[nameColumn].isNull {
        row.style = .muted
        nameless.append(row)
      } else {
        plain.append(row)
      }
    }
    if let top = spec.top, plain.count > top + 1 {
      rows = Array(plain.prefix(top))
      rows.append(Self.gathered(Array(plain.dropFirst(top)), result, spec, label: others(plain.count - top)))
    } else {
      rows = plain
    }
    rows += nameless
  }

  /// Adds what has a sum, and averages shares by their weight; everything else is unknown for several rows.
  private static func gathered(_ rows: [Row], _ result: DataTable, _ spec: TableSpec, label: String) -> Row {
    var cells = [Cell](repeating: .null, count: result.names.count)
    for (index, name) in result.names.enumerated() {
      let values = rows.map { $0.cells[index] }
      if let weight = spec.weight(of: name).flatMap(result.index) {
        cells[index] = mean(values, weights: rows.map { $0.cells[weight] })
      } else if !spec.isShare(name), spec.columns.first(where: { $0.valueField == name })?.adds != false {
        cells[index] = sum(values)
      }
    }
    return Row(style: .muted, cells: cells, members: rows.flatMap(\.members), label: label)
  }

  static func sum(_ values: [Cell]) -> Cell {
    let known = values.filter { !$0.isNull }
    guard let first = known.first else { return .null }
    return known.dropFirst().reduce(first) { sum, value in sum.adding(value) ?? .null }
  }

  static func mean(_ values: [Cell], weights: [Cell]) -> Cell {
    var sum = 0.0
    var total = 0.0
    for (value, weight) in zip(values, weights) {
      guard let value = value.number, let weight = weight.number else { continue }
      sum += value * weight
      total += weight
    }
    return total == 0 ? .null : .real(sum / total)
  }

  /// A row's value in a column; a number stands for itself.
  func value(_ field: String, of row: Row) -> Cell {
    if let index = columns.firstIndex(of: field) { return row.cells[index] }
    return Double(field).map { .real($0) } ?? .null
  }

  /// The mean over all rows.
  func mean(_ field: String, weightedBy weight: String) -> Cell {
    guard let value = columns.firstIndex(of: field), let weight = columns.firstIndex(of: weight) else { return .null }
    return Self.mean(rows.map { $0.cells[value] }, weights: rows.map { $0.cells[weight] })
  }
}

extension TableSpec {
  /// The column with the weight of a share, if the block names one.
  func weight(of field: String) -> String? {
    columns.first { $0.weighted != nil && $0.fields.contains(field) }?.weighted
  }

  /// Shares have no sum.
  func isShare(_ field: String) -> Bool {
    let format = columns.first { $0.valueField == field }?.format
    return field.hasSuffix("_share") || format.map { !$0.format.adds && $0.format.isNumeric } ?? false
  }
}
