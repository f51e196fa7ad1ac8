import Domain

@testable import Reporting

/// Queries as literal rows: the first line names the columns, `|` separates cells, nothing is null.
struct FixtureSource: QuerySource {
  var results: [String: DataTable]

  var queryNames: [String] { results.keys.sorted() }

  func rows(_ query: String, parameters: [String: String]) throws -> DataTable {
    guard let result = results["\(query)?\(parameters["tag"] ?? "")"] ?? results[query] else { throw Missing() }
    return result
  }

  struct Missing: Error {}

  init(_ tables: [String: String]) { results = tables.mapValues(Self.result) }

  static func result(_ text: String) -> DataTable {
    let lines = text.split(separator: "\n").map { $0.split(separator: "|", omittingEmptySubsequences: false) }
    let columns = (lines.first ?? []).map { String($0).trimmed }
    let rows = lines.dropFirst().map { line in
      zip(columns, line).map { cell(String($1).trimmed, $0) }
    }
    return DataTable(columns, rows: rows)
  }

  private static func cell(_ text: String, _ column: String) -> Cell {
    if text.isEmpty { return .null }
    if column.hasSuffix("_usd"), let nanodollars = parseDecimal(text, places: 9) {
      return .money(Money(nanodollars: nanodollars))
    }
    if ["job_id", "what", "week"].contains(column) { return .text(text) }
    if let whole = Int64(text) { return .integer(whole) }
    if let real = Double(text) { return .real(real) }
    return .text(text)
  }

  static let subject = ReportSubject(
    from: Day(year: 2026, month: 10, day: 28), to: Day(year: 2026, month: 11, day: 5), accounts: ["111122223333"],
    regions: ["eu-west-1"], collectedAt: Instant(milliseconds: 1_793_769_600_000),
    policy: "unused cost kept separate · vCPU : GB weighted 9 : 1")
}
