import Foundation

/// Environment variables as a value, so that tests bring their own. An empty variable counts as absent.
package struct Environment: Sendable, ExpressibleByDictionaryLiteral {
  private var values: [String: String]

  package init(_ values: [String: String]) { self.values = values }

  package init(dictionaryLiteral elements: (String, String)...) {
    values = Dictionary(elements) { _, last in last }
  }

  /// This process's variables.
  package static var process: Environment { Environment(ProcessInfo.processInfo.environment) }

  package subscript(name: String) -> String? {
    get { values[name].flatMap { $0.isEmpty ? nil : $0 } }
    set { values[name] = newValue }
  }

  /// `true` in any case, as AWS tools read switches.
  package func isTrue(_ name: String) -> Bool { self[name]?.lowercased() == "true" }

  /// For processes that are started from here.
  package var all: [String: String] { values }

  /// The path with a leading `~` replaced by `HOME`.
  package func expandingHome(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = self["HOME"] else { return path }
    return home + path.dropFirst()
  }
}
