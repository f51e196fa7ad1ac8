import Store

/// Aligned columns for a terminal.
enum TableWriter {
  static func write(_ result: QueryResult) -> String {
    let rows = result.rows.map { $0.map { clean($0.readable) } }
    let numeric = result.columns.indices.map { column in
      result.rows.contains { $0[column].isNumber }
        && result.rows.allSatisfy { $0[column].isNumber || $0[column] == .null }
    }
    let widths = result.columns.indices.map { column in
      max(result.columns[column].count, rows.map { $0[column].count }.max() ?? 0)
    }
    func line(_ cells: [String]) -> String {
      cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return numeric[column] ? space + cell : cell + space
      }.joined(separator: "  ").trimmingTrailingSpaces() + "\n"
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
    return line(result.columns) + rule + rows.map(line).joined()
  }

  /// Control characters of hostile names must not reach a terminal.
  private static func clean(_ text: String) -> String {
    text.unicodeScalars.contains { $0.value < 32 || $0.value == 127 || (0x80..<0xA0).contains($0.value) }
      ? String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { $0.value < 32 || (127..<0xA0).contains($0.value) ? "·" : $0 }))
      : text
  }
}

/// RFC 4180, with a header.
enum CSVWriter {
  static func write(_ result: QueryResult) -> String {
    let rows = [result.columns.map(quoted)] + result.rows.map { $0.map { quoted($0.exact) } }
    return rows.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private static func quoted(_ text: String) -> String {
    text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}

/// A table as GitHub and Slack render it.
enum MarkdownWriter {
  static func write(_ result: QueryResult) -> String {
    let numeric = result.columns.indices.map { column in result.rows.contains { $0[column].isNumber } }
    let head = "| " + result.columns.joined(separator: " | ") + " |\n"
    let rule = "| " + numeric.map { $0 ? "---:" : "---" }.joined(separator: " | ") + " |\n"
    let rows = result.rows.map { row in "| " + row.map { escaped($0.readable) }.joined(separator: " | ") + " |\n" }
    return head + rule + rows.joined()
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("\n", with: " ")
      .replacing("<", with: "&lt;")
  }
}

extension String {
  func trimmingTrailingSpaces() -> String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
