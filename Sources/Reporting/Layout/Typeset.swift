import Charts

/// Text in the report's sizes: runs, lines, and their baselines.
struct Typeset {
  var measure: TextMeasure
  var theme: Theme

  /// From the top of a line's box to its baseline: capitals are centred in the leading.
  func baseline(_ role: TextRole) -> Double { (role.leading + role.size * 0.727) / 2 }

  func runs(_ inlines: [Inline], _ style: TextStyle) -> [TextRun] {
    inlines.flatMap { inline -> [TextRun] in
      switch inline {
      case .text(let text): return [TextRun(text, style)]
      case .code(let text):
        var code = style
        code.family = "DejaVu Sans Mono"
        return [TextRun(text, code)]
      case .strong(let inner):
        var strong = style
        strong.weight = 600
        strong.color = theme[.ink]
        return runs(inner, strong)
      case .emphasis(let inner):
        var italic = style
        italic.italic = true
        return runs(inner, italic)
      case .link(let inner, let url):
        var linked = style
        linked.color = theme[.onDemand]
        return runs(inner, linked).map { TextRun($0.string, $0.style, link: url) }
      case .lineBreak: return [TextRun("\n", style)]
      }
    }
  }

  /// Wrapped lines, starting at 0, and their height.
  func lines(_ inlines: [Inline], _ role: TextRole, _ style: TextStyle, width: Double) -> (
    nodes: [Node], height: Double
  ) {
    var lines = measure.wrap(runs(inlines, style), width: width)
    if role == .headline, let better = brokenAtSentence(inlines, style, width: width), better.count <= lines.count {
      lines = better
    }
    let nodes = lines.enumerated().flatMap { index, line in
      line.nodes(x: 0, y: baseline(role) + Double(index) * role.leading)
    }
    return (nodes, Double(lines.count) * role.leading)
  }

  /// Breaks a headline of two sentences between them, if that takes no more lines.
  private func brokenAtSentence(_ inlines: [Inline], _ style: TextStyle, width: Double) -> [TextLine]? {
    guard inlines.count == 1, case .text(let text) = inlines[0] else { return nil }
    let sentences = text.split(separator: ". ", maxSplits: 1).map(String.init)
    guard sentences.count == 2 else { return nil }
    return measure.wrap(sentences[0] + ". ", style, width: width) + measure.wrap(sentences[1], style, width: width)
  }

  func paragraph(
    _ inlines: [Inline], _ role: TextRole, _ token: Token? = nil, width: Double, gap: Double,
    as structure: Role = .paragraph,
    anchor: String? = nil
  ) -> Piece {
    let (nodes, height) = lines(inlines, role, theme.style(role, token), width: width)
    return Piece(
      height: height, gap: gap, nodes: [.group(Group(role: structure, anchor: anchor, nodes: nodes))])
  }

  /// A straight line.
  func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ token: Token, _ width: Double) -> Node {
    .path(Path([.move(x1, y1), .line(x2, y2)], stroke: Stroke(theme[token], width: width)))
  }

  func artifact(_ nodes: [Node]) -> Node { .group(Group(role: .artifact, nodes: nodes)) }
}
