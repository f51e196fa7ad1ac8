import Base
import Domain

/// An error in a report's text: where it is, what is wrong, and what to write instead.
///
///     Reports/weekly.md:42: no query named "cost-by-que" (did you mean "cost-by-queue"?)
package struct ReportError: Error, Equatable, CustomStringConvertible, Sendable {
  package var file: String
  /// From 1; nil if it is about the file as a whole.
  package var line: Int?
  /// What is wrong, and what to write instead.
  package var message: String

  package init(file: String, line: Int? = nil, _ message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  package var description: String {
    line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }

  /// A query lacks a column that a report names.
  static func noColumn(
    _ column: String, in query: String, _ result: DataTable, file: String, line: Int?
  ) -> ReportError {
    let others = Spelling.alternatives(to: column, among: result.names)
    return ReportError(file: file, line: line, "query \"\(query)\" has no column \"\(column)\"\(others)")
  }

  static func unknown(
    _ what: String, _ name: String, among known: [String], file: String, line: Int?
  ) -> ReportError {
    ReportError(file: file, line: line, "no \(what) named \"\(name)\"" + Spelling.hint(name, among: known))
  }
}

/// There is no report of the name that was asked for.
package struct UnknownReport: Error, Equatable, CustomStringConvertible, Sendable {
  package var name: String
  /// The name that was probably meant, as text to append; empty if none is like it.
  package var hint: String

  package var description: String { "no report named \"\(name)\"\(hint)" }
}
