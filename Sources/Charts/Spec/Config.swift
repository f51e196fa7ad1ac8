/// What a spec leaves open: defaults for every mark and guide, by the names of Vega-Lite's `config`.
package struct Config: Equatable, Sendable {
  var json: JSON
  var theme: Theme
  /// No text is drawn smaller.
  var smallestText: Double

  /// The look of our reports.
  package static func house(_ theme: Theme) -> Config { Config(json: houseJSON, theme: theme, smallestText: 9) }

  /// The look of Vega-Lite itself: what a spec has in any other tool.
  package static let vega = Config(json: vegaJSON, theme: .light, smallestText: 0)

  func merging(_ other: JSON?) -> Config {
    guard let other else { return self }
    var copy = self
    copy.json = json.merging(other)
    return copy
  }

  subscript(block: String) -> JSON { json[block] ?? .object([]) }

  /// Whether this is the look of our reports, which has rules of its own beside its defaults.
  var isHouse: Bool { smallestText > 0 }

  func number(_ block: String, _ name: String) -> Double? { json[block]?[name]?.number }

  func color(_ json: JSON?) -> Color? { json?.string.flatMap { Color($0, theme: theme) } }

  static let vegaJSON: JSON = [
    "background": "white", "padding": 5, "font": "sans-serif",
    "view": ["continuousWidth": 300, "continuousHeight": 300, "step": 20, "stroke": "#ddd"],
    "mark": ["color": "#4c78a8"],
    "bar": ["continuousBandSize": 5, "binSpacing": 1],
    "rect": ["continuousBandSize": 5, "binSpacing": 0],
    "point": ["size": 30, "strokeWidth": 2, "opacity": 0.7],
    "circle": ["size": 30, "opacity": 0.7],
    "square": ["size": 30, "opacity": 0.7],
    "line": ["strokeWidth": 2],
    "tick": ["thickness": 1, "opacity": 0.7],
    "rule": ["color": "black", "strokeWidth": 1],
    "text": ["color": "black", "fontSize": 11, "align": "center", "baseline": "middle"],
    "trail": ["size": 2],
    "axis": [
      "domain": true, "domainColor": "#888", "domainWidth": 1, "gridColor": "#ddd", "gridWidth": 1, "labels": true,
      "labelAngle": 0, "labelColor": "#000", "labelFontSize": 10, "labelPadding": 2, "labelLimit": 180, "ticks": true,
      "tickColor": "#888", "tickSize": 5, "tickWidth": 1, "titleColor": "#000", "titleFontSize": 11,
      "titleFontWeight": "bold", "titlePadding": 4, "translate": 0.5,
    ],
    "axisBand": ["tickOffset": -0.5],
    "legend": [
      "orient": "right", "offset": 18, "padding": 0, "rowPadding": 2, "columnPadding": 10, "labelFontSize": 10,
      "labelColor": "#000", "labelOffset": 4, "labelLimit": 160, "titleFontSize": 11, "titleFontWeight": "bold",
      "titleColor": "#000", "titlePadding": 5, "titleLimit": 180, "symbolSize": 100, "symbolStrokeWidth": 1.5,
      "gradientThickness": 16, "gradientLabelOffset": 2, "symbolType": "circle",
    ],
    "title": [
      "fontSize": 13, "fontWeight": "bold", "color": "#000", "offset": 4, "subtitleFontSize": 11, "subtitlePadding": 3,
      "anchor": "middle", "subtitleColor": "#000",
    ],
    "header": [
      "labelFontSize": 10, "labelColor": "#000", "labelPadding": 10, "titleFontSize": 11, "titleFontWeight": "bold",
      "titleColor": "#000", "titlePadding": 10, "labelAnchor": "middle", "titleAnchor": "middle",
    ],
    "scale": [
      "bandPaddingInner": 0.1, "rectBandPaddingInner": 0, "tickBandPaddingInner": 0.25, "pointPadding": 0.5,
      "minOpacity": 0.3, "maxOpacity": 0.8, "minSize": 4, "minStrokeWidth": 1, "maxStrokeWidth": 4, "minFontSize": 8,
      "maxFontSize": 40,
    ],
    "range": [
      "category": ["scheme": "tableau10"], "ordinal": ["scheme": "blues"], "ramp": ["scheme": "blues"],
      "heatmap": ["scheme": "yellowgreenblue"], "diverging": ["scheme": "blueorange"],
    ],
    "facet": ["spacing": 20], "concat": ["spacing": 20],
  ]

  static let houseJSON: JSON = vegaJSON.merging([
    "background": nil, "padding": 0, "font": nil,
    "view": ["continuousHeight": 160, "stroke": nil],
    "mark": ["color": "work"],
    "point": ["size": 40.7, "strokeWidth": 1.3, "opacity": 1, "filled": true],
    "circle": ["size": 40.7, "opacity": 1],
    "square": ["size": 40.7, "opacity": 1],
    "line": ["strokeWidth": 1.2, "strokeJoin": "round"],
    "tick": ["opacity": 1, "thickness": 1.2],
    "rule": ["color": "ink-3", "strokeWidth": 0.8],
    "text": ["color": "ink-2", "fontSize": 9],
    "axis": [
      "title": nil, "domain": false, "ticks": false, "gridColor": "grid", "gridWidth": 0.6, "labelColor": "ink-3",
      "labelFontSize": 9, "labelPadding": 6, "translate": 0, "titleColor": "ink-3", "titleFontSize": 9,
      "titleFontWeight": 400, "titlePadding": 6, "domainColor": "ink-3", "domainWidth": 0.8, "tickColor": "ink-3",
      "tickWidth": 0.8, "tickSize": 3, "tickSpacing": 56, "labelSeparation": 6, "labelFontWeight": 400,
    ],
    "axisBand": ["tickOffset": 0],
    "axisX": ["labelAngle": 0],
    "axisXDiscrete": ["domain": true],
    "axisXTemporal": ["domain": true, "grid": false],
    "axisYDiscrete": ["labelColor": "ink", "labelColumn": true, "labelLimit": 150, "labelPadding": 12],
    "axisXQuantitative": ["labelFlush": false],
    "scale": ["bandPaddingInner": 0.25, "bandPaddingInnerY": 0.45],
    "legend": [
      "title": nil, "offset": 16, "rowPadding": 6, "labelFontSize": 9, "labelColor": "ink", "labelFontWeight": 500,
      "labelOffset": 5, "titleFontSize": 9, "titleColor": "ink-3", "titleFontWeight": 400, "symbolSize": 81,
      "symbolType": "square", "symbolStrokeWidth": 0.8, "gradientThickness": 9, "gradientStops": 16,
    ],
    "title": [
      "fontSize": 11.5, "fontWeight": 600, "color": "ink", "subtitleFontSize": 9, "subtitleColor": "ink-2",
      "anchor": "start", "offset": 12,
    ],
    "header": [
      "labelFontSize": 9, "labelFontWeight": 600, "labelColor": "ink", "labelAnchor": "start", "labelPadding": 6,
      "titleFontSize": 9, "titleColor": "ink-3", "titleFontWeight": 400, "title": nil,
    ],
    "range": [
      "category": ["scheme": "tokens"], "ordinal": ["scheme": "ramp"], "ramp": ["scheme": "ramp"],
      "heatmap": ["scheme": "ramp"],
    ],
    "facet": ["spacing": 20], "concat": ["spacing": 24],
  ])
}
