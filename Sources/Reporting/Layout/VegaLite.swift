import Charts

extension ChartDrawing {
  /// The chart grammar of `Charts`: titles are the page's.
  package static let vegaLite = ChartDrawing { chart, width, theme in
    let specification = try JSON(parsing: chart.specification)
    var data: [String: DataTable] = [:]
    for rows in chart.data { data[rows.name] = DataTable(rows.result) }
    let drawing = try Charts.Figure.draw(specification, data: data, width: width, theme: theme, titles: false)
    let words = drawing.description.isEmpty ? FigureWords.description(of: chart) : drawing.description
    return Drawn(scene: drawing.scene, description: words, notes: drawing.notes)
  }
}

extension DataTable {
  fileprivate init(_ result: QueryResult) {
    self.init(
      names: result.columns,
      columns: result.columns.indices.map { column in result.rows.map { Value($0[column]) } })
  }
}

extension Value {
  fileprivate init(_ cell: Cell) {
    switch cell {
    case .null: self = .null
    case .text(let text): self = .text(text)
    case .integer, .real, .money: self = cell.number.map { .number($0) } ?? .null
    }
  }
}
