import Foundation

/// Files of this repository, wherever the tests run.
package enum Repository {
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The absolute path of a file or folder.
  /// - Parameter path: relative to the root.
  package static func path(_ path: String) -> String { root.appendingPathComponent(path).path }

  /// The bundled sample: two weeks of documents.
  package static let fortnight = path("Sources/batchcost/Resources/fortnight")
}
