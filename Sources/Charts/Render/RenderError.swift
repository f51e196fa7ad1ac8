/// Why a drawing could not be written.
package enum RenderError: Error, Equatable, CustomStringConvertible {
  /// Cairo's own error message.
  case cairo(String)
  /// A link or an outline entry names an anchor that no group has.
  case unknownAnchor(String)

  package var description: String {
    switch self {
    case .cairo(let message): "drawing failed: \(message)"
    case .unknownAnchor(let name): "a link points to #\(name), and the document has no such anchor"
    }
  }
}
