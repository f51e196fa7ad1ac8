import Charts

/// Blocks → units of a given width.
struct BlockLayout {
  var typeset: Typeset
  var charts: ChartDrawing
  /// Points per dollar, for tables that share a scale.
  var scales: [String: Double] = [:]

  func units(_ blocks: [Block], width: Double) throws -> [Unit] {
    var units: [Unit] = []
    var afterHeading = false
    for block in blocks {
      let isFirst = units.isEmpty
      switch block {
      case .heading(let level, let inlines, let anchor):
        units.append(heading(level, inlines, anchor, width: width))
        afterHeading = level == 2
        continue
      case .paragraph(let inlines, let style): units.append(Unit(paragraph(inlines, style, width: width)))
      case .list(let start, let items): units += try list(start, items, width: width)
      case .code(let text): units.append(Unit(code(text, width: width)))
      case .note(let inner): units.append(Unit(try note(inner, width: width)))
      case .rule:
        units.append(
          Unit(
            Piece(
              height: 1, gap: PageFrame.paragraphGap,
              nodes: [typeset.artifact([typeset.line(0, 0.5, width, 0.5, .rule, 0.8)])])))
      case .pageBreak: units.append(.pageBreak)
      case .columns(let parts): units += try columns(parts, width: width, gap: gap(afterHeading))
      case .figure(let figure):
        units.append(try self.figure(figure, width: width, gap: isFirst ? 0 : gap(afterHeading)))
      }
      afterHeading = false
    }
    return units
  }

  private func gap(_ afterHeading: Bool) -> Double { afterHeading ? PageFrame.headingGap : PageFrame.figureGap }

  private func heading(_ level: Int, _ inlines: [Inline], _ anchor: String, width: Double) -> Unit {
    let role: TextRole = level == 1 ? .headline : level == 2 ? .pageHeading : .figureTitle
    var piece = typeset.paragraph(
      inlines, role, width: width, gap: PageFrame.figureGap, as: .heading(level: min(level, 6)), anchor: anchor)
    piece.staysWithNext = true
    return Unit(piece)
  }

  private func paragraph(_ inlines: [Inline], _ style: ParagraphStyle, width: Double) -> Piece {
    switch style {
    case .lede: typeset.paragraph(inlines, .lede, width: width, gap: PageFrame.paragraphGap)
    case .body: typeset.paragraph(inlines, .body, width: width, gap: PageFrame.paragraphGap)
    case .caption: typeset.paragraph(inlines, .axis, width: width, gap: PageFrame.paragraphGap)
    }
  }

  private func list(_ start: Int?, _ items: [[Block]], width: Double) throws -> [Unit] {
    try items.enumerated().map { index, item in
      let inner = try units(item, width: width - 16).map(\.single)
      var piece = Unit(inner).single
      piece.nodes = [
        .group(
          Group(
            role: .listItem,
            nodes: [
              .text(
                Text(
                  start.map { "\($0 + index). " } ?? "• ", x: 2, y: typeset.baseline(.body),
                  style: typeset.theme.style(.body, .ink3))),
              .group(Group(x: 16, nodes: piece.nodes)),
            ]))
      ]
      piece.gap = index == 0 ? PageFrame.paragraphGap : 3
      return Unit(piece)
    }
  }

  private func code(_ text: String, width: Double) -> Piece {
    var style = typeset.theme.style(.body, .ink)
    style.family = "DejaVu Sans Mono"
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .flatMap { $0.isEmpty ? [] : typeset.measure.wrap($0, style, width: width - 20) }
    let height = Double(lines.count) * 13 + 14
    let texts = lines.enumerated().flatMap { $1.nodes(x: 10, y: 17 + Double($0) * 13) }
    return Piece(
      height: height, gap: PageFrame.paragraphGap,
      nodes: [box(width, height), .group(Group(role: .paragraph, nodes: texts))])
  }

  /// A shaded box: how sure the numbers are.
  private func note(_ blocks: [Block], width: Double) throws -> Piece {
    let inner = Unit(try units(blocks, width: width - 20).map(\.single)).single
    let height = inner.height + 16
    return Piece(
      height: height, gap: PageFrame.figureGap,
      nodes: [box(width, height), .group(Group(x: 10, y: 8, nodes: inner.nodes))])
  }

  private func box(_ width: Double, _ height: Double) -> Node {
    typeset.artifact([
      .path(Path([.rectangle(x: 0, y: 0, width: width, height: height)], fill: typeset.theme[.wash]))
    ])
  }

  /// Side by side if a page can hold them, otherwise one below the other.
  private func columns(_ parts: [[Block]], width: Double, gap: Double) throws -> [Unit] {
    guard !parts.isEmpty else { return [] }
    let each = (width - PageFrame.columnGap * Double(parts.count - 1)) / Double(parts.count)
    let pieces = try parts.map { Unit(try units($0, width: each).filter { !$0.breaksPage }.map(\.single)).single }
    guard let height = pieces.map(\.height).max(), height < 700 else {
      return try parts.flatMap { try units($0, width: width) }
    }
    let nodes = pieces.enumerated().map { index, piece in
      Node.group(Group(x: Double(index) * (each + PageFrame.columnGap), nodes: piece.nodes))
    }
    return [Unit(Piece(height: height, gap: gap, nodes: nodes))]
  }
}
