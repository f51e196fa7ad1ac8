import Base
import Domain

/// Rows as a person reads them: each column with one number of decimals, names without what a terminal would obey.
struct ReadableTable {
  var columns: [String]
  /// Whether a column holds numbers, and maybe blanks, only.
  var isNumeric: [Bool]
  var rows: [[String]]

  init(_ result: DataTable) {
    columns = result.names.map(\.shownInLine)
    isNumeric = result.columns.map { cells in
      cells.contains(where: \.isNumber) && cells.allSatisfy { $0.isNumber || $0.isNull }
    }
    let texts = result.columns.map { cells in
      let places = Self.places(cells)
      return cells.map { Self.text($0, places: places) }
    }
    rows = (0..<result.rowCount).map { row in texts.map { $0[row] } }
  }

  /// Cents, and more digits where all of a column is smaller than they tell apart; of other numbers three at most.
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
  /// Columns that a cut text or head keeps at least.
  private static let least = 6

  /// - Parameter width: of the terminal: narrow columns stand in full, wide ones share what is left, and what does not fit
  ///   is named below. Nil: as wide as it is.
  static func write(_ result: DataTable, width: Int? = nil) -> String {
    let table = ReadableTable(result)
    let body = table.columns.indices.map { column in table.rows.map { TextWidth.of($0[column]) }.max() ?? 0 }
    let full = table.columns.indices.map { max(TextWidth.of(table.columns[$0]), body[$0]) }
    var shown = full.count
    var widths = full
    if let width {
      // Numbers are never cut.
      let floors = full.indices.map { table.isNumeric[$0] ? max(body[$0], min(full[$0], least)) : min(full[$0], least) }
      while shown > 1, floors[..<shown].reduce(0, +) + 2 * (shown - 1) > width { shown -= 1 }
      widths = share(width - 2 * (shown - 1), full: Array(full[..<shown]), floors: Array(floors[..<shown]))
    }
    func line(_ cells: [String]) -> String {
      zip(cells, widths).enumerated().map { column, pair in
        let text = TextWidth.cut(pair.0, to: pair.1)
        let space = String(repeating: " ", count: max(0, pair.1 - TextWidth.of(text)))
        return table.isNumeric[column] ? space + text : text + space
      }.joined(separator: "  ").trimmingTrailingSpaces() + "\n"
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
    let left = table.columns[shown...]
    let more =
      left.isEmpty
      ? ""
      : "\(left.count) more column\(left.count == 1 ? "" : "s") in other formats: \(left.joined(separator: ", "))\n"
    return line(table.columns) + rule + table.rows.map(line).joined() + more
  }

  /// The columns' widths: as wide as they are, but for the widest, which share what is left.
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
