/// A sentence of a report that depends on values: `{{sentence weekly-headline}}`.
///
/// A sentence is a pure function of the rows of queries, so each of its variants can be tested. Use one where the
/// wording varies: singular and plural, nothing before, nothing known. Otherwise a report can contain the text itself,
/// with `{{usd(totals.cost_usd)}}`.
///
///     let cost = Sentence("cost") { facts in
///       let totals = try facts["totals"]
///       return try totals.known("cost_usd") ? "It cost \(totals.usd("cost_usd"))" : ""
///     }
///
/// A figure whose title is an empty sentence is not printed, and an empty sentence is false in a condition:
/// `{{#sentence x}} … {{/sentence x}}`. In a column of a table, `sentence: bridge-step`, `facts.row` is the table's
/// row.
package struct Sentence: Sendable {
  /// The name that reports call it by.
  package var name: String
  var words: @Sendable (Facts) throws -> String

  init(_ name: String, words: @escaping @Sendable (Facts) throws -> String) {
    self.name = name
    self.words = words
  }

  /// All sentences that a report can call.
  package static let all: [Sentence] =
    weekly + weeklySpenders + weeklyChange + weeklyOutlook + weeklyJobs + around + weeklyMethod + spotAudit
    + rightSizing + advice + run + runSections

  static func named(_ name: String) -> Sentence? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
