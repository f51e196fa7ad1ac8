/// The properties of an axis.
struct AxisOptions: Options {
  var orient: Axis.Side?
  var title: Nullable<TitleText>?
  var titleAnchor: String?
  var titleAlign: String?
  var titleAngle: Double?
  var titleBaseline: String?
  var titleColor: Ink?
  var titleFontSize: Double?
  var titleFontWeight: Weight?
  var titlePadding: Double?
  var titleX: Double?
  var titleY: Double?
  var domain: Bool?
  var domainColor: Ink?
  var domainWidth: Double?
  var domainDash: [Double]?
  var grid: Bool?
  var gridColor: Ink?
  var gridWidth: Double?
  var gridDash: [Double]?
  var gridOpacity: Double?
  var labels: Bool?
  var labelAlign: LabelAlign?
  var labelAngle: Double?
  var labelBaseline: String?
  var labelColor: Conditional<Ink>?
  var labelExpr: Expression?
  var labelFlush: Flush?
  var labelFontSize: Conditional<Double>?
  var labelFontStyle: String?
  var labelFontWeight: Conditional<Weight>?
  var labelLimit: Double?
  var labelOffset: Double?
  var labelOpacity: Conditional<Double>?
  var labelOverlap: Overlap?
  var labelPadding: Double?
  var labelSeparation: Double?
  var ticks: Bool?
  var tickColor: Ink?
  var tickSize: Double?
  var tickWidth: Double?
  var tickOffset: Double?
  var tickCount: TickCount?
  var tickMinStep: Double?
  var tickBand: TickBand?
  var values: [Constant]?
  var format: String?
  var formatType: FormatType?
  var offset: Double?
  var bandPosition: Double?
  var zindex: Double?
  var translate: Double?
  /// Only in our look: names are in a column, aligned at its left edge.
  var labelColumn: Bool?
  /// Only in our look: points from tick to tick if no count is given.
  var tickSpacing: Double?

  enum LabelAlign: String, CaseIterable { case left, center, right }
  enum TickBand: String, CaseIterable { case center }

  /// Whether the first and last label move inwards, and how close to the ends they must be.
  enum Flush: Equatable, Sendable {
    case off
    case within(Double)
  }

  /// What happens to labels that touch.
  enum Overlap: Equatable, Sendable {
    case keep
    /// Every second one is hidden until none touches its neighbour.
    case parity
    /// Hides each that would touch the last one kept.
    case greedy
  }

  static let fields: [Field<Self>] = [
    Field("orient", \.orient, .word()), Field("title", \.title, .orNull(.title)),
    Field("titleAnchor", \.titleAnchor, .string), Field("titleAlign", \.titleAlign, .string),
    Field("titleAngle", \.titleAngle, .number), Field("titleBaseline", \.titleBaseline, .string),
    Field("titleColor", \.titleColor, .color), Field("titleFontSize", \.titleFontSize, .number),
    Field("titleFontWeight", \.titleFontWeight, .weight),
    Field("titlePadding", \.titlePadding, .number),
    Field("titleX", \.titleX, .number), Field("titleY", \.titleY, .number),
    Field("domain", \.domain, .boolean),
    Field("domainColor", \.domainColor, .color), Field("domainWidth", \.domainWidth, .number),
    Field("domainDash", \.domainDash, .list(.number)), Field("grid", \.grid, .boolean),
    Field("gridColor", \.gridColor, .color), Field("gridWidth", \.gridWidth, .number),
    Field("gridDash", \.gridDash, .list(.number)), Field("gridOpacity", \.gridOpacity, .number),
    Field("labels", \.labels, .boolean), Field("labelAlign", \.labelAlign, .word()),
    Field("labelAngle", \.labelAngle, .number), Field("labelBaseline", \.labelBaseline, .string),
    Field("labelColor", \.labelColor, .conditional(.color)),
    Field("labelExpr", \.labelExpr, .expression),
    Field("labelFlush", \.labelFlush, .flush),
    Field("labelFontSize", \.labelFontSize, .conditional(.number)),
    Field("labelFontStyle", \.labelFontStyle, .string),
    Field("labelFontWeight", \.labelFontWeight, .conditional(.weight)),
    Field("labelLimit", \.labelLimit, .number),
    Field("labelOffset", \.labelOffset, .number),
    Field("labelOpacity", \.labelOpacity, .conditional(.number)),
    Field("labelOverlap", \.labelOverlap, .overlap), Field("labelPadding", \.labelPadding, .number),
    Field("labelSeparation", \.labelSeparation, .number), Field("ticks", \.ticks, .boolean),
    Field("tickColor", \.tickColor, .color), Field("tickSize", \.tickSize, .number),
    Field("tickWidth", \.tickWidth, .number), Field("tickOffset", \.tickOffset, .number),
    Field("tickCount", \.tickCount, .tickCount), Field("tickMinStep", \.tickMinStep, .number),
    Field("tickBand", \.tickBand, .word()), Field("values", \.values, .list(.constant)),
    Field("format", \.format, .format), Field("formatType", \.formatType, .word()),
    Field("offset", \.offset, .number),
    Field("bandPosition", \.bandPosition, .number), Field("zindex", \.zindex, .number),
    Field("translate", \.translate, .number),
  ]

  static let configFields: [Field<Self>] = [
    Field("labelColumn", \.labelColumn, .boolean), Field("tickSpacing", \.tickSpacing, .number),
  ]

  static let elsewhere = [
    "position": "use offset", "maxExtent": "an axis takes the room it needs",
    "tickRound": "positions are exact",
    "minExtent": "an axis takes the room it needs", "tickExtra": "use values",
    "labelBound": "use labelOverlap",
    "gridCap": "grid lines have butt ends", "aria": "the figure is described as a whole",
    "titleFont": "one face in a report", "labelFont": "one face in a report",
    "encode": "use the properties by name",
  ]
}

/// Whether a format is for numbers or for times.
enum FormatType: String, CaseIterable { case number, time }

extension Reader<AxisOptions.Flush> {
  static var flush: Reader {
    Reader("true or false or a number") { json, _ in
      json.number.map { .within($0) } ?? json.boolean.map { $0 ? .within(1) : .off }
    }
  }
}

extension Reader<AxisOptions.Overlap> {
  static var overlap: Reader {
    Reader("true or false or \"parity\", \"greedy\"") { json, path throws(FigureError) in
      if let flag = json.boolean { return flag ? .parity : .keep }
      return try Reader.word(["parity", "greedy"]) { $0 == "greedy" ? .greedy : .parity }.read(
        json, path)
    }
  }
}

extension Reader<Expression> {
  static var expression: Reader {
    Reader("a text") { json, path throws(FigureError) in
      guard let text = json.string else { return nil }
      return try Expression(parsing: text, path: path)
    }
  }
}
