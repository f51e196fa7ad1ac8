import Domain
import Testing

@testable import Reporting

/// A sentence with the rows it is made from, and what it must say.
struct SentenceCase: CustomTestStringConvertible, Sendable {
  var name: String
  var expected: String
  var tables: [String: String]
  var days = 7
  var scope = Facts.Scope.everything
  /// For a column's sentence, the row of its table.
  var row: String?
  var testDescription: String { "\(name): \(expected)" }

  init(
    _ name: String, _ expected: String, _ tables: [String: String] = [:], days: Int = 7,
    scope: Facts.Scope = .everything, row: String? = nil
  ) {
    (self.name, self.expected, self.tables, self.days, self.row) = (name, expected, tables, days, row)
    self.scope = scope
  }

  /// Columns and one row, by name.
  static func row(_ values: KeyValuePairs<String, String>) -> String {
    values.map(\.key).joined(separator: "|") + "\n" + values.map(\.value).joined(separator: "|")
  }

  /// What the sentence says of these tables.
  func said() throws -> String {
    let source = FixtureSource(tables)
    let writer = FactWriter(formatter: Formatter(locale: .english))
    var facts = Facts(writer: writer) { query in
      source.results[query] ?? DataTable([])
    }
    facts.days = days
    facts.scope = scope
    if let row {
      facts.row = FactRow(query: "table", result: FixtureSource.result(row), index: 0, writer: writer)
    }
    return try #require(Sentence.named(name)).words(facts)
  }
}
