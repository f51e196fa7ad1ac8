/// Why nothing could be collected from a path: what is wrong, where, and what to do.
package struct CollectionError: Error, CustomStringConvertible, Equatable {
  /// A file as the user named it, or an API; empty if it is about none.
  package var path: String
  /// Follows the path.
  package var reason: String

  package var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}
