#if canImport(Glibc)
  import Glibc
#endif

/// An operating system error about a file: `report.pdf: No space left on device`.
package struct FileError: Error, CustomStringConvertible, Equatable {
  package let path: String
  /// Follows the path in a sentence: `is not UTF-8`.
  package let reason: String

  package init(_ path: String, reason: String) { (self.path, self.reason) = (path, reason) }

  /// - Parameter code: an error number.
  package init(_ path: String, code: Int32) {
    self.init(path, reason: String(cString: strerror(code)))
  }

  package var description: String { "\(path): \(reason)" }
}
