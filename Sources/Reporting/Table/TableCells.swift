import Base
import Charts
import Domain

extension TableBuilder {
  func cell(
    _ index: Int, _ row: ArrangedRows.Row, _ rowIndex: Int, result: ArrangedRows, printed: PrintedMoney,
    spark: SparkValues?
  ) throws -> TableCell {
    let column = spec.columns[index]
    let value = { (field: String) -> Cell in result.value(field, of: row) }
    let source = FactRow(query: spec.query, result: DataTable(result.columns, rows: [row.cells]), index: 0)
    var cell = TableCell()
    cell.isStrong = column.isStrong && row.style != .muted || row.style == .total
    cell.isBig = column.isBig
    switch column.source {
    case .rank:
      cell.text = String(rowIndex + 1)
      cell.value = .integer(Int64(rowIndex + 1))
      cell.token = .ink3
    case .field(let field):
      cell.value = value(field)
      if let sentence = column.sentence, row.label == nil {
        cell.text = try template.sentence(sentence, line: column.line, row: source)
      } else {
        cell.text = text(
          cell.value, printed.cell(rowIndex, index) ?? cell.value, column, row, isFirst: index == 0, value)
      }
      cell.token = row.style == .total ? nil : textToken(column, cell.value, value)
    case .bar(let field):
      cell.value = value(field)
      let shown = printed.cell(rowIndex, index) ?? cell.value
      cell.text =
        column.text.map { self.formatter.tableText(value($0), textFormat(column)) }
        ?? text(cell.value, shown, column, row, isFirst: false, value)
      let token = row.style == .muted ? column.mutedColor ?? .unusedKind : color(column, value)
      if let number = cell.value.number, number != 0 {
        cell.content = .bar(
          value: number, token: token, isHollow: isHollow(column, row, value) ?? (token == .unused))
      }
    case .stack(let parts):
      cell.content = .stack(
        parts.map {
          TableCell.StackPart(
            share: max(0, min(1, value($0.field).number ?? 0)), token: $0.token,
            label: rowIndex == 0 ? $0.label : nil)
        }, outline: parts.first?.token ?? .unused)
      cell.value = parts.first.map { value($0.field) } ?? .null
      if let blank = column.blank, parts.allSatisfy({ (value($0.field).number ?? 0) == 0 }) { cell.text = blank }
    case .span(let from, let to):
      if let start = value(from).number, let end = value(to).number {
        cell.content = .span(
          from: start, to: end,
          token: column.color == .change ? changeToken(.real(end - start)) ?? .ink3 : color(column, value),
          isHollow: isHollow(column, row, value) ?? false)
      }
      if let field = column.text {
        cell.value = value(field)
        cell.text = amount(cell.value, printed.cell(rowIndex, index) ?? cell.value, textFormat(column))
        cell.token = column.color == .change ? changeToken(cell.value) : color(column, value)
      }
    case .spark:
      guard let spark else { break }
      cell.content = .spark(spark.values(row), endsPartial: spark.endsPartial)
    }
    if !cell.value.isNull, column.sentence == nil {
      cell.text = bound(column) { result.value($0, of: row).isTrue } + cell.text
    }
    if let below = column.below {
      cell.below =
        below.hasPrefix("=")
        ? value(String(below.dropFirst())).plain : try template.text(below, line: column.line, row: source)
      if cell.below?.isEmpty == true { cell.below = nil }
    }
    if case .text(let text) = cell.value, let token = column.highlight[text] {
      cell.token = token
      cell.isStrong = true
    }
    return cell
  }

  /// `≥ ` before an amount of which a part is unknown, so that it is at least this; `≤ ` if it is at most this.
  ///
  /// - Parameter isTrue: whether a column of the row is.
  func bound(_ column: ColumnSpec, _ isTrue: (String) -> Bool) -> String {
    if column.atLeast.map(isTrue) == true { return "≥ " }
    return column.atMost.map(isTrue) == true ? "≤ " : ""
  }

  private func text(
    _ value: Cell, _ shown: Cell, _ column: ColumnSpec, _ row: ArrangedRows.Row, isFirst: Bool,
    _ other: (String) -> Cell
  ) -> String {
    if let label = row.label, isFirst { return label }
    if value.isNull {
      if let blank = column.blank {
        guard blank.hasPrefix("=") else { return blank }
        let name = other(String(blank.dropFirst())).plain
        return column.labels[name] ?? name
      }
      if row.label != nil || row.style == .muted, !isSum(column) { return "" }
    }
    if let text = value.words, column.format == nil {
      let words = column.labels[text] ?? text
      return column.first.map { Self.beginning(of: words, $0) } ?? words
    }
    if value.isNull, case .field(let field) = column.source, column.format == nil, !field.hasSuffix("_usd") {
      return row.style == .total ? "" : "–"
    }
    var format = format(column)
    // A sum in a column of changes is an amount, not a change.
    if row.style == .total { format.signed = false }
    return amount(value, shown, format)
  }

  /// Money that adds up: where it is unknown, a row of several things or of what has no name says so too.
  private func isSum(_ column: ColumnSpec) -> Bool {
    guard column.valueField?.hasSuffix("_usd") == true, column.adds else { return false }
    if case .bar = column.source { return true }
    return column.total == .sum
  }

  /// The beginning of a long id, with the number of the child: `32a40d1c:12` for `32a40d1c-…:12`.
  private static func beginning(of id: String, _ characters: Int) -> String {
    let start = id.prefix(characters)
    guard let mark = id.lastIndex(of: ":"), mark >= start.endIndex else { return String(start) }
    return "\(start)\(id[mark...])"
  }

  /// - Parameter shown: the value rounded so that the column adds up; a value other than zero is never written as zero.
  private func amount(_ value: Cell, _ shown: Cell, _ format: NumberFormat) -> String {
    guard format.format.showsCents, shown.number == 0, let number = value.number, number != 0 else {
      return formatter.tableText(shown, format)
    }
    return formatter.less(than: number, format)
  }

  private func isHollow(_ column: ColumnSpec, _ row: ArrangedRows.Row, _ value: (String) -> Cell) -> Bool? {
    column.hollow.map { $0 == "muted" ? row.style == .muted : value($0).isTrue }
  }

  private func textToken(_ column: ColumnSpec, _ cell: Cell, _ value: (String) -> Cell) -> Token? {
    switch column.color {
    case .change: changeToken(cell)
    case .token(let token): token
    case .field(let field): Token(rawValue: value(field).plain)
    case nil: nil
    }
  }

  private func color(_ column: ColumnSpec, _ value: (String) -> Cell) -> Token {
    switch column.color {
    case .token(let token): token
    case .field(let field): Token(rawValue: value(field).plain) ?? .work
    case .change: column.valueField.flatMap { changeToken(value($0)) } ?? .work
    case nil: .work
    }
  }

  /// Higher cost is bad, lower cost is good.
  func changeToken(_ cell: Cell) -> Token? {
    guard let number = cell.number, number != 0 else { return nil }
    return number > 0 ? .negative : .positive
  }

  func sparkValues(_ column: ColumnSpec) throws -> SparkValues? {
    guard case .spark(let spark) = column.source else { return nil }
    let result = try template.queries.rows(spark.query, parameters: spark.parameters, line: spark.line)
    return try SparkValues(result, spark, table: spec, template: template)
  }

  /// Checks that the query has every column named in the block.
  func checkColumns(_ result: DataTable) throws {
    func check(_ field: String, _ line: Int) throws {
      guard result.index(of: field) == nil else { return }
      throw ReportError.noColumn(field, in: spec.query, result, file: file, line: line)
    }
    for column in spec.columns {
      var fields = column.fields + [column.weighted].compactMap { $0 }
      fields += [column.text, column.atLeast, column.atMost].compactMap(\.self)
      if let hollow = column.hollow, hollow != "muted" { fields.append(hollow) }
      if let blank = column.blank, blank.hasPrefix("=") { fields.append(String(blank.dropFirst())) }
      if case .field(let field) = column.color { fields.append(field) }
      if let below = column.below, below.hasPrefix("=") { fields.append(String(below.dropFirst())) }
      for field in fields { try check(field, column.line) }
    }
    let named = [spec.group, spec.strongRows, spec.mutedRows, spec.order].compactMap { $0 }
    for field in named + spec.except.keys.sorted() {
      try check(field, spec.queryLine)
    }
  }
}
