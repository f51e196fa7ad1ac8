import Base

/// Headline numbers as HTML: a grid that becomes two by two on a phone.
enum HTMLTiles {
  static func text(_ tiles: [Tile]) -> String {
    "<div class=\"tiles\">\n" + tiles.map(tile).joined() + "</div>\n"
  }

  private static func tile(_ tile: Tile) -> String {
    var change = ""
    if let moved = tile.change {
      let mark = moved.token == .ink2 ? "" : moved.isUp ? "▲ " : "▼ "
      change = "<b class=\"\(moved.token.rawValue)\">\(mark)\(moved.text.escapedForMarkup)</b> "
    }
    return """
      <div><p>\(HTMLWords.text(tile.name))\(trend(tile.trend))</p><p class="number">\(tile.number.escapedForMarkup)</p>\
      <p>\(change)\(HTMLWords.text(tile.detail))</p></div>

      """
  }

  private static func trend(_ values: [Double]) -> String {
    guard values.count > 1, let low = values.min(), let high = values.max() else { return "" }
    let points = values.enumerated().map { index, value in
      let x = 2 + 32 * Double(index) / Double(values.count - 1)
      let y = high == low ? 8 : 14 - 12 * (value - low) / (high - low)
      return (x, y)
    }
    let line = points.map { "\(short($0.0)),\(short($0.1))" }.joined(separator: " ")
    let last = points[points.count - 1]
    return "<svg viewBox=\"0 0 38 16\" aria-hidden=\"true\"><polyline points=\"\(line)\"/>"
      + "<circle cx=\"\(short(last.0))\" cy=\"\(short(last.1))\" r=\"2\"/></svg>"
  }
}

/// A coordinate or a share with at most three decimals.
func short(_ value: Double) -> String {
  let rounded = (value * 1000).rounded() / 1000
  return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
}
