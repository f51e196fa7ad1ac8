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
    "{" + zip(columns, row).map { "\(string($0)): \(value($1))" }.joined(separator: ", ") + "}"
  }

  private static func value(_ cell: Cell) -> String {
    switch cell {
    case .null: "null"
    case .integer, .money: cell.exact
    case .real(let number): number.isFinite ? cell.exact : "null"
    case .text(let text): string(text)
    case .instant: string(cell.exact)
    }
  }

  static func string(_ text: String) -> String {
    var escaped = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": escaped += "\\\""
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      case let control where control.value < 32 || control.value == 127:
        let digits = String(control.value, radix: 16)
        escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped + "\""
  }
}
