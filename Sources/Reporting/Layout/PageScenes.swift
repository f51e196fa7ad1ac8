import Charts

/// A document as pages: what is drawn, and its structure for screen readers.
package struct PageScenes {
  /// One scene a page, of the document's paper, with head and foot.
  package var pages: [Scene]

  /// Breaks the document into pages.
  ///
  /// - Throws: `FigureError` or `ReportError` if a figure cannot be drawn.
  package init(_ document: Document, charts: ChartDrawing, theme: Theme = .light) throws {
    let frame = PageFrame(page: document.page)
    let typeset = Typeset(measure: TextMeasure(), theme: theme)
    var layout = BlockLayout(typeset: typeset, charts: charts)
    layout.shareScales(document.blocks, width: frame.width)
    let units = try layout.units(document.blocks, width: frame.width)
    let placed = Paginator(height: frame.height).pages(units)
    pages = placed.enumerated().map { index, pieces in
      let running = RunningLines(document: document, frame: frame, typeset: typeset)
      return Scene(
        width: frame.page.width, height: frame.page.height,
        nodes: [running.nodes(page: index + 1, of: placed.count)]
          + TableStructure.wrapped(pieces.map { ($0.y, $0.piece.nodes) }).map { y, nodes in
            .group(Group(x: frame.side, y: frame.contentTop + y, nodes: nodes))
          })
    }
  }
}

/// The page header and footer: the report, its period and subject; the settings behind the numbers, and the page
/// number.
struct RunningLines {
  var document: Document
  var frame: PageFrame
  var typeset: Typeset

  func nodes(page: Int, of count: Int) -> Node {
    let theme = typeset.theme
    let measure = typeset.measure
    let title = theme.style(.body, .ink, weight: 600)
    let quiet = theme.style(.axis)
    let (left, right) = (frame.side, frame.page.width - frame.side)
    let period = left + measure.width(document.title, title) + 6
    let headRoom = right - period - measure.width(document.period, quiet) - 16
    let number = "\(page) / \(count)"
    let footRoom = right - left - measure.width(number, quiet) - 16
    return typeset.artifact(
      [
        .text(Text(document.title, x: left, y: frame.headBaseline, style: title)),
        .text(Text(document.period, x: period, y: frame.headBaseline, style: quiet)),
        .text(
          Text(head(quiet, width: headRoom), x: right, y: frame.headBaseline, style: quiet, anchor: .end)),
        typeset.line(left, frame.headRule, right, frame.headRule, .rule, 0.8),
        typeset.line(left, frame.footRule, right, frame.footRule, .grid, 0.8),
        .text(Text(number, x: right, y: frame.footBaseline, style: quiet, anchor: .end)),
      ] + foot(quiet, x: left, width: footRoom))
  }

  /// A long one has two lines; what exceeds them is cut.
  private func foot(_ style: TextStyle, x: Double, width: Double) -> [Node] {
    let lines = typeset.measure.wrap(document.foot, style, width: width)
    if lines.count < 2 { return lines.flatMap { $0.nodes(x: x, y: frame.footBaseline) } }
    let above = frame.footBaseline - PageFrame.footLine / 2
    guard lines.count > 2 else {
      return lines.enumerated().flatMap { $1.nodes(x: x, y: above + Double($0) * PageFrame.footLine) }
    }
    let first = lines[0].fragments.map(\.run.string).joined()
    let rest = document.foot.dropFirst(first.count).drop { $0 == " " }
    let second = typeset.measure.ellipsized(String(rest), style, width: width)
    return lines[0].nodes(x: x, y: above) + [.text(Text(second, x: x, y: above + PageFrame.footLine, style: style))]
  }

  /// Where space is short, the jobs that were chosen are cut before account and region.
  private func head(_ style: TextStyle, width: Double) -> String {
    let measure = typeset.measure
    var head = document.head
    if let words = document.subject.narrowing?.words.shownInLine, head.hasPrefix("Only \(words)") {
      let rest = head.dropFirst("Only \(words)".count)
      let room = max(width / 3, width - measure.width(String(rest), style))
      head = measure.ellipsized("Only \(words)", style, width: room) + rest
    }
    return measure.ellipsized(head, style, width: width)
  }
}
