/// The output formats of a report, by the ending of `--output`.
package enum ReportFormat: String, CaseIterable, Sendable {
  /// Each is one file; HTML needs no other file and no network.
  case pdf, html
  case markdown = "md"
  /// The rows and texts of the document, for programs.
  case json
  /// The body of an e-mail: HTML with every figure included.
  case mail
  /// A Slack message with the first page.
  case slack
  /// A file for every figure and every page.
  case svg, png

  /// The format of a path: `report.pdf`, `figures.svg`; nil for a folder and for unknown endings.
  package init?(path: String) {
    guard let ending = path.split(separator: ".").last, path.contains(".") else { return nil }
    switch ending.lowercased() {
    case "markdown": self = .markdown
    case "htm": self = .html
    case let other:
      guard let known = ReportFormat(rawValue: other) else { return nil }
      self = known
    }
  }
}

/// One rendered file. A PDF is one file; figures are many.
package struct RenderedFile: Equatable, Sendable {
  /// `weekly.pdf`, `weekly-page-1.svg`, `weekly-cost-by-day.svg`
  package var name: String
  /// The whole file.
  package var bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
