/// One thing that a report says, decided by values: `{{sentence weekly-headline}}`.
///
/// A sentence is a pure function of the rows of queries, so that every way it can read is a test. It is written where one
/// sentence has many: singular and plural, nothing before, nothing known. A report can as well say it in place, with
/// `{{usd(totals.cost_usd)}}`.
///
///     let cost = Sentence("cost") { facts in
///       let totals = try facts["totals"]
///       return try totals.known("cost_usd") ? "It cost \(totals.usd("cost_usd"))" : ""
///     }
///
/// A figure whose title is an empty sentence is not printed, and an empty sentence is false in a condition: `{{#sentence x}}
/// … {{/sentence x}}`. In a column of a table, `sentence: bridge-step`, `facts.row` is the table's row.
package struct Sentence: Sendable {
  /// What a report calls it by.
  package var name: String
  var words: @Sendable (Facts) throws -> String

  init(_ name: String, words: @escaping @Sendable (Facts) throws -> String) {
    self.name = name
    self.words = words
  }

  /// All that a report can call.
  package static let all: [Sentence] =
    weekly + weeklyChange + weeklyOutlook + weeklyJobs + weeklyAround + weeklyMethod + spotAudit + rightSizing + advice
    + run

  static func named(_ name: String) -> Sentence? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
