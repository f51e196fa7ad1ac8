import Foundation

/// Environment variables as a value, so that tests can supply their own. An empty variable counts as absent.
package struct Environment: Sendable, ExpressibleByDictionaryLiteral {
  private var values: [String: String]

  package init(_ values: [String: String]) { self.values = values }

  package init(dictionaryLiteral elements: (String, String)...) {
    values = Dictionary(elements) { _, last in last }
  }

  /// This process's variables.
  package static var process: Environment { Environment(ProcessInfo.processInfo.environment) }

  /// Nil if it is not set, or empty.
  package subscript(name: String) -> String? {
    get { values[name].flatMap { $0.isEmpty ? nil : $0 } }
    set { values[name] = newValue }
  }

  /// `true` in any case, as AWS tools read it.
  package func isTrue(_ name: String) -> Bool { self[name]?.lowercased() == "true" }

  /// For child processes.
  package var all: [String: String] { values }

  /// The path with `HOME` for a leading `~`.
  package func expandingHome(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = self["HOME"] else { return path }
    return home + path.dropFirst()
  }

  /// The path with variables, `$NAME` and `${NAME}`, and a leading `~` replaced; a variable that is not set stays as it is.
  package func expanding(_ path: String) -> String {
    var result = ""
    var rest = path[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      let after = rest[rest.index(after: dollar)...]
      let isBraced = after.first == "{"
      let name = isBraced ? after.dropFirst().prefix { $0 != "}" } : after.prefix { $0.isASCII && $0.isVariableName }
      let end = isBraced ? (name.endIndex < after.endIndex ? after.index(after: name.endIndex) : nil) : name.endIndex
      if let end, let value = values[String(name)] {
        result += value
        rest = rest[end...]
      } else {
        result += "$"
        rest = after
      }
    }
    return expandingHome(result + rest)
  }
}

extension Character {
  fileprivate var isVariableName: Bool { isLetter || isNumber || self == "_" }
}
