import Base
import Store

/// JSON with the columns in the query's order. Money is a decimal number with up to nine places; unknown is null.
enum JSONWriter {
  static func write(_ result: QueryResult) -> String {
    "[" + result.rows.map { "\n  " + object(result.columns, $0) }.joined(separator: ",")
      + (result.rows.isEmpty ? "]\n" : "\n]\n")
  }

  static func writeLines(_ result: QueryResult) -> String {
    result.rows.map { object(result.columns, $0) + "\n" }.joined()
  }

  private static func object(_ columns: [String], _ row: [Cell]) -> String {
    "{" + zip(columns, row).map { "\($0.quotedJSON): \(value($1))" }.joined(separator: ", ") + "}"
  }

  private static func value(_ cell: Cell) -> String {
    switch cell {
    case .null: "null"
    case .integer, .money: cell.exact
    case .real(let number): number.isFinite ? cell.exact : "null"
    case .text(let text): text.quotedJSON
    case .instant: cell.exact.quotedJSON
    }
  }
}
