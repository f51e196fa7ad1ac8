import Charts
import Domain

extension ChartDrawing {
  /// The chart grammar of `Charts`; titles are left to the page.
  package static let vegaLite = ChartDrawing { chart, width, theme in
    var specification = chart.specification
    if width < 400 { specification = specification.forPhone }
    var data: [String: DataTable] = [:]
    for rows in chart.data { data[rows.name] = rows.result }
    let drawing = try Charts.Figure.draw(
      specification, data: data, width: width, theme: theme, titles: false, heading: chart.heading)
    return Drawn(scene: drawing.scene, description: drawing.description, notes: drawing.notes)
  }
}

extension JSON {
  /// On a phone, small multiples are one below the other, and a legend is above its figure, with four entries a row.
  fileprivate var forPhone: JSON {
    var copy = self
    if self["columns"] != nil { copy = copy.setting("columns", to: .number(1)) }
    let legend: JSON = ["legend": ["orient": "top", "offset": 8, "columns": 4]]
    return copy.setting("config", to: (self["config"] ?? .object([])).merging(legend))
  }
}
