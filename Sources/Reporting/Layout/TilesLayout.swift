import Charts

/// Headline numbers side by side: name and trend, the number, its change.
struct TilesLayout {
  var typeset: Typeset
  var width: Double

  static let height = 70.0
  static let perRow = 4

  func pieces(_ tiles: [Tile], gap: Double) -> [Piece] {
    stride(from: 0, to: tiles.count, by: Self.perRow).map { start in
      let row = Array(tiles[start..<min(start + Self.perRow, tiles.count)])
      return Piece(height: Self.height, gap: start == 0 ? gap : 0, nodes: nodes(row))
    }
  }

  private func nodes(_ tiles: [Tile]) -> [Node] {
    let step = width / Double(tiles.count)
    var rules: [Node] = [
      typeset.line(0, 0, width, 0, .ink2, 1.2), typeset.line(0, Self.height, width, Self.height, .rule, 0.8),
    ]
    var nodes: [Node] = []
    for (index, tile) in tiles.enumerated() {
      let x = Double(index) * step
      if index > 0 { rules.append(typeset.line(x, 1, x, Self.height, .grid, 0.8)) }
      let inset = index == 0 ? 0 : 12.5
      nodes.append(.group(Group(x: x + inset, role: .paragraph, nodes: texts(tile, width: step - inset - 8))))
      rules += trend(tile.trend, right: x + step - (index == tiles.count - 1 ? 2 : 12))
    }
    return [typeset.artifact(rules)] + nodes
  }

  private func texts(_ tile: Tile, width: Double) -> [Node] {
    let theme = typeset.theme
    let measure = typeset.measure
    var change = theme.style(.body)
    var nodes: [Node] = [
      .text(Text(tile.name + " ", x: 0, y: 18, style: theme.style(.body))),
      .text(Text(tile.number + " ", x: 0, y: 41.5, style: theme.style(.tileNumber))),
    ]
    var x = 0.0
    if let moved = tile.change {
      change = theme.style(.body, moved.token, weight: 600)
      let mark = moved.token == .ink2 && moved.text == "unchanged" ? "" : moved.isUp ? "▲ " : "▼ "
      let text = mark + moved.text + " "
      nodes.append(.text(Text(text, x: 0, y: 58, style: change)))
      x = measure.width(text, change)
    }
    let detail = measure.ellipsized(tile.detail, theme.style(.body), width: width - x)
    if !detail.isEmpty { nodes.append(.text(Text(detail, x: x, y: 58, style: theme.style(.body)))) }
    return nodes
  }

  /// Some weeks as a line of 36 × 14 with a dot at the last.
  private func trend(_ values: [Double], right: Double) -> [Node] {
    guard values.count > 1, let low = values.min(), let high = values.max() else { return [] }
    let (width, height, top) = (34.0, 12.0, 8.0)
    let points = values.enumerated().map { index, value in
      (
        right - width + width * Double(index) / Double(values.count - 1),
        high == low ? top + height / 2 : top + height * (high - value) / (high - low)
      )
    }
    let line = points.enumerated().map { $0 == 0 ? Path.Segment.move($1.0, $1.1) : .line($1.0, $1.1) }
    let last = points[points.count - 1]
    return [
      .path(Path(line, stroke: Stroke(typeset.theme[.ink3], width: 1.2, cap: .round))),
      .path(Path([.circle(x: last.0, y: last.1, radius: 2)], fill: typeset.theme[.ink])),
    ]
  }
}
