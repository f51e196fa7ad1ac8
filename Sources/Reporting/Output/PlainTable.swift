import Base

/// A figure's rows as they are, for those who want the numbers: under HTML's "Data", and in Markdown.
struct PlainTable {
  var columns: [String]
  var isNumeric: [Bool]
  var rows: [[String]]
  /// Rows that are not shown.
  var left: Int

  init(_ result: QueryResult, limit: Int) {
    columns = result.columns
    isNumeric = result.columns.indices.map { column in
      result.rows.contains { $0[column].number != nil }
    }
    rows = result.rows.prefix(limit).map { row in row.map(Self.text) }
    left = max(0, result.rows.count - limit)
  }

  private static func text(_ cell: Cell) -> String {
    switch cell {
    case .money, .integer, .null, .text: return cell.plain
    case .real(let value):
      let digits = Digits(locale: .english).fixed(value, places: abs(value) < 10 ? 3 : 1)
      return digits.replacing(",", with: "")
    }
  }
}
