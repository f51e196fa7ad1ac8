import Foundation
import Insights
import Reporting
import Store

/// Renders one report of a database into files.
struct ReportWriter {
  let renderer: ReportRenderer
  let document: Document
  /// The parameters of its queries.
  var days: [String: String] {
    Period(from: renderer.subject.from, to: renderer.subject.to).parameters
  }

  init(_ report: Report, of opened: LensOptions.Opened, queries: QueryLibrary, period: PeriodOptions) throws {
    let subject = try opened.read { connection in
      try ReportSubject(connection, try period.period(connection, for: report), opened.lens, opened.currency)
    }
    renderer = ReportRenderer(source: StoreSource(database: opened.database, library: queries), subject: subject)
    document = try renderer.document(report)
  }

  /// The report as one file.
  func file(_ format: ReportFormat) throws -> RenderedFile {
    let files =
      format == .svg || format == .png
      ? [try renderer.renderSheet(document, as: format)] : try renderer.render(document, as: format)
    guard let file = files.first else { throw ReportError(file: document.name, "gave no \(format.rawValue)") }
    return file
  }

  /// Whether a path names a folder: it has no ending.
  static func isFolder(_ path: String) -> Bool {
    path.hasSuffix("/") || !URL(fileURLWithPath: path).lastPathComponent.contains(".")
  }

  /// Writes `path`: one file, by its ending, or a folder. The parent folder must exist.
  ///
  /// - Parameter format: what to write into a folder; nil: the PDF, the web page and every figure.
  /// - Returns: what was written, one line each: the documents, and how many figures.
  func write(to path: String, as format: ReportFormat? = nil) throws -> [String] {
    if let format = ReportFormat(path: path) {
      try file(format).write(to: path)
      return [path]
    }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    if !FileManager.default.fileExists(atPath: folder) {
      // Creates one folder, not a path of them: a missing parent is more likely a typo.
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }
    var lines: [String] = []
    for format in format.map({ [$0] }) ?? [.pdf, .html, .svg] {
      if format == .svg || format == .png {
        let pictures = try renderer.render(document, as: format)
        for picture in pictures { try picture.write(to: "\(folder)/\(picture.name)") }
        lines.append(
          "\(folder)/\(document.name)-*.\(format.rawValue): "
            + "\(pictures.count) \(pictures.count == 1 ? "page" : "pages and figures")")
      } else {
        let name = "\(folder)/\(document.name).\(format.rawValue)"
        try file(format).write(to: name)
        lines.append(name)
      }
    }
    return lines
  }
}
