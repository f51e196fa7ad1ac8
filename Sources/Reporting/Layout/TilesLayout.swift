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
      let step = width / Double(row.count)
      let lines = row.indices.map { details(row[$0], width: room($0, step)).count }.max() ?? 1
      let height = Self.height + Double(max(0, lines - 1)) * TextRole.body.leading
      return Piece(height: height, gap: start == 0 ? gap : 0, nodes: nodes(row, height))
    }
  }

  private func inset(_ index: Int) -> Double { index == 0 ? 0 : 12.5 }

  private func room(_ index: Int, _ step: Double) -> Double { step - inset(index) - 8 }

  private func nodes(_ tiles: [Tile], _ height: Double) -> [Node] {
    let step = width / Double(tiles.count)
    var rules: [Node] = [
      typeset.line(0, 0, width, 0, .ink2, 1.2), typeset.line(0, height, width, height, .rule, 0.8),
    ]
    var nodes: [Node] = []
    let style = numberStyle(tiles, step)
    let top = trendTop(tiles, step, style)
    for (index, tile) in tiles.enumerated() {
      let x = Double(index) * step
      if index > 0 { rules.append(typeset.line(x, 1, x, height, .grid, 0.8)) }
      nodes.append(
        .group(Group(x: x + inset(index), role: .paragraph, nodes: texts(tile, style, width: room(index, step)))))
      if let top { rules += trend(tile.trend, right: x + step - margin(index, tiles), top: top) }
    }
    return [typeset.artifact(rules)] + nodes
  }

  /// One size for all numbers of a row: smaller where the longest has no room.
  private func numberStyle(_ tiles: [Tile], _ step: Double) -> TextStyle {
    var style = typeset.theme.style(.tileNumber)
    let fit =
      tiles.enumerated().map { index, tile in
        room(index, step) / max(1, typeset.measure.width(tile.number, style))
      }.min() ?? 1
    style.size *= min(1, fit)
    return style
  }

  /// Where trends are: beside the names, or beside the numbers if a name leaves no room; nil if a number leaves none either.
  private func trendTop(_ tiles: [Tile], _ step: Double, _ number: TextStyle) -> Double? {
    let name = typeset.theme.style(.body)
    func leavesRoom(_ width: (Tile) -> Double) -> Bool {
      tiles.enumerated().allSatisfy { index, tile in
        tile.trend.count < 2 || inset(index) + width(tile) + 5 + Self.trendWidth + margin(index, tiles) <= step
      }
    }
    if leavesRoom({ typeset.measure.width($0.name, name) }) { return 8 }
    return leavesRoom { typeset.measure.width($0.number, number) } ? 27 : nil
  }

  private static let trendWidth = 34.0

  /// To the right of a trend: less at the edge of the page.
  private func margin(_ index: Int, _ tiles: [Tile]) -> Double { index == tiles.count - 1 ? 2 : 12 }

  private func texts(_ tile: Tile, _ number: TextStyle, width: Double) -> [Node] {
    let theme = typeset.theme
    let head: [Node] = [
      .text(Text(tile.name + " ", x: 0, y: 18, style: theme.style(.body))),
      .text(Text(tile.number + " ", x: 0, y: 41.5, style: number)),
    ]
    let lines = details(tile, width: width).enumerated().flatMap { index, line in
      line.nodes(x: 0, y: 58 + Double(index) * TextRole.body.leading)
    }
    return head + lines
  }

  /// The change and its base, on two lines if one is too short.
  private func details(_ tile: Tile, width: Double) -> [TextLine] {
    let plain = TextRun(tile.detail, typeset.theme.style(.body))
    guard let moved = tile.change else { return typeset.measure.wrap([plain], width: width) }
    let mark = moved.token == .ink2 && moved.text == "unchanged" ? "" : moved.isUp ? "▲ " : "▼ "
    let change = TextRun(mark + moved.text + " ", typeset.theme.style(.body, moved.token, weight: 600))
    return typeset.measure.wrap([change, plain], width: width)
  }

  /// Several weeks as a line of 36 × 14 with a dot at the last one.
  private func trend(_ values: [Double], right: Double, top: Double) -> [Node] {
    guard values.count > 1, let low = values.min(), let high = values.max() else { return [] }
    let (width, height) = (Self.trendWidth, 12.0)
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
