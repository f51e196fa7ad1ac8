import Charts

/// Figures and pages as single pictures: `weekly-cost-by-day.svg`, `weekly-page-1.svg`.
struct PictureOutput {
  var charts: ChartDrawing
  var scale: Double

  func files(_ document: Document, as format: ReportFormat) throws -> [RenderedFile] {
    var files: [RenderedFile] = []
    for (index, scene) in try PageScenes(document, charts: charts).pages.enumerated() {
      files.append(
        try file(
          document, "page-\(index + 1)", scene, format, title: "\(document.title), page \(index + 1)",
          description: document.headline))
    }
    let frame = PageFrame(page: document.page)
    var layout = BlockLayout(typeset: Typeset(measure: TextMeasure(), theme: .light), charts: charts)
    layout.shareScales(document.blocks, width: frame.width)
    for (figure, width) in Self.figures(document.blocks, width: frame.width) {
      let piece = try layout.figure(figure, width: width, gap: 0).single
      let margin = 12.0
      let scene = Scene(
        width: width + 2 * margin, height: piece.height + 2 * margin,
        nodes: [.group(Group(x: margin, y: margin, nodes: piece.nodes))])
      files.append(
        try file(
          document, figure.id, scene, format, title: figure.title.isEmpty ? document.title : figure.title.plain,
          description: FigureWords.description(figure) { try charts.draw($0, width, .light).description }))
    }
    return files
  }

  /// All pages in one picture, one below the other, separated by a grey line.
  func sheet(_ document: Document, as format: ReportFormat) throws -> RenderedFile {
    let pages = try PageScenes(document, charts: charts).pages
    let gap = 8.0
    var sheet = Scene(width: pages.map(\.width).max() ?? 0, height: 0)
    for (index, page) in pages.enumerated() {
      if index > 0 {
        let line = Path(
          [.rectangle(x: 0, y: sheet.height, width: sheet.width, height: gap)], fill: Theme.light[.grid])
        sheet.nodes.append(.group(Group(role: .artifact, nodes: [.path(line)])))
        sheet.height += gap
      }
      sheet.nodes.append(.group(Group(y: sheet.height, nodes: page.nodes)))
      sheet.height += page.height
    }
    let file = try file(
      document, "pages", sheet, format, title: document.title, description: document.headline)
    return RenderedFile(name: "\(document.name).\(format.rawValue)", bytes: file.bytes)
  }

  private func file(
    _ document: Document, _ name: String, _ scene: Scene, _ format: ReportFormat, title: String, description: String
  ) throws -> RenderedFile {
    let bytes: [UInt8]
    if format == .svg {
      let withPaper = Scene(
        width: scene.width, height: scene.height,
        nodes: [
          .group(
            Group(
              role: .artifact,
              nodes: [
                .path(
                  Path(
                    [.rectangle(x: 0, y: 0, width: scene.width, height: scene.height)], fill: Theme.light[.paper]))
              ]))
        ] + scene.nodes)
      bytes = Array(SVGRenderer().render(withPaper, title: title, description: description).utf8)
    } else {
      bytes = try PNGRenderer(scale: scale).render(scene)
    }
    return RenderedFile(name: "\(document.name)-\(name).\(format.rawValue)", bytes: bytes)
  }

  static func figures(_ blocks: [Block], width: Double) -> [(Figure, Double)] {
    blocks.flatMap { block -> [(Figure, Double)] in
      switch block {
      case .figure(let figure): return [(figure, width)]
      case .columns(let parts):
        let each = (width - PageFrame.columnGap * Double(parts.count - 1)) / Double(parts.count)
        return parts.flatMap { figures($0, width: each) }
      default: return []
      }
    }
  }
}
