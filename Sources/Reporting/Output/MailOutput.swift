import Base
import Charts

/// The report as the body of an e-mail: HTML without scripts, internal links or custom properties, which mail programs
/// remove, and with every figure included as SVG. Another program must send it.
struct MailOutput {
  var charts: ChartDrawing

  func text(_ document: Document) throws -> String {
    var writer = HTMLWriter(document: document, charts: charts, isMail: true)
    try writer.blocks(document.blocks)
    let page = """
      <!doctype html>
      <html lang="\(document.language.escapedForMarkup)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\("\(document.title), \(document.period)".escapedForMarkup)</title>
      <style>
      \(HTMLStyle.mail)</style>
      </head>
      <body>
      <header><p><b>\(document.title.escapedForMarkup)</b> <span>\(document.period.escapedForMarkup)</span></p>\
      <p>\(HTMLWords.text(document.head))</p></header>
      \(writer.text)<footer><p>\(HTMLWords.text(document.foot))</p></footer>
      </body>
      </html>

      """
    return Self.withoutProperties(page)
  }

  /// Replaces references to custom properties by the colours of the light theme.
  private static func withoutProperties(_ page: String) -> String {
    var page = page.replacing("<button type=\"button\">", with: "").replacing("</button>", with: "")
    for pair in SVGRenderer.properties(.light).split(separator: ";") {
      let parts = pair.split(separator: ":", maxSplits: 1).map(String.init)
      if parts.count == 2 { page = page.replacing("var(\(parts[0]))", with: parts[1]) }
    }
    return page
  }
}
