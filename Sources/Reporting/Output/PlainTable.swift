import Base
import Domain

/// A figure's rows unchanged, for the words in its place.
struct PlainTable {
  var columns: [String]
  var isNumeric: [Bool]
  var rows: [[String]]
  /// The number of rows not shown.
  var left: Int

  init(_ result: DataTable, limit: Int) {
    columns = result.names
    isNumeric = result.columns.map { $0.contains { $0.number != nil } }
    rows = (0..<result.rowCount).prefix(limit).map { result.row($0).map(Self.text) }
    left = max(0, result.rowCount - limit)
  }

  private static func text(_ cell: Cell) -> String {
    switch cell {
    case .money, .integer, .null, .text, .instant, .boolean: return cell.plain
    case .real(let value):
      let digits = Digits(locale: .english).fixed(value, places: abs(value) < 10 ? 3 : 1)
      return digits.replacing(",", with: "")
    }
  }
}
