import Charts

/// The contents of a cell: its text, on one or several lines, and its bar.
struct TableCellLayout {
  var table: TableModel
  var typeset: Typeset
  var geometry: TableGeometry

  /// What is left of the names that are too long for their column, by column and row.
  private let shortened: [[Int: String]]

  init(table: TableModel, typeset: Typeset, geometry: TableGeometry) {
    (self.table, self.typeset, self.geometry) = (table, typeset, geometry)
    shortened = table.columns.indices.map { Self.shortened($0, table, typeset, geometry.columns[$0].width + 0.5) }
  }

  /// Cut where the column says or, if that makes different names alike, where they remain different.
  private static func shortened(
    _ column: Int, _ table: TableModel, _ typeset: Typeset, _ width: Double
  ) -> [Int: String] {
    guard table.columns[column].kind == .text, !table.columns[column].wraps else { return [:] }
    let rows = table.rows.indices.filter {
      [.plain, .muted].contains(table.rows[$0].style) && table.rows[$0].cells[column].below == nil
    }
    let names = rows.map { row in
      let cell = table.rows[row].cells[column]
      return (text: cell.text, style: TableText.style(cell, table.rows[row].style, kind: .text, typeset.theme))
    }
    let cut = names.map {
      typeset.measure.ellipsized($0.text, $0.style, width: width, cut: table.columns[column].cut)
    }
    let areApart = Set(cut).count == Set(names.map(\.text)).count
    let texts = areApart ? cut : typeset.measure.ellipsized(names, width: width)
    return Dictionary(uniqueKeysWithValues: zip(rows, texts))
  }

  private var theme: Theme { typeset.theme }
  private var hasSparks: Bool { table.columns.contains { $0.kind == .spark } }
  private var padding: Double { table.rows.contains { $0.cells.contains { $0.isBig } } ? 8 : 4.5 }
  static let leading = 13.0

  func height(_ row: TableRow) -> Double {
    if row.style == .group { return 22 }
    let lines = table.columns.indices.map { lineCount(row, $0) }.max() ?? 1
    if lines > 1 { return Double(lines) * Self.leading + 2 * padding + (row.cells.contains { $0.isBig } ? 1 : 0) }
    if table.isCompact { return hasSparks ? 20 : 17 }
    return hasSparks && row.style != .total ? 25 : 20
  }

  private func lineCount(_ row: TableRow, _ column: Int) -> Int {
    let cell = row.cells[column]
    return max(1, textLines(cell, row.style, column).count) + belowLines(cell, column).count
  }

  private func textLines(_ cell: TableCell, _ style: TableRow.Style, _ column: Int) -> [TextLine] {
    guard table.columns[column].wraps, !cell.text.isEmpty else { return [] }
    let text = TableText.style(cell, style, kind: .text, theme)
    return typeset.measure.wrap(cell.text, text, width: geometry.columns[column].width)
  }

  private func belowLines(_ cell: TableCell, _ column: Int) -> [TextLine] {
    guard let below = cell.below else { return [] }
    let style = theme.style(.body, table.columns[column].alignment == .right ? .ink3 : .ink2)
    return typeset.measure.wrap(below, style, width: geometry.columns[column].width)
  }

  func nodes(row index: Int, column: Int, height: Double) -> [Node] {
    let row = table.rows[index]
    let cell = row.cells[column]
    let place = geometry.columns[column]
    let kind = table.columns[column].kind
    let isTall = height > 25.5 || !belowLines(cell, column).isEmpty
    let first = isTall ? padding + 9.8 : (height + 6.6) / 2
    if table.columns[column].wraps || cell.below != nil { return wrapped(cell, row.style, column, first) }
    guard !cell.text.isEmpty else { return [] }
    let style = TableText.style(cell, row.style, kind: kind, theme)
    if row.style == .group {
      return [.text(Text(cell.text, x: place.x, y: height - 5.5, style: style))]
    }
    switch kind {
    case .bar: return [.text(Text(cell.text + " ", x: place.x + labelOffset(cell), y: first, style: style))]
    case .span: return TableSpans(layout: self).label(row: index, column: column, baseline: first, style)
    case .spark: return []
    case .stack:
      return [.text(Text(cell.text, x: place.x + 6, y: first - 0.3, style: theme.style(.body)))]
    case .text, .number, .rank:
      let room = row.style == .total ? place.width + 60 : place.width + 0.5
      let text =
        shortened[column][index]
        ?? typeset.measure.ellipsized(cell.text, style, width: room, cut: table.columns[column].cut)
      switch table.columns[column].alignment {
      case .left: return [.text(Text(text + " ", x: place.x, y: first, style: style))]
      case .right: return [.text(Text(text, x: place.x + place.width, y: first, style: style, anchor: .end))]
      case .center: return [.text(Text(text, x: place.x + place.width / 2, y: first, style: style, anchor: .middle))]
      }
    }
  }

  /// A total under bars starts where they start.
  private func labelOffset(_ cell: TableCell) -> Double {
    guard case .bar(let value, _, _) = cell.content else { return 0 }
    return max(0.8, abs(value) * geometry.scale) + TableGeometry.labelGap
  }

  private func wrapped(_ cell: TableCell, _ row: TableRow.Style, _ column: Int, _ first: Double) -> [Node] {
    let place = geometry.columns[column]
    let isRight = table.columns[column].alignment == .right
    var lines = textLines(cell, row, column)
    if lines.isEmpty, !cell.text.isEmpty {
      lines = typeset.measure.wrap(
        cell.text, TableText.style(cell, row, kind: table.columns[column].kind, theme), width: place.width + 1)
    }
    return (lines + belowLines(cell, column)).enumerated().flatMap { index, line -> [Node] in
      let extra = cell.isBig && index > 0 ? 1.0 : 0
      return line.nodes(
        x: place.x + (isRight ? place.width - line.width : 0), y: first + Double(index) * Self.leading + extra)
    }
  }

  /// Bars and lines: not read aloud, because the text beside them is.
  func marks(row index: Int, height: Double) -> [Node] {
    let row = table.rows[index]
    return table.columns.indices.flatMap { column -> [Node] in
      let place = geometry.columns[column]
      switch row.cells[column].content {
      case .text: return []
      case .bar(let value, let token, let isHollow):
        let top = (height - 10) / 2
        return [bar(place.x, top, max(0.8, abs(value) * geometry.scale), 10, token, isHollow: isHollow)]
      case .spark(let values, let endsPartial):
        return TableSparks(typeset: typeset, step: ColumnFitter.sparkStep(geometry.width, values.count)).nodes(
          values, endsPartial: endsPartial, isMuted: row.style == .muted, x: place.x, bottom: (height + 14) / 2)
      case .stack(let parts, let outline):
        return TableStacks(typeset: typeset).nodes(parts, outline, x: place.x, width: place.width, height: height)
      case .span: return TableSpans(layout: self).nodes(row: index, column: column, height: height)
      }
    } + TableSpans(layout: self).axes(row: index, height: height)
  }

  func bar(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ token: Token, isHollow: Bool
  ) -> Node {
    guard isHollow else {
      return .path(Path([.rectangle(x: x, y: y, width: width, height: height)], fill: theme[token]))
    }
    let inset = 0.4
    return .path(
      Path(
        [.rectangle(x: x + inset, y: y + inset, width: max(0.1, width - 2 * inset), height: height - 2 * inset)],
        fill: token == .unused ? theme[.unused] : theme[.paper], stroke: Stroke(theme[token.outline], width: 0.8)))
  }
}
