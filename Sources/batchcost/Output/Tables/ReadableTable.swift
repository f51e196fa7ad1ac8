import Base
import Domain

/// Rows for people: one number of decimals per column, and names without characters that a terminal would obey.
struct ReadableTable {
  var columns: [String]
  /// Whether a column holds only numbers and blanks.
  var isNumeric: [Bool]
  /// Whether a whole column is unknown.
  var isEmpty: [Bool]
  /// The column with the cost of a row, or else the first column of money.
  var cost: Int?
  var rows: [[String]]

  init(_ result: DataTable) {
    columns = result.names.map(\.shownInLine)
    isNumeric = result.columns.map { cells in
      cells.contains(where: \.isNumber) && cells.allSatisfy { $0.isNumber || $0.isNull }
    }
    isEmpty = result.columns.map { !$0.isEmpty && $0.allSatisfy(\.isNull) }
    cost =
      result.names.firstIndex { $0.hasPrefix("cost_") && Self.holdsMoney(result[$0] ?? []) }
      ?? result.columns.firstIndex(where: Self.holdsMoney)
    let texts = result.columns.map { cells in
      let places = Self.places(cells)
      return cells.map { Self.text($0, places: places) }
    }
    rows = (0..<result.rowCount).map { row in texts.map { $0[row] } }
  }

  private static func holdsMoney(_ cells: [Cell]) -> Bool {
    cells.contains { if case .money = $0 { true } else { false } }
  }

  /// Cents, or more digits if a whole column is too small for cents; other numbers have three at most.
  private static func places(_ cells: [Cell]) -> Int {
    let amounts = cells.compactMap { if case .money(let money) = $0 { abs(money.dollars) } else { nil } }
    let largest = amounts.max() ?? 0
    if !amounts.isEmpty {
      return largest == 0 || largest >= 10 ? 2 : largest < 0.1 ? 6 : amounts.contains { $0 > 0 && $0 < 0.1 } ? 4 : 2
    }
    let numbers = cells.compactMap { if case .real(let value) = $0 { abs(value) } else { nil } }
    return numbers.allSatisfy { $0 == $0.rounded() } ? 0 : (numbers.max() ?? 0) >= 100 ? 1 : 3
  }

  private static func text(_ cell: Cell, places: Int) -> String {
    switch cell {
    case .null: "–"
    case .real(let value): grouped(value, places: places)
    case .money(let value): grouped(value.dollars, places: places)
    case .text(let text): text.shownInLine
    case .integer, .instant, .boolean: cell.plain
    }
  }
}

/// Aligned columns for a terminal.
enum TableWriter {
  /// The least width of a cut column or heading.
  private static let least = 9

  /// - Parameter width: the terminal's. Narrow columns are shown in full and wide ones share the rest. Columns that do
  ///   not fit are named below: first the empty ones, then from the end, never the cost. Nil: no limit.
  static func write(_ result: DataTable, width: Int? = nil) -> String {
    let table = ReadableTable(result)
    let body = table.columns.indices.map { column in table.rows.map { TextWidth.of($0[column]) }.max() ?? 0 }
    let full = table.columns.indices.map { max(TextWidth.of(table.columns[$0]), body[$0]) }
    var shown = Array(full.indices)
    var widths = full
    if let width {
      // Numbers are never cut, nor is the heading of the cost.
      let floors = full.indices.map { column in
        if column == table.cost { return full[column] }
        return max(table.isNumeric[column] ? body[column] : 0, min(full[column], least))
      }
      func isTooWide() -> Bool { shown.reduce(0) { $0 + floors[$1] } + 2 * (shown.count - 1) > width }
      if isTooWide() { shown.removeAll { table.isEmpty[$0] && $0 > 0 } }
      while shown.count > 1, isTooWide(), let last = shown.lastIndex(where: { $0 != table.cost }) {
        shown.remove(at: last)
      }
      widths = share(width - 2 * (shown.count - 1), full: shown.map { full[$0] }, floors: shown.map { floors[$0] })
    }
    func line(_ cells: [String]) -> String {
      zip(shown, widths).map { column, width in
        let text = TextWidth.cut(cells[column], to: width)
        let space = String(repeating: " ", count: max(0, width - TextWidth.of(text)))
        return table.isNumeric[column] ? space + text : text + space
      }.joined(separator: "  ").trimmingTrailingSpaces() + "\n"
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
    let left = table.columns.indices.filter { !shown.contains($0) }.map { table.columns[$0] }
    let more =
      left.isEmpty
      ? ""
      : "\(left.count) more column\(left.count == 1 ? "" : "s") in other formats: \(left.joined(separator: ", "))\n"
    return line(table.columns) + rule + table.rows.map(line).joined() + more
  }

  /// The columns' widths: the widest columns share what the others leave.
  private static func share(_ width: Int, full: [Int], floors: [Int]) -> [Int] {
    var limit = full.max() ?? 0
    func widths(_ limit: Int) -> [Int] { zip(full, floors).map { max($1, min($0, limit)) } }
    while limit > 0, widths(limit).reduce(0, +) > width { limit -= 1 }
    return widths(limit)
  }
}

extension String {
  fileprivate func trimmingTrailingSpaces() -> String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
