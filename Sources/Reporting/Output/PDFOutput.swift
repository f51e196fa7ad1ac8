import Charts

/// The pages as one PDF, with an outline of its headings and figures.
struct PDFOutput {
  var charts: ChartDrawing

  func bytes(_ document: Document) throws -> [UInt8] {
    let scenes = try PageScenes(document, charts: charts).pages
    return try PDFRenderer().render(
      PDFDocument(
        pages: scenes.map { PDFDocument.Page($0) },
        metadata: PDFDocument.Metadata(
          title: "\(document.title), \(document.period)", author: "batchcost", subject: document.headline,
          created: document.subject.collectedAt.description, language: document.language),
        outline: Self.outline(document.blocks)))
  }

  /// Figures under their page heading.
  static func outline(_ blocks: [Block]) -> [PDFDocument.Entry] {
    var entries: [PDFDocument.Entry] = []
    func add(_ entry: PDFDocument.Entry, level: Int) {
      if level > 2, let last = entries.indices.last {
        entries[last].children.append(entry)
      } else {
        entries.append(entry)
      }
    }
    func walk(_ blocks: [Block]) {
      for block in blocks {
        switch block {
        case .heading(let level, let inlines, let anchor):
          add(PDFDocument.Entry(inlines.plain, anchor: anchor), level: level)
        case .figure(let figure) where !figure.title.isEmpty:
          add(PDFDocument.Entry(figure.title.plain, anchor: figure.anchor), level: 3)
        case .columns(let parts): parts.forEach(walk)
        default: continue
        }
      }
    }
    walk(blocks)
    return entries
  }
}
