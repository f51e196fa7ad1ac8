/// The labels of a facet's rows and columns.
enum Header {
  static func addColumn(
    _ label: String, to drawn: inout Drawn, _ plot: PlotDrawing, _ grid: Model.Grid, _ config: Config,
    _ measure: TextMeasure
  ) {
    if label.isEmpty { return }
    let style = LabelStyle(grid.header, config).style()
    let names = grid.cells.compactMap(\.columnLabel)
    let anchor = Self.anchor(grid.header.labelAnchor ?? grid.header.labelAlign)
    let x = anchor == .start ? 0 : anchor == .end ? plot.width : plot.width / 2
    // Labels of one row are on one line, even if a number extends above its plot.
    let top = plot.axes.contains { $0.side == .top } || !config.isHouse ? min(0, drawn.bounds.top) : 0
    let isBelow = grid.header.labelOrient == .bottom
    let padding = grid.header.labelPadding ?? 10
    let y =
      isBelow
      ? drawn.bounds.bottom + padding + 0.79 * style.size : top - padding - 0.21 * style.size
    // In our look a name stays above its plot, and differs from the others.
    let limit = grid.header.labelLimit ?? (config.isHouse ? plot.width : .infinity)
    let shown =
      config.isHouse
      ? zip(names, measure.ellipsized(names.map { ($0, style) }, width: limit)).first { $0.0 == label }?.1 ?? label
      : measure.ellipsized(label, style, width: limit)
    let text = Text(shown, x: x, y: y, style: style, anchor: anchor)
    drawn.nodes.append(.text(text))
    drawn.bounds.add(.text(text, measure))
  }

  static func addRow(
    _ label: String, to drawn: inout Drawn, _ plot: PlotDrawing, _ grid: Model.Grid, _ config: Config,
    _ measure: TextMeasure
  ) {
    if label.isEmpty { return }
    let style = LabelStyle(grid.rowHeader, config).style()
    let padding = grid.rowHeader.labelPadding ?? 10
    let angle = grid.rowHeader.labelAngle ?? (config.isHouse ? 0 : -90)
    let isRight = grid.rowHeader.labelOrient == .right
    let x = isRight ? drawn.bounds.right + padding : min(0, drawn.bounds.left) - padding
    let item = TextItem(
      string: label, x: x, y: plot.height / 2, align: angle == 0 ? (isRight ? .start : .end) : .middle,
      baseline: angle == 0 ? "middle" : isRight == (angle < 0) ? "top" : "bottom", size: style.size,
      weight: style.weight, italic: false,
      angle: angle, family: style.family)
    let text = item.node(style.color)
    drawn.nodes.append(.text(text))
    drawn.bounds.add(.text(text, measure))
  }

  static func addTitles(
    to drawn: inout Drawn, _ plots: [PlotDrawing], _ grid: Model.Grid, _ config: Config, _ measure: TextMeasure
  ) {
    guard let first = plots.first else { return }
    let (right, bottom) = (plots.map { $0.x + $0.width }.max() ?? 0, plots.map { $0.y + $0.height }.max() ?? 0)
    if let title = grid.columnTitle {
      let style = LabelStyle(titleOf: grid.header, config).style()
      let padding = grid.header.titlePadding ?? 10
      let anchor = Self.anchor(grid.header.titleAnchor)
      let x = anchor == .start ? first.x : anchor == .end ? right : (first.x + right) / 2
      let text = Text(title, x: x, y: drawn.bounds.top - padding - 0.21 * style.size, style: style, anchor: anchor)
      drawn.nodes.append(.text(text))
      drawn.bounds.add(.text(text, measure))
    }
    if let title = grid.rowTitle {
      let style = LabelStyle(titleOf: grid.rowHeader, config).style()
      let padding = grid.rowHeader.titlePadding ?? 10
      let text = Text(
        title, x: drawn.bounds.left - padding - 0.21 * style.size, y: (first.y + bottom) / 2, style: style,
        anchor: .middle, angle: -90)
      drawn.nodes.append(.text(text))
      drawn.bounds.add(.text(text, measure))
    }
  }

  private static func anchor(_ name: String?) -> Text.Anchor {
    switch name {
    case "start", "left": .start
    case "end", "right": .end
    default: .middle
    }
  }
}
