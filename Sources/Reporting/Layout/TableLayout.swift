import Charts

/// A table as pieces: its head, then one piece per row, so that a long table can be broken between rows.
struct TableLayout {
  var table: TableModel
  var typeset: Typeset
  var geometry: TableGeometry
  var cells: TableCellLayout

  init(_ table: TableModel, width: Double, typeset: Typeset, scale: Double? = nil) {
    self.table = table
    self.typeset = typeset
    geometry = TableGeometry(table, width: width, typeset: typeset, scale: scale)
    cells = TableCellLayout(table: table, typeset: typeset, geometry: geometry)
  }

  var hasHead: Bool { table.columns.contains { !$0.label.isEmpty } }

  func unit(gap: Double) -> Unit {
    let head = hasHead ? head(gap: gap) : rule(gap: max(4, gap - 2))
    var rows = table.rows.indices.map { row($0) }
    // No row is alone at the top or bottom of a page; the total stays with the row above it.
    if rows.count > 1 { rows[rows.count - 2].staysWithNext = true }
    if !rows.isEmpty { rows[0].staysWithNext = rows.count > 1 }
    for index in table.rows.indices where table.rows[index].style == .group { rows[index].staysWithNext = true }
    var again = head
    again.gap = 0
    return Unit([head] + rows, head: hasHead ? again : nil)
  }

  private func rule(gap: Double) -> Piece {
    Piece(
      height: 0.5, gap: gap,
      nodes: [typeset.artifact([typeset.line(0, 0.25, geometry.width, 0.25, .rule, 0.8)])], staysWithNext: true)
  }

  private func head(gap: Double) -> Piece {
    let style = typeset.theme.style(.axis, weight: 500)
    let height = 17.0
    var nodes: [Node] = [typeset.artifact([typeset.line(0, height, geometry.width, height, .ink, 0.8)])]
    var headers: [Node] = []
    for (index, column) in table.columns.enumerated() {
      let place = geometry.columns[index]
      var texts: [Node] = []
      if column.kind == .stack, column.label.isEmpty {
        for (share, text, anchor) in [(0.0, "0", Text.Anchor.start), (0.5, "50%", .middle), (1, "100%", .end)] {
          texts.append(.text(Text(text, x: place.x + place.width * share, y: 9.5, style: style, anchor: anchor)))
        }
      } else if !column.label.isEmpty {
        let isRight = column.alignment == .right
        let label = isRight ? column.label : typeset.measure.ellipsized(column.label, style, width: room(index))
        texts.append(
          .text(
            Text(
              label + (isRight ? "" : " "), x: place.x + (isRight ? place.width : 0), y: 9.5, style: style,
              anchor: isRight ? .end : .start)))
      }
      headers.append(.group(Group(role: .tableHeader, nodes: texts)))
    }
    nodes.append(.group(Group(role: .tableRow, nodes: headers)))
    return Piece(height: height, gap: gap, nodes: nodes, staysWithNext: true)
  }

  /// From a column's left edge to the next heading.
  private func room(_ index: Int) -> Double {
    let next = table.columns.indices.first { $0 > index && !table.columns[$0].label.isEmpty }
    guard let next else { return geometry.width - geometry.columns[index].x }
    let place = geometry.columns[next]
    let isRight = table.columns[next].alignment == .right
    let width = typeset.measure.width(table.columns[next].label, typeset.theme.style(.axis, weight: 500))
    let start = isRight ? min(place.x, place.x + place.width - width) : place.x
    return start - geometry.columns[index].x - TableGeometry.labelGap
  }

  private func row(_ index: Int) -> Piece {
    let row = table.rows[index]
    let height = cells.height(row)
    var lines: [Node] = []
    let nextIsTotal = table.rows.indices.contains(index + 1) && table.rows[index + 1].style == .total
    let isLast = index == table.rows.count - 1
    if nextIsTotal || (row.style == .total && !isLast) {
      lines.append(typeset.line(0, height, geometry.width, height, .ink, 0.8))
    } else if !(isLast && row.style == .total), row.style != .group {
      lines.append(typeset.line(0, height, geometry.width, height, isLast ? .rule : .grid, isLast ? 0.6 : 0.5))
    }
    let drawn = table.columns.indices.map { column -> Node in
      .group(Group(role: .tableCell, nodes: cells.nodes(row: index, column: column, height: height)))
    }
    return Piece(
      height: height, gap: 0,
      nodes: [
        typeset.artifact(lines + cells.marks(row: index, height: height)), .group(Group(role: .tableRow, nodes: drawn)),
      ])
  }
}
