/// The properties of a legend.
struct LegendOptions: Options {
  var title: Nullable<TitleText>?
  var titleColor: Ink?
  var titleFontSize: Double?
  var titleFontWeight: Weight?
  var titleLimit: Double?
  var titlePadding: Double?
  var orient: Orient?
  var direction: Direction?
  var offset: Double?
  var padding: Double?
  var columns: Double?
  var columnPadding: Double?
  var rowPadding: Double?
  var labelColor: Conditional<Ink>?
  var labelExpr: Expression?
  var labelFontSize: Double?
  var labelFontWeight: Conditional<Weight>?
  var labelLimit: Double?
  var labelOffset: Double?
  var symbolSize: Double?
  var symbolType: String?
  var symbolStrokeWidth: Double?
  var gradientLength: Double?
  var gradientThickness: Double?
  var values: [Constant]?
  var format: String?
  var formatType: FormatType?
  var tickCount: TickCount?
  var legendX: Double?
  var legendY: Double?
  var gradientLabelOffset: Double?
  /// Only in the config.
  var disable: Bool?
  /// Only in our look: the number of boxes in a ramp.
  var gradientStops: Double?

  enum Orient: String, CaseIterable {
    case right, left, top, bottom
    case topLeft = "top-left"
    case topRight = "top-right"
    case bottomLeft = "bottom-left"
    case bottomRight = "bottom-right"
    case none
  }

  enum Direction: String, CaseIterable { case vertical, horizontal }

  static let fields: [Field<Self>] = [
    Field("title", \.title, .orNull(.title)), Field("titleColor", \.titleColor, .color),
    Field("titleFontSize", \.titleFontSize, .number),
    Field("titleFontWeight", \.titleFontWeight, .weight),
    Field("titleLimit", \.titleLimit, .number), Field("titlePadding", \.titlePadding, .number),
    Field("orient", \.orient, .word()), Field("direction", \.direction, .word()),
    Field("offset", \.offset, .number),
    Field("padding", \.padding, .number), Field("columns", \.columns, .number),
    Field("columnPadding", \.columnPadding, .number), Field("rowPadding", \.rowPadding, .number),
    Field("labelColor", \.labelColor, .conditional(.color)),
    Field("labelExpr", \.labelExpr, .expression),
    Field("labelFontSize", \.labelFontSize, .number),
    Field("labelFontWeight", \.labelFontWeight, .conditional(.weight)),
    Field("labelLimit", \.labelLimit, .number),
    Field("labelOffset", \.labelOffset, .number), Field("symbolSize", \.symbolSize, .number),
    Field("symbolType", \.symbolType, .word(SymbolShape.names) { $0 }),
    Field("symbolStrokeWidth", \.symbolStrokeWidth, .number),
    Field("gradientLength", \.gradientLength, .number),
    Field("gradientThickness", \.gradientThickness, .number),
    Field("values", \.values, .list(.constant)),
    Field("format", \.format, .format), Field("formatType", \.formatType, .word()),
    Field("tickCount", \.tickCount, .tickCount), Field("legendX", \.legendX, .number),
    Field("legendY", \.legendY, .number),
    Field("gradientLabelOffset", \.gradientLabelOffset, .number),
  ]

  static let configFields: [Field<Self>] = [
    Field("disable", \.disable, .boolean), Field("gradientStops", \.gradientStops, .number),
  ]

  static let elsewhere = [
    "fillColor": "a legend has no box", "strokeColor": "a legend has no box",
    "zindex": "a legend overlaps nothing",
  ]
}

/// The properties of the labels of a facet's rows or columns.
struct HeaderOptions: Options {
  var title: Nullable<TitleText>?
  var titleAnchor: String?
  var titleColor: Ink?
  var titleFontSize: Double?
  var titleFontWeight: Weight?
  var titlePadding: Double?
  var labels: Bool?
  var labelAnchor: String?
  var labelAlign: String?
  var labelAngle: Double?
  var labelColor: Ink?
  var labelExpr: Expression?
  var labelFontSize: Double?
  var labelFontWeight: Weight?
  var labelLimit: Double?
  var labelOrient: Axis.Side?
  var labelPadding: Double?
  var format: String?
  var formatType: FormatType?

  static let fields: [Field<Self>] = [
    Field("title", \.title, .orNull(.title)), Field("titleAnchor", \.titleAnchor, .string),
    Field("titleColor", \.titleColor, .color), Field("titleFontSize", \.titleFontSize, .number),
    Field("titleFontWeight", \.titleFontWeight, .weight),
    Field("titlePadding", \.titlePadding, .number),
    Field("labels", \.labels, .boolean), Field("labelAnchor", \.labelAnchor, .string),
    Field("labelAlign", \.labelAlign, .string), Field("labelAngle", \.labelAngle, .number),
    Field("labelColor", \.labelColor, .color), Field("labelExpr", \.labelExpr, .expression),
    Field("labelFontSize", \.labelFontSize, .number),
    Field("labelFontWeight", \.labelFontWeight, .weight),
    Field("labelLimit", \.labelLimit, .number), Field("labelOrient", \.labelOrient, .word()),
    Field("labelPadding", \.labelPadding, .number),
    Field("format", \.format, .format), Field("formatType", \.formatType, .word()),
  ]

  static let elsewhere = [
    "orient": "use labelOrient", "titleOrient": "titles stand above and at the left",
  ]
}
