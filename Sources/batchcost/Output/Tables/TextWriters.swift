import Base
import Domain

/// RFC 4180, with a header.
enum CSVWriter {
  /// - Parameter isSafe: put a `'` before text that a spreadsheet would compute.
  static func write(_ result: DataTable, isSafe: Bool = false) -> String {
    func field(_ cell: Cell) -> String {
      if case .text(let text) = cell { return (isSafe ? text.withoutFormula : text).quotedCSV }
      return cell.plain.quotedCSV
    }
    let rows = [result.names.map { field(.text($0)) }] + (0..<result.rowCount).map { result.row($0).map(field) }
    return rows.map { $0.joined(separator: ",") + "\n" }.joined()
  }
}

/// A table as GitHub and Slack render it.
enum MarkdownWriter {
  static func write(_ result: DataTable) -> String {
    let table = ReadableTable(result)
    let head = "| " + result.names.map(\.escapedMarkdown).joined(separator: " | ") + " |\n"
    let rule = "| " + table.isNumeric.map { $0 ? "---:" : "---" }.joined(separator: " | ") + " |\n"
    let rows = table.rows.map { "| " + $0.map(\.escapedMarkdown).joined(separator: " | ") + " |\n" }
    return head + rule + rows.joined()
  }
}
