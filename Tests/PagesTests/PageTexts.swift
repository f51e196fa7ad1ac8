import Charts

/// A text on a page with the box it takes, before Cairo draws it.
struct PageText {
  var string: String
  var left: Double
  var right: Double
  var top: Double
  var bottom: Double
  var style: TextStyle
  /// The groups it is in, from the page down: its index in each.
  var path: [Int]
  var isInFigure: Bool
  var anchor: Text.Anchor

  func overlaps(_ other: PageText, by points: Double) -> Bool {
    min(right, other.right) - max(left, other.left) > points && min(bottom, other.bottom) - max(top, other.top) > points
  }
}

/// Reads the texts of a scene.
struct PageReader {
  let measure: TextMeasure

  func texts(_ scene: Scene) -> [PageText] { texts(scene.nodes, 0, 0, [], false) }

  private func texts(_ nodes: [Node], _ x: Double, _ y: Double, _ path: [Int], _ isInFigure: Bool) -> [PageText] {
    nodes.enumerated().flatMap { index, node -> [PageText] in
      switch node {
      case .path: return []
      case .group(let group):
        var inside = isInFigure
        if case .figure? = group.role { inside = true }
        return texts(group.nodes, x + group.x, y + group.y, path + [index], inside)
      case .text(let text):
        guard text.angle == 0, !text.string.allSatisfy({ $0 == " " }) else { return [] }
        let shown = String(text.string.reversed().drop { $0 == " " }.reversed())
        let width = measure.width(shown, text.style)
        let left =
          switch text.anchor {
          case .start: x + text.x
          case .middle: x + text.x - width / 2
          case .end: x + text.x - width
          }
        return [
          PageText(
            string: shown, left: left, right: left + width, top: y + text.y - text.style.size * 0.73,
            bottom: y + text.y + text.style.size * 0.2, style: text.style, path: path, isInFigure: isInFigure,
            anchor: text.anchor)
        ]
      }
    }
  }
}
