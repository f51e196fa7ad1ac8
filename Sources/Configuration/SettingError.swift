import Base

/// Something is wrong in a file that a person wrote: where, what, and what to write instead.
///
///     batchcost.yaml:1: no setting "wieghts" (did you mean "weights"?)
package struct SettingError: Error, Equatable, CustomStringConvertible {
  /// Its path as the user gave it.
  package let file: String
  /// Nil if it is about the file as a whole.
  package let line: Int?
  /// What is wrong and what to do, without the place.
  package let message: String

  package init(file: String, line: Int? = nil, _ message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  package init(_ error: FileError) { self.init(file: error.path, error.reason) }

  package var description: String { line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)" }
}
