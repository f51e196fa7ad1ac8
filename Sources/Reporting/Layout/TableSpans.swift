import Charts

/// Bars from one value to another on one axis for the whole column: the steps of a bridge, and changes around zero.
struct TableSpans {
  var layout: TableCellLayout

  private var theme: Theme { layout.typeset.theme }

  /// From value to x, with space for the labels at the ends.
  private func axis(_ column: Int) -> (x: (Double) -> Double, zero: Double?)? {
    var values: [Double] = []
    var first: Double?
    for row in layout.table.rows {
      if case .span(let from, let to, _, _) = row.cells[column].content {
        values += [from, to]
        first = first ?? from
      }
    }
    guard let low = values.min(), let high = values.max(), let first else { return nil }
    let labels =
      layout.table.rows.map { row in
        layout.typeset.measure.width(row.cells[column].text, theme.style(.body, weight: 500))
      }.max() ?? 0
    let place = layout.geometry.columns[column]
    let room = labels > 0 ? labels + 8 : 0
    let left = place.x + (low < 0 ? room : 0)
    let span = max(1, place.x + place.width - room - left)
    let scale = high > low ? span / (high - low) : 0
    let base = low <= 0 && high >= 0 ? 0 : first
    return ({ left + ($0 - low) * scale }, base)
  }

  func nodes(row index: Int, column: Int, height: Double) -> [Node] {
    guard let axis = axis(column),
      case .span(let from, let to, let token, let isHollow) = layout.table.rows[index].cells[column].content
    else { return [] }
    let (a, b) = (axis.x(min(from, to)), axis.x(max(from, to)))
    var nodes: [Node] = []
    // A thin line leads down to this bar from where the row above ended.
    if index > 0, case .span(_, let before, _, _) = layout.table.rows[index - 1].cells[column].content,
      near(before, from) || near(before, to), !near(before, axis.zero ?? .infinity)
    {
      nodes.append(layout.typeset.line(axis.x(before), -height / 2, axis.x(before), height / 2, .ink3, 0.6))
    }
    nodes.append(layout.bar(a, (height - 11) / 2, max(0.8, b - a), 11, token, isHollow: isHollow))
    return nodes
  }

  func label(row index: Int, column: Int, baseline: Double, _ style: TextStyle) -> [Node] {
    let cell = layout.table.rows[index].cells[column]
    guard let axis = axis(column) else { return [] }
    guard case .span(let from, let to, _, _) = cell.content else {
      let x = axis.zero.map { axis.x($0) } ?? layout.geometry.columns[column].x
      return [.text(Text(cell.text, x: x + 5, y: baseline, style: style))]
    }
    let isRight = to >= from
    return [
      .text(
        Text(
          cell.text, x: axis.x(to) + (isRight ? 5 : -5), y: baseline, style: style, anchor: isRight ? .start : .end))
    ]
  }

  /// The line at which bars start, through every row that has one.
  func axes(row index: Int, height: Double) -> [Node] {
    layout.table.columns.indices.flatMap { column -> [Node] in
      guard layout.table.columns[column].kind == .span, let axis = axis(column), let zero = axis.zero,
        case .span = layout.table.rows[index].cells[column].content
      else { return [] }
      return [layout.typeset.line(axis.x(zero), 0, axis.x(zero), height, .ink3, 0.8)]
    }
  }

  private func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-6 * max(1, abs(a), abs(b)) }
}
