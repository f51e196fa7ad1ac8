import Foundation
import Reporting
import Store

/// Renders one report of a database into files.
struct ReportWriter {
  let renderer: ReportRenderer
  let document: Document

  init(_ report: Report, database: Database, queries: QueryLibrary, period: PeriodOptions) throws {
    let subject = try database.read { connection in
      try ReportSubject(connection, try period.period(connection, for: report))
    }
    renderer = ReportRenderer(source: StoreSource(database: database, library: queries), subject: subject)
    document = try renderer.document(report)
  }

  /// Writes `path`: one file by its ending, or a folder with the PDF, the web page and every figure.
  ///
  /// - Returns: the paths written, in order.
  func write(to path: String) throws -> [String] {
    if let format = ReportFormat(path: path) {
      let files =
        format == .svg || format == .png
        ? [try renderer.renderSheet(document, as: format)] : try renderer.render(document, as: format)
      guard let file = files.first else { return [] }
      try file.write(to: path)
      return [path]
    }
    let isFolder = path.hasSuffix("/") || !URL(fileURLWithPath: path).lastPathComponent.contains(".")
    guard isFolder else {
      throw ReportError(
        file: path, "no format of this ending; use .pdf, .html, .md, .svg, .png, .json, or a folder")
    }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    if !FileManager.default.fileExists(atPath: folder) {
      // One folder is made, not a path to it: a missing one is more likely a slip.
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }
    var written: [String] = []
    for format in [ReportFormat.pdf, .html, .svg] {
      for file in try renderer.render(document, as: format) {
        try file.write(to: "\(folder)/\(file.name)")
        written.append("\(folder)/\(file.name)")
      }
    }
    return written
  }
}
