/// Why nothing could be collected from a path: what, where, what now.
package struct CollectionError: Error, CustomStringConvertible, Equatable {
  package var path: String
  package var reason: String

  package var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}
