import Charts
import Domain

/// Renders a report from queries.
///
///     let report = try ReportLibrary(folders: ["Reports"]).report(named: "weekly")
///     let renderer = ReportRenderer(source: store, subject: subject)
///     let files = try renderer.render(report, as: .pdf)
///     for file in files { try file.write(to: "out/\(file.name)") }
///
/// The same rows give the same bytes.
package struct ReportRenderer {
  /// Runs the queries that the report names.
  package private(set) var source: any QuerySource
  /// Handed to every report; a query gets its days.
  package private(set) var subject: ReportSubject
  var charts: ChartDrawing
  /// Pixels per point in PNG.
  package var scale = 2.0

  package init(source: any QuerySource, subject: ReportSubject, charts: ChartDrawing = .vegaLite) {
    self.source = source
    self.subject = subject
    self.charts = charts
  }

  /// The report with its numbers filled in: render it in several formats without running the queries again.
  ///
  /// - Throws: `ReportError` or `SettingError` with file and line; the source's own errors.
  package func document(_ report: Report) throws -> Document {
    try DocumentBuilder.document(report, source, subject)
  }

  /// The files of a report in a format: one, or one for each page and figure.
  ///
  /// - Throws: what `document` throws, `RenderError` if Cairo fails, `FigureError` if a figure cannot be drawn.
  package func render(_ report: Report, as format: ReportFormat) throws -> [RenderedFile] {
    try render(document(report), as: format)
  }

  /// - Throws: `RenderError` if Cairo fails, `FigureError` or `ReportError` if a figure cannot be drawn.
  package func render(_ document: Document, as format: ReportFormat) throws -> [RenderedFile] {
    try ChartLocale.$current.withValue(document.locale.charts) { try files(document, format) }
  }

  private func files(_ document: Document, _ format: ReportFormat) throws -> [RenderedFile] {
    switch format {
    case .pdf: return [RenderedFile(name: "\(document.name).pdf", bytes: try PDFOutput(charts: charts).bytes(document))]
    case .svg, .png: return try PictureOutput(charts: charts, scale: scale).files(document, as: format)
    case .html: return [try file(document, "html", HTMLOutput(charts: charts).text(document))]
    case .markdown: return [try file(document, "md", MarkdownOutput(document).text(document))]
    case .mail: return [try file(document, "mail", MailOutput(charts: charts).text(document))]
    case .slack: return [try file(document, "slack", SlackOutput(document).text(document))]
    case .json: return [try file(document, "json", JSONOutput(document.subject.currency).text(document))]
    }
  }

  /// All pages in one picture, one below the other.
  ///
  /// - Parameter format: `svg` or `png`.
  package func renderSheet(_ document: Document, as format: ReportFormat) throws -> RenderedFile {
    try ChartLocale.$current.withValue(document.locale.charts) {
      try PictureOutput(charts: charts, scale: scale).sheet(document, as: format)
    }
  }

  private func file(_ document: Document, _ ending: String, _ text: String) throws -> RenderedFile {
    RenderedFile(name: "\(document.name).\(ending)", bytes: Array(text.utf8))
  }
}
