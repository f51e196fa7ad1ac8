import Foundation
import TestSupport

/// The pages people read: the README and its neighbours, and the documentation catalogue.
enum Pages {
  static let root = Repository.root
  static let catalogue = root.appending(path: "Sources/batchcost/batchcost.docc")

  /// Paths relative to the root.
  static func all() throws -> [String] {
    let pages = try FileManager.default.subpathsOfDirectory(atPath: catalogue.path).filter { $0.hasSuffix(".md") }
    return ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
      + pages.sorted().map { "Sources/batchcost/batchcost.docc/\($0)" }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The lines of a page, and whether each is inside a code block.
  static func lines(_ text: String) -> [(line: String, isCode: Bool)] {
    var isCode = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      if line.hasPrefix("```") {
        isCode.toggle()
        return nil
      }
      return (String(line), isCode)
    }
  }

  /// A page's anchors, as GitHub makes them from headings.
  static func anchors(_ text: String) -> Set<String> {
    Set(
      lines(text).filter { !$0.isCode && $0.line.hasPrefix("#") }.map { heading in
        heading.line.drop { $0 == "#" || $0 == " " }.lowercased()
          .filter { $0.isLetter || $0.isNumber || " -_".contains($0) }.replacing(" ", with: "-")
      })
  }
}
