/// What a figure shows, in words and numbers, for screen readers and for search.
enum FigureWords {
  static func description(_ figure: Figure) -> String {
    let what = figure.subtitle.plain
    switch figure.body {
    case .table(let table): return joined(what, rows(table))
    case .tiles(let tiles):
      return tiles.map { tile in
        let change = tile.change.map { "\($0.isUp ? "up" : "down") \($0.text)" }
        return "\(tile.name) \(tile.number)"
          + ([change, tile.detail].compactMap { $0 }.filter { !$0.isEmpty }
            .map { ", \($0)" }.joined())
      }.joined(separator: "; ")
    case .empty(let words): return words
    case .chart(let chart): return joined(what, description(of: chart))
    }
  }

  /// The rows of a chart, one clause each.
  static func description(of chart: Chart) -> String {
    chart.data.map { rows in
      let table = PlainTable(rows.result, limit: 30)
      let clauses = table.rows.map { row in
        zip(table.columns, row).filter { !$1.isEmpty }.map { "\($0) \($1)" }.joined(separator: ", ")
      }
      return (clauses + (table.left > 0 ? ["and \(table.left) more"] : [])).joined(separator: "; ")
    }.joined(separator: ". ")
  }

  private static func rows(_ table: TableModel) -> String {
    table.rows.filter { $0.style != .group }.prefix(40).map { row in
      zip(table.columns, row.cells).filter { !$1.text.isEmpty }
        .map { $0.label.isEmpty ? $1.text : "\($0.label) \($1.text)" }.joined(separator: ", ")
    }.joined(separator: "; ")
  }

  private static func joined(_ parts: String...) -> String { parts.filter { !$0.isEmpty }.joined(separator: ". ") }
}
