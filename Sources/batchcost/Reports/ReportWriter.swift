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

  /// Writes `path`: one file, by its ending, or a folder with the PDF, the web page and every figure. The parent folder
  /// must exist.
  ///
  /// - Returns: what was written, one line each: the documents, and how many figures.
  func write(to path: String) throws -> [String] {
    if let format = ReportFormat(path: path) {
      try file(format).write(to: path)
      return [path]
    }
    let isFolder = path.hasSuffix("/") || !URL(fileURLWithPath: path).lastPathComponent.contains(".")
    guard isFolder else {
      throw ReportError(file: path, "unknown format; use .pdf, .html, .md, .svg, .png, .json, or a folder")
    }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    if !FileManager.default.fileExists(atPath: folder) {
      // Creates one folder, not a path of them: a missing parent is more likely a typo.
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }
    var lines: [String] = []
    for format in [ReportFormat.pdf, .html] {
      let name = "\(folder)/\(document.name).\(format.rawValue)"
      try file(format).write(to: name)
      lines.append(name)
    }
    let pictures = try renderer.render(document, as: .svg)
    for picture in pictures { try picture.write(to: "\(folder)/\(picture.name)") }
    return lines + [
      "\(folder)/\(document.name)-*.svg: \(pictures.count) \(pictures.count == 1 ? "page" : "pages and figures")"
    ]
  }
}
