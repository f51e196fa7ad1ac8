import Base
import Store

/// RFC 4180, with a header.
enum CSVWriter {
  /// - Parameter isSafe: text that a spreadsheet would compute gets a `'` before it.
  static func write(_ result: QueryResult, isSafe: Bool = false) -> String {
    func field(_ cell: Cell) -> String {
      if case .text(let text) = cell { return (isSafe ? text.withoutFormula : text).quotedCSV }
      return cell.exact.quotedCSV
    }
    let rows = [result.columns.map { field(.text($0)) }] + result.rows.map { $0.map(field) }
    return rows.map { $0.joined(separator: ",") + "\n" }.joined()
  }
}

/// A table as GitHub and Slack render it.
enum MarkdownWriter {
  static func write(_ result: QueryResult) -> String {
    let table = ReadableTable(result)
    let head = "| " + result.columns.map(\.escapedMarkdown).joined(separator: " | ") + " |\n"
    let rule = "| " + table.isNumeric.map { $0 ? "---:" : "---" }.joined(separator: " | ") + " |\n"
    let rows = table.rows.map { "| " + $0.map(\.escapedMarkdown).joined(separator: " | ") + " |\n" }
    return head + rule + rows.joined()
  }
}
