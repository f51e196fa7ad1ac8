/// Why a figure cannot be drawn: the place in its spec, and what to write instead.
package struct FigureError: Error, Equatable, CustomStringConvertible {
  /// `encoding.x.axis.format`, `layer[1].mark`; empty for the whole spec.
  package var path: String
  /// What is wrong and what to write instead, without the place.
  package var message: String

  package init(_ path: String, _ message: String) {
    self.path = path
    self.message = message
  }

  package var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
