import Base
import Charts

/// Blocks → HTML.
struct HTMLWriter {
  var document: Document
  var charts: ChartDrawing
  /// Leaves out what mail programs remove: two sizes of a figure, and rows to open.
  var isMail = false
  var text = ""
  private var figures = 0
  /// The title of the last figure that has one.
  private var title = ""

  init(document: Document, charts: ChartDrawing, isMail: Bool = false) {
    self.document = document
    self.charts = charts
    self.isMail = isMail
  }

  mutating func blocks(_ blocks: [Block]) throws {
    for block in blocks {
      switch block {
      case .heading(let level, let inlines, let anchor):
        text += "<h\(min(level, 6)) id=\"\(anchor)\">\(inline(inlines))</h\(min(level, 6))>\n"
      case .paragraph(let inlines, let style):
        guard !inlines.plain.isEmpty else { continue }
        let name = style == .lede ? " class=\"lede\"" : style == .caption ? " class=\"caption\"" : ""
        text += "<p\(name)>\(inline(inlines))</p>\n"
      case .list(let start, let items):
        text += start.map { "<ol start=\"\($0)\">\n" } ?? "<ul>\n"
        for item in items {
          text += "<li>"
          try self.blocks(item)
          text += "</li>\n"
        }
        text += start == nil ? "</ul>\n" : "</ol>\n"
      case .code(let code): text += "<pre><code>\(code.escapedForMarkup)</code></pre>\n"
      case .note(let inner):
        text += "<aside>\n"
        try self.blocks(inner)
        text += "</aside>\n"
      case .rule: text += "<hr>\n"
      case .pageBreak: text += "<div class=\"page\"></div>\n"
      case .columns(let parts):
        text += "<div class=\"columns\">\n"
        for part in parts {
          text += "<div>\n"
          try self.blocks(part)
          text += "</div>\n"
        }
        text += "</div>\n"
      case .figure(let figure): try self.figure(figure)
      }
    }
  }

  private mutating func figure(_ figure: Figure) throws {
    figures += 1
    if !figure.title.isEmpty { title = figure.title.plain }
    let label = figure.title.isEmpty ? "aria-label=\"\(untitled(figure))\"" : "aria-labelledby=\"\(figure.anchor)\""
    text += "<figure \(label)>\n"
    if !figure.title.isEmpty { text += "<h3 id=\"\(figure.anchor)\">\(inline(figure.title))</h3>\n" }
    if !figure.subtitle.isEmpty { text += "<p class=\"sub\">\(inline(figure.subtitle))</p>\n" }
    switch figure.body {
    case .empty(let words): text += "<p class=\"caption\">\(HTMLWords.text(words))</p>\n"
    case .tiles(let tiles): text += HTMLTiles.text(tiles)
    case .table(let table): text += HTMLTable(table: table, title: title).text
    case .chart(let chart) where isMail: text += try picture(chart, figure, width: 499, name: "mail")
    case .chart(let chart):
      text += try picture(chart, figure, width: 499, name: "wide") + picture(chart, figure, width: 330, name: "narrow")
      let fields = ChartFields(chart.specification)
      for rows in chart.data {
        text += HTMLTable.data(rows.result, fields, Formatter(locale: document.locale), of: figure.title.plain)
      }
    }
    if !figure.caption.isEmpty { text += "<figcaption>\(inline(figure.caption))</figcaption>\n" }
    text += "</figure>\n"
  }

  /// The name of a figure without a title: headline numbers, or a continuation of the figure before it.
  private func untitled(_ figure: Figure) -> String {
    if case .tiles = figure.body { "Headline numbers" } else { title.escapedForMarkup }
  }

  /// The same figure for a screen and for a phone; the style shows only one.
  private func picture(_ chart: Chart, _ figure: Figure, width: Double, name: String) throws -> String {
    let drawn: ChartDrawing.Drawn
    do {
      drawn = try charts.draw(chart, width, .light)
    } catch {
      throw ReportError(file: chart.file, line: chart.line, "vega-lite: \(error)")
    }
    let renderer = SVGRenderer(
      colors: isMail ? .literal : .variables, prefix: "f\(figures)\(name.prefix(1))", fixedSize: false)
    let svg = renderer.render(drawn.scene, title: figure.title.plain, description: drawn.description)
    return "<div class=\"chart \(name)\">\(svg)</div>\n"
  }

  private func inline(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): HTMLWords.text(text)
      case .strong(let inner): "<strong>\(self.inline(inner))</strong>"
      case .emphasis(let inner): "<em>\(self.inline(inner))</em>"
      case .code(let text): "<code>\(text.escapedForMarkup)</code>"
      case .link(let inner, let url): "<a href=\"\(url.escapedForMarkup)\">\(self.inline(inner))</a>"
      case .lineBreak: "<br>"
      }
    }.joined()
  }
}
