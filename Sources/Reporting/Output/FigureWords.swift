/// What a figure shows, in words and numbers, for screen readers and for search.
enum FigureWords {
  /// - Parameter drawn: of a chart, what its drawing says.
  static func description(_ figure: Figure, drawn: (Chart) throws -> String) rethrows -> String {
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
    case .chart(let chart): return try drawn(chart)
    }
  }

  private static func rows(_ table: TableModel) -> String {
    table.rows.filter { $0.style != .group }.prefix(40).map { row in
      zip(table.columns, row.cells).filter { !$1.text.isEmpty }
        .map { $0.label.isEmpty ? $1.text : "\($0.label) \($1.text)" }.joined(separator: ", ")
    }.joined(separator: "; ")
  }

  private static func joined(_ parts: String...) -> String { parts.filter { !$0.isEmpty }.joined(separator: ". ") }
}
