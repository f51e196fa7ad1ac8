/// Why nothing could be collected from a path: what is wrong, where, and what to do.
package struct CollectionError: Error, CustomStringConvertible, Equatable {
  package var path: String
  package var reason: String

  package var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}
