/// The properties of a mark.
struct MarkOptions: Options {
  var color: Nullable<Ink>?
  var fill: Nullable<Ink>?
  var stroke: Nullable<Ink>?
  var filled: Bool?
  var opacity: Double?
  var fillOpacity: Double?
  var strokeOpacity: Double?
  var strokeWidth: Double?
  var strokeDash: [Double]?
  var strokeCap: Cap?
  var strokeJoin: Join?
  var orient: Orient?
  var interpolate: Interpolation?
  var size: Double?
  var shape: String?
  var width: Extent?
  var height: Extent?
  var thickness: Double?
  var cornerRadius: Double?
  var binSpacing: Double?
  var continuousBandSize: Double?
  var discreteBandSize: Double?
  var align: AxisOptions.LabelAlign?
  var baseline: String?
  var dx: Double?
  var dy: Double?
  var xOffset: Double?
  var yOffset: Double?
  var angle: Double?
  var font: String?
  var fontSize: Double?
  var fontWeight: Weight?
  var fontStyle: FontStyle?
  var text: String?
  var clip: Bool?

  enum Cap: String, CaseIterable { case butt, round, square }
  enum Join: String, CaseIterable { case miter, round, bevel }
  enum FontStyle: String, CaseIterable { case normal, italic }

  /// A size in points, or as a fraction of a band.
  enum Extent: Equatable, Sendable {
    case points(Double)
    case band(Double)
  }

  static let fields: [Field<Self>] = [
    Field("color", \.color, .orNull(.color)), Field("fill", \.fill, .orNull(.color)),
    Field("stroke", \.stroke, .orNull(.color)), Field("filled", \.filled, .boolean),
    Field("opacity", \.opacity, .number),
    Field("fillOpacity", \.fillOpacity, .number), Field("strokeOpacity", \.strokeOpacity, .number),
    Field("strokeWidth", \.strokeWidth, .number), Field("strokeDash", \.strokeDash, .list(.number)),
    Field("strokeCap", \.strokeCap, .word()), Field("strokeJoin", \.strokeJoin, .word()),
    Field("orient", \.orient, .word()), Field("interpolate", \.interpolate, .word()),
    Field("size", \.size, .number),
    Field("shape", \.shape, .word(SymbolShape.names) { $0 }), Field("width", \.width, .extent),
    Field("height", \.height, .extent), Field("thickness", \.thickness, .number),
    Field("cornerRadius", \.cornerRadius, .number), Field("binSpacing", \.binSpacing, .number),
    Field("continuousBandSize", \.continuousBandSize, .number),
    Field("discreteBandSize", \.discreteBandSize, .number),
    Field("align", \.align, .word()),
    Field(
      "baseline", \.baseline,
      .word(["top", "middle", "bottom", "alphabetic", "line-top", "line-bottom"]) { $0 }),
    Field("dx", \.dx, .number), Field("dy", \.dy, .number), Field("xOffset", \.xOffset, .number),
    Field("yOffset", \.yOffset, .number), Field("angle", \.angle, .number),
    Field("font", \.font, .string),
    Field("fontSize", \.fontSize, .number), Field("fontWeight", \.fontWeight, .weight),
    Field("fontStyle", \.fontStyle, .word()), Field("text", \.text, .string),
    Field("clip", \.clip, .boolean),
    // A page has no pointer, and the figure is described as a whole.
    Field(unused: "tooltip", .any), Field(unused: "aria", .boolean),
    Field(unused: "description", .string),
  ]

  static let elsewhere = [
    "invalid": "what is missing parts a line and leaves out any other mark",
    "style": "use the properties by name",
    "radius": "there are no arcs", "theta": "there are no arcs",
    "href": "link from the report's text",
    "cursor": "a page has no pointer", "tension": "use interpolate monotone",
    "blend": "use opacity",
    "limit": "cut the text with truncate(…) in a calculate",
    "lineBreak": "write a text layer for each line",
  ]
}

/// `{"band": 0.74}`
private struct BandOptions: Options {
  var band: Double?
  static let fields: [Field<Self>] = [Field("band", \.band, .number)]
}

extension Reader<MarkOptions.Extent> {
  static var extent: Reader {
    Reader("a number or an object") { json, path throws(FigureError) in
      if let number = json.number { return .points(number) }
      guard json.members != nil else { return nil }
      return try BandOptions(json, path).band.map { .band($0) } ?? .band(1)
    }
  }
}
