import Base
import Charts

/// The report as one HTML file: no network access, readable on a phone, light and dark, printable, usable by keyboard.
struct HTMLOutput {
  var charts: ChartDrawing

  func text(_ document: Document) throws -> String {
    var writer = HTMLWriter(document: document, charts: charts)
    try writer.blocks(document.blocks)
    let title = "\(document.title), \(document.period)".escapedForMarkup
    let links = Self.sections(document.blocks).map {
      "<a href=\"#\($0.anchor)\">\(HTMLWords.text($0.title))</a>"
    }.joined()
    return """
      <!doctype html>
      <html lang="\(document.language.escapedForMarkup)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
      script-src 'unsafe-inline'; img-src data:">
      <meta name="color-scheme" content="light dark">
      <meta name="description" content="\(document.headline.escapedForMarkup)">
      <title>\(title)</title>
      <style>
      \(HTMLStyle.text)</style>
      </head>
      <body>
      <a class="skip" href="#content">Skip to the report</a>
      <header><p><b>\(document.title.escapedForMarkup)</b> <span>\(document.period.escapedForMarkup)</span></p>\
      <p>\(HTMLWords.text(document.head))</p></header>
      <nav aria-label="Sections">\(links)</nav>
      <main id="content">
      \(writer.text)</main>
      <footer><p>\(HTMLWords.text(document.foot))</p></footer>
      <script>
      \(HTMLStyle.script)</script>
      </body>
      </html>

      """
  }

  private static func sections(_ blocks: [Block]) -> [(title: String, anchor: String)] {
    blocks.compactMap { block in
      if case .heading(2, let inlines, let anchor) = block { (inlines.plain, anchor) } else { nil }
    }
  }
}
