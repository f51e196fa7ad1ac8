extension Legend {
  var isHorizontal: Bool {
    if let direction = properties.direction { return direction == .horizontal }
    return orient == .top || orient == .bottom
  }

  /// Drawn from its own top left corner.
  func draw(_ config: Config, _ measure: TextMeasure, gradientLength: Double) -> Drawn {
    var drawn = Drawn()
    var top = properties.padding ?? 0
    if let title, !title.isEmpty {
      let style = LabelStyle(titleOf: properties, config).style()
      let text = Text(
        measure.ellipsized(title, style, width: properties.titleLimit ?? 180), x: 0,
        y: top + 0.79 * style.size, style: style)
      drawn.nodes.append(.text(text))
      drawn.bounds.add(.text(text, measure))
      top += style.size + (properties.titlePadding ?? 0)
    }
    if ramp == nil {
      drawEntries(&drawn, top, config, measure)
    } else {
      drawRamp(&drawn, top, gradientLength, config, measure)
    }
    return drawn
  }

  private func drawEntries(_ drawn: inout Drawn, _ top: Double, _ config: Config, _ measure: TextMeasure) {
    let styles = LabelStyle(properties, config)
    let limit = properties.labelLimit ?? 160
    let columns = Int(bounded: properties.columns ?? (isHorizontal ? Double(max(1, entries.count)) : 1))
    let widest = entries.map { $0.size.squareRoot() + max(0, $0.stroke == nil ? 0 : $0.strokeWidth) }.max() ?? 0
    let symbol = widest.rounded(.up)
    var widths = [Double](repeating: 0, count: max(1, columns))
    let names = entries.map { (text: $0.label, style: styles.style($0.value, $0.label)) }
    let labels =
      config.isHouse
      ? measure.ellipsized(names, width: limit) : names.map { measure.ellipsized($0.text, $0.style, width: limit) }
    for (index, label) in labels.enumerated() {
      let width =
        symbol + (properties.labelOffset ?? 0)
        + measure.width(label, styles.style(entries[index].value, entries[index].label))
      widths[index % max(1, columns)] = max(widths[index % max(1, columns)], width)
    }
    var y = top
    for row in stride(from: 0, to: entries.count, by: max(1, columns)) {
      let line = entries[row..<min(row + max(1, columns), entries.count)]
      let height = max(line.map { $0.size.squareRoot().rounded(.up) }.max() ?? 0, styles.style().size)
      var x = 0.0
      for (column, entry) in line.enumerated() {
        let style = styles.style(entry.value, entry.label)
        let item = MarkItem(
          geometry: .symbol(x: x + symbol / 2, y: y + height / 2, size: entry.size, shape: entry.shape),
          fill: entry.fill,
          stroke: entry.stroke, strokeWidth: entry.strokeWidth, dash: entry.dash)
        drawn.nodes += item.nodes(measure)
        let text = Text(
          labels[row + column], x: x + symbol + (properties.labelOffset ?? 0), y: y + height / 2 + 0.3 * style.size,
          style: style)
        drawn.nodes.append(.text(text))
        drawn.bounds.add(Bounds(x, y, x + symbol, y + height))
        drawn.bounds.add(.text(text, measure))
        x += widths[column] + (properties.columnPadding ?? 0)
      }
      y += height + (properties.rowPadding ?? 0)
    }
  }

  private func drawRamp(_ drawn: inout Drawn, _ top: Double, _ length: Double, _ config: Config, _ measure: TextMeasure)
  {
    guard let ramp else { return }
    let style = LabelStyle(properties, config).style()
    let thickness = properties.gradientThickness ?? 0
    let stops = max(1, min(256, Int(bounded: properties.gradientStops ?? 64)))
    for stop in 0..<stops {
      let share = (Double(stop) + 0.5) / Double(stops)
      let (start, size) = (length * Double(stop) / Double(stops), length / Double(stops))
      // A slight overlap, so that no seam shows between the pieces.
      let overlap = stop < stops - 1 ? 0.3 : 0
      let box: Path.Segment =
        isHorizontal
        ? .rectangle(x: start, y: top, width: size + overlap, height: thickness)
        : .rectangle(x: 0, y: top + length - start - size, width: thickness, height: size + (stop > 0 ? overlap : 0))
      drawn.nodes.append(.path(Path([box], fill: ramp.color(share))))
    }
    drawn.bounds.add(isHorizontal ? Bounds(0, top, length, top + thickness) : Bounds(0, top, thickness, top + length))
    let gap = properties.gradientLabelOffset ?? 0
    for mark in marks {
      let share = max(0, min(1, mark.share))
      let text: Text
      if isHorizontal {
        let anchor: Text.Anchor = share < 0.01 ? .start : share > 0.99 ? .end : .middle
        text = Text(
          mark.label, x: length * share, y: top + thickness + gap + 0.79 * style.size, style: style, anchor: anchor)
      } else {
        let drop = share < 0.01 ? 0 : share > 0.99 ? 0.79 : 0.3
        text = Text(mark.label, x: thickness + gap + 2, y: top + length * (1 - share) + drop * style.size, style: style)
      }
      drawn.nodes.append(.text(text))
      drawn.bounds.add(.text(text, measure))
    }
  }
}
