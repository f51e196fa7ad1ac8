import Charts

extension BlockLayout {
  /// The title, what is drawn, the drawing and its caption, together on one page.
  func figure(_ figure: Figure, width: Double, gap: Double) throws -> Unit {
    var pieces: [Piece] = []
    var head: Piece?
    if !figure.title.isEmpty {
      var title = typeset.paragraph(
        figure.title, .figureTitle, width: width, gap: gap, as: .heading(level: 3), anchor: figure.anchor)
      title.staysWithNext = true
      pieces.append(title)
    }
    if !figure.subtitle.isEmpty {
      var subtitle = typeset.paragraph(figure.subtitle, .body, width: width, gap: pieces.isEmpty ? gap : 0.5)
      subtitle.staysWithNext = true
      pieces.append(subtitle)
    }
    let bodyGap = pieces.isEmpty ? gap : 8
    switch figure.body {
    case .table(let table):
      let unit = TableLayout(table, width: width, typeset: typeset, scale: table.scale.flatMap { scales[$0] }).unit(
        gap: bodyGap)
      head = unit.head
      pieces += grouped(unit.pieces)
    case .tiles(let tiles):
      pieces += TilesLayout(typeset: typeset, width: width).pieces(tiles, gap: pieces.isEmpty ? 20 : bodyGap)
    case .empty(let words):
      pieces.append(typeset.paragraph([.text(words)], .axis, width: width, gap: pieces.isEmpty ? gap : 2))
    case .chart(let chart): pieces.append(try self.chart(chart, figure, width: width, gap: bodyGap))
    }
    if !figure.caption.isEmpty {
      pieces[pieces.count - 1].staysWithNext = true
      pieces.append(typeset.paragraph(figure.caption, .axis, width: width, gap: 8))
    }
    return Unit(pieces, head: head)
  }

  private func chart(_ chart: Chart, _ figure: Figure, width: Double, gap: Double) throws -> Piece {
    let drawn: ChartDrawing.Drawn
    do {
      drawn = try charts.draw(chart, width, typeset.theme)
    } catch {
      throw ReportError(file: chart.file, line: chart.line, "vega-lite: \(error)")
    }
    let role = Role.figure(title: figure.title.plain, description: drawn.description)
    return Piece(
      height: drawn.scene.height, gap: gap, nodes: [.group(Group(role: role, nodes: drawn.scene.nodes))])
  }

  /// The pieces of a table are rows of one table in the structure as well; see `PageScenes`.
  private func grouped(_ pieces: [Piece]) -> [Piece] { pieces }

  /// The shortest of the scales of all tables that name it, so that a dollar is equally long in each.
  mutating func shareScales(_ blocks: [Block], width: Double) {
    for block in blocks {
      switch block {
      case .figure(let figure):
        guard case .table(let table) = figure.body, let name = table.scale else { continue }
        let scale = TableGeometry(table, width: width, typeset: typeset).scale
        if scale > 0 { scales[name] = min(scales[name] ?? .infinity, scale) }
      case .columns(let parts):
        let each = (width - PageFrame.columnGap * Double(parts.count - 1)) / Double(parts.count)
        for part in parts { shareScales(part, width: each) }
      default: continue
      }
    }
  }
}
