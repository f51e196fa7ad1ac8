extension MarkContext {
  /// Everything that the mark draws for some rows of its table.
  mutating func items(_ rows: [Int]) -> [MarkItem] {
    switch unit.mark.type {
    case .bar, .rect, .tick: return boxes(rows)
    case .point, .circle, .square: return symbols(rows)
    case .rule: return rules(rows)
    case .text: return texts(rows)
    case .line: return lines(rows)
    case .area: return areas(rows)
    case .trail: return trails(rows)
    }
  }
}

extension MarkItem {
  /// The item as scene nodes.
  func nodes(_ measure: TextMeasure) -> [Node] {
    let drawn: [Node]
    switch geometry {
    case .rect(let x, let y, let width, let height):
      drawn = [.path(Path(Self.box(x, y, width, height, cornerRadius), fill: visible(fill), stroke: pen))]
    case .rule(let x1, let y1, let x2, let y2):
      drawn = [.path(Path([.move(x1, y1), .line(x2, y2)], stroke: pen))]
    case .symbol(let x, let y, let size, let shape):
      let isStroke = shape == "stroke"
      drawn = [.path(Path(SymbolShape.path(shape, x, y, size), fill: isStroke ? nil : visible(fill), stroke: pen))]
    case .line(let pieces, let interpolation):
      drawn = [.path(Path(pieces.flatMap { interpolation.path($0) }, fill: visible(fill), stroke: pen))]
    case .area(let pieces, let interpolation, let horizontal):
      let outline = pieces.flatMap { piece -> [Path.Segment] in
        let back = interpolation.reversed.path(piece.reversed().map(\.base), joined: true, horizontal: horizontal)
        return interpolation.path(piece.map(\.edge), horizontal: horizontal) + back + [.close]
      }
      drawn = [.path(Path(outline, fill: visible(fill), stroke: pen))]
    case .trail(let pieces):
      drawn = [.path(Path(pieces.flatMap(Trail.outline), fill: visible(fill), stroke: pen))]
    case .text(let text):
      guard let color = visible(fill) ?? stroke else { return [] }
      drawn = [.text(text.node(color, halo: fill == nil ? nil : visible(stroke)))]
    }
    guard let tooltip else { return drawn }
    return [.group(Group(tooltip: tooltip, nodes: drawn))]
  }

  private func visible(_ color: Color?) -> Color? { color.flatMap { $0.alpha > 0 ? $0 : nil } }

  private var pen: Stroke? {
    guard let stroke = visible(stroke), strokeWidth > 0 else { return nil }
    return Stroke(stroke, width: strokeWidth, dash: dash, cap: cap, join: join)
  }

  private static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ radius: Double) -> [Path
    .Segment]
  {
    let r = min(radius, width / 2, height / 2)
    if r <= 0 { return [.rectangle(x: x, y: y, width: width, height: height)] }
    let k = r * 0.4477
    let (right, bottom) = (x + width, y + height)
    return [
      .move(x + r, y), .line(right - r, y), .curve(right - k, y, right, y + k, right, y + r), .line(right, bottom - r),
      .curve(right, bottom - k, right - k, bottom, right - r, bottom), .line(x + r, bottom),
      .curve(x + k, bottom, x, bottom - k, x, bottom - r), .line(x, y + r), .curve(x, y + k, x + k, y, x + r, y),
      .close,
    ]
  }
}

extension TextItem {
  func style(_ color: Color, halo: Color? = nil) -> TextStyle {
    TextStyle(size: size, weight: weight, italic: italic, color: color, halo: halo, family: family)
  }

  func node(_ color: Color, halo: Color? = nil) -> Text {
    let drop = TextItem.drop(baseline, size)
    let turn = angle * Double.pi / 180
    return Text(
      string, x: x - drop * Math.sin(turn), y: y + drop * Math.cos(turn), style: style(color, halo: halo),
      anchor: align,
      angle: angle)
  }
}
