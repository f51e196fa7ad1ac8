import Base
import Domain

/// JSON with the columns in the query's order. Money is a decimal number with up to nine places; unknown is null.
enum JSONWriter {
  static func write(_ result: DataTable) -> String {
    "[" + objects(result).map { "\n  " + $0 }.joined(separator: ",") + (result.isEmpty ? "]\n" : "\n]\n")
  }

  static func writeLines(_ result: DataTable) -> String { objects(result).map { $0 + "\n" }.joined() }

  private static func objects(_ result: DataTable) -> [String] {
    (0..<result.rowCount).map { row in
      "{" + zip(result.names, result.row(row)).map { "\($0.quotedJSON): \(value($1))" }.joined(separator: ", ") + "}"
    }
  }

  private static func value(_ cell: Cell) -> String {
    switch cell {
    case .null: "null"
    case .integer, .money, .boolean: cell.plain
    case .real(let number): number.isFinite ? cell.plain : "null"
    case .text, .instant: cell.plain.quotedJSON
    }
  }
}
