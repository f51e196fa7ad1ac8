import Charts
import Reporting
import Yams

extension JSON {
  /// A figure as reports read it.
  package init(parsing text: String) throws {
    guard let node = try Yams.compose(yaml: text) else { throw Empty() }
    try self.init(node) { text, _ in text }
  }

  private struct Empty: Error {}
}
