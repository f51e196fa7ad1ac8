import Domain

/// Turns a `table` block and its rows into a table: checks names, writes values, and makes parts add up.
struct TableBuilder {
  var spec: TableSpec
  var template: ReportTemplate
  var formatter: Formatter { template.formatter }
  var file: String { template.file }
  /// Decimals of amounts in cents; see `PrintedMoney`.
  var places = 2

  /// Nil if the query has no rows.
  func table() throws -> TableModel? {
    var result = try template.queries.rows(spec.query, parameters: spec.parameters, line: spec.queryLine)
    if result.isEmpty { return nil }
    for join in spec.joins {
      let other = try template.queries.rows(join.query, line: join.line)
      if result.index(of: join.key) == nil {
        throw ReportError.unknown("column", join.key, among: result.names, file: file, line: join.line)
      }
      result = result.joined(other, name: join.query, on: join.key)
    }
    try checkColumns(result)
    for (field, text) in spec.except {
      guard let column = result[field] else { continue }
      result = result.rows(column.indices.filter { column[$0].plain != text })
    }
    if result.isEmpty { return nil }
    if let order = spec.order.flatMap({ result[$0] }) {
      let numbers = order.map { $0.number ?? .infinity }
      result = result.rows(numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) })
    }
    let shown = TableBuilder(spec: withoutEmptyColumns(result), template: template)
    return try shown.table(of: result)
  }

  private func withoutEmptyColumns(_ result: DataTable) -> TableSpec {
    var copy = spec
    copy.columns.removeAll { column in
      guard column.hidesEmpty, let field = column.valueField, let cells = result[field] else { return false }
      return !cells.contains(where: \.isTrue)
    }
    return copy
  }

  private func table(of result: DataTable) throws -> TableModel {
    let arranged = ArrangedRows(result, spec) { count in
      spec.others.replacing("{n}", with: formatter.text(.integer(Int64(count)), NumberFormat(.integer)))
    }
    let columns = spec.columns.indices.map { column($0, result) }
    let printed = PrintedMoney(arranged, spec)
    var sized = self
    sized.places = printed.places
    var rows: [TableRow] = []
    if let words = spec.lead { rows.append(try leadRow(words)) }
    var group: Cell = .null
    let groupColumn = spec.group.flatMap(result.index)
    let sparks = try spec.columns.map { try sparkValues($0) }
    for (rowIndex, row) in arranged.rows.enumerated() {
      if let groupColumn, row.cells[groupColumn] != group {
        group = row.cells[groupColumn]
        rows.append(heading(group.plain, columns.count))
      }
      let cells = try spec.columns.indices.map { index in
        try sized.cell(index, row, rowIndex, result: arranged, printed: printed, spark: sparks[index])
      }
      rows.append(TableRow(style: row.style, cells: cells))
    }
    if let words = spec.total { rows.append(try sized.totalRow(words, arranged, printed)) }
    return TableModel(columns: columns, rows: rows, scale: spec.scale, isCompact: spec.isCompact)
  }

  private func heading(_ text: String, _ count: Int) -> TableRow {
    var cells = [TableCell](repeating: TableCell(), count: count)
    cells[0] = TableCell(text: text, isStrong: true, value: .text(text))
    return TableRow(style: .group, cells: cells)
  }

  private func column(_ index: Int, _ result: DataTable) -> TableColumn {
    let spec = spec.columns[index]
    let kind: TableColumn.Kind
    switch spec.source {
    case .field(let field): kind = isNumeric(spec, field, result) ? .number : .text
    case .bar: kind = .bar
    case .stack: kind = .stack
    case .span: kind = .span
    case .spark: kind = .spark
    case .rank: kind = .rank
    }
    return TableColumn(
      name: name(spec), label: (try? template.text(spec.label, line: spec.line)) ?? spec.label, kind: kind,
      alignment: spec.alignment ?? (kind == .number ? .right : .left), wraps: spec.wraps, weight: spec.weight,
      cut: spec.cut, isWide: spec.isWide)
  }

  private func isNumeric(_ column: ColumnSpec, _ field: String, _ result: DataTable) -> Bool {
    if let format = column.format { return format.format.isNumeric }
    guard let cells = result[field] else { return false }
    return cells.contains { $0.number != nil } && !cells.contains { $0.words != nil }
  }

  private func name(_ column: ColumnSpec) -> String {
    switch column.source {
    case .field(let field), .bar(let field): field
    case .stack(let parts): parts.map(\.field).joined(separator: " ")
    case .span(let from, let to): "\(from) \(to)"
    case .spark(let spark): spark.query
    case .rank: "rank"
    }
  }

  private func leadRow(_ words: String) throws -> TableRow {
    let cells = try spec.columns.indices.map { index in
      let text = spec.columns[index].lead ?? (index == 0 ? words : "")
      return TableCell(text: try template.text(text, line: spec.columns[index].line), isStrong: true)
    }
    return TableRow(style: .total, cells: cells)
  }

  /// The cells of the last row: sums as printed above it, or words with values.
  private func totalRow(_ words: String, _ rows: ArrangedRows, _ printed: PrintedMoney) throws -> TableRow {
    let cells = try spec.columns.indices.map { index -> TableCell in
      let column = spec.columns[index]
      switch column.total {
      case .text(let text):
        return TableCell(text: try template.text(text, line: column.line), isStrong: true)
      case .sum:
        let sum = printed.total(index) ?? sum(column, rows)
        let mark = bound(column) { field in rows.rows.contains { rows.value(field, of: $0).isTrue } }
        let text = sum.map { mark + formatter.tableText($0, textFormat(column)) } ?? ""
        let token = column.color == .change ? sum.flatMap { changeToken($0) } : nil
        return TableCell(text: text, token: token, isStrong: true, value: sum ?? .null)
      case .mean:
        guard case .stack(let parts) = column.source else {
          let mean = rows.mean(column.fields.first ?? "", weightedBy: column.weighted ?? "")
          return TableCell(text: formatter.tableText(mean, format(column)), isStrong: true, value: mean)
        }
        let shares = parts.map { rows.mean($0.field, weightedBy: column.weighted ?? "").number ?? 0 }
        return TableCell(
          content: .stack(
            zip(parts, shares).map { TableCell.StackPart(share: $1, token: $0.token) },
            outline: parts.first?.token ?? .unused))
      case .none:
        guard index == 0 else { return TableCell() }
        return TableCell(text: try template.text(words, line: spec.queryLine), isStrong: true)
      }
    }
    return TableRow(style: .total, cells: cells)
  }

  private func sum(_ column: ColumnSpec, _ rows: ArrangedRows) -> Cell? {
    guard let field = column.valueField, let index = rows.columns.firstIndex(of: field) else { return nil }
    let sum = ArrangedRows.sum(rows.rows.map { $0.cells[index] })
    return sum.isNull ? nil : sum
  }

  /// The format of the text beside a bar or a span.
  func textFormat(_ column: ColumnSpec) -> NumberFormat { column.textFormat.map(sized) ?? format(column) }

  private func sized(_ format: NumberFormat) -> NumberFormat {
    var format = format
    format.places = places
    return format
  }

  func format(_ column: ColumnSpec) -> NumberFormat {
    if let format = column.format { return sized(format) }
    guard let field = column.valueField else { return NumberFormat(.text) }
    return sized(KnownColumn.named(field).format ?? NumberFormat(.integer))
  }
}

extension ColumnSpec {
  /// The column with the cell's value.
  var valueField: String? {
    switch source {
    case .field(let field), .bar(let field): field
    case .span: text
    case .stack, .spark, .rank: nil
    }
  }
}
