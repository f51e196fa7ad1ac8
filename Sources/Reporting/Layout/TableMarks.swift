import Charts

/// Small bars of one row, each row with its own scale; the last one is hollow if its day is not over.
struct TableSparks {
  var typeset: Typeset
  var step: Double

  /// Between two bars.
  static func gap(_ step: Double) -> Double { min(1.8, step * 0.3) }

  func nodes(_ values: [Double?], endsPartial: Bool, isMuted: Bool, x: Double, bottom: Double) -> [Node] {
    let largest = values.compactMap { $0 }.max() ?? 0
    let token: Token = isMuted ? .unusedOutline : .work
    return values.enumerated().compactMap { index, value -> Node? in
      guard let value else { return nil }
      let isPartial = endsPartial && index == values.count - 1
      let height = largest > 0 ? max(0.7, 14 * max(0, value) / largest) : 0.7
      let left = x + Double(index) * step
      let width = step - Self.gap(step)
      if isPartial, height > 1.5 {
        return .path(
          Path(
            [.rectangle(x: left + 0.3, y: bottom - height + 0.3, width: max(0.1, width - 0.6), height: height - 0.3)],
            fill: typeset.theme[.unused], stroke: Stroke(typeset.theme[.unusedOutline], width: 0.6)))
      }
      return .path(
        Path([.rectangle(x: left, y: bottom - height, width: width, height: height)], fill: typeset.theme[token]))
    }
  }
}

/// Parts of a whole within one outline, labelled on the first row.
struct TableStacks {
  var typeset: Typeset

  func nodes(
    _ parts: [TableCell.StackPart], _ outline: Token, x: Double, width: Double, height: Double
  ) -> [Node] {
    let theme = typeset.theme
    let top = (height - 10.5) / 2
    var nodes: [Node] = [
      .path(
        Path(
          [.rectangle(x: x + 0.4, y: top + 0.4, width: width - 0.8, height: 9.7)],
          fill: outline == .unused || outline == .work ? theme[.unused] : theme[.paper],
          stroke: Stroke(theme[outline == .work ? .unusedOutline : outline.outline], width: 0.8)))
    ]
    var left = x
    // Labels that do not fit in their part follow after the last part, as far as there is space.
    var free = x + width * parts.reduce(0) { $0 + $1.share } + 6
    var labels: [Node] = []
    for part in parts {
      let length = width * part.share
      if length > 0 {
        nodes.append(
          .path(Path([.rectangle(x: left, y: top, width: length, height: 10.5)], fill: theme[part.token])))
      }
      if let label = part.label {
        let room = typeset.measure.width(label, theme.style(.body, weight: 600)) + 6
        if length >= room + 6 {
          let text = theme.style(.body, part.token == .spot ? .ink : .paper, weight: 600)
          labels.append(.text(Text(label, x: left + 6, y: top + 8.5, style: text)))
        } else if x + width - free >= room {
          labels.append(.text(Text(label, x: free, y: top + 8.5, style: theme.style(.body, part.token.text))))
          free += room
        }
      }
      left += length
    }
    return nodes + labels
  }
}
