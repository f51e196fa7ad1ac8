/// Defaults for what a spec leaves open in marks, guides and scales, with the blocks of Vega-Lite's `config`.
struct ConfigOptions: Equatable, Sendable {
  var background: Nullable<Ink>?
  var font: Nullable<String>?
  var padding: Double?
  var view = ViewConfig()
  var title = TitleOptions()
  var legend = LegendOptions()
  var header = HeaderOptions()
  var headerRow = HeaderOptions()
  /// For all marks.
  var mark = MarkOptions()
  var marks: [MarkType: MarkOptions] = [:]
  /// By name: `axis`, `axisY`, `axisYDiscrete`.
  var axes: [String: AxisOptions] = [:]
  var facetSpacing: Double?
  var concatSpacing: Double?
  var scale = ScaleConfig()
  var ranges: [RangeName: RangeConfig] = [:]

  static let blocks = [
    "background", "font", "padding", "view", "title", "legend", "header", "headerRow", "mark",
    "facet", "concat",
    "scale", "range",
  ]

  static let axisBlocks: [String] = ["", "X", "Y", "Left", "Right", "Top", "Bottom"].flatMap {
    side in
    ["", "Band", "Point", "Discrete", "Quantitative", "Temporal"]
      .filter { ["", "X", "Y"].contains(side) || $0.isEmpty }.map { "axis\(side)\($0)" }
  }

  /// `other` overrides this, block by block.
  func overlaid(_ other: ConfigOptions?) -> ConfigOptions {
    guard let other else { return self }
    var copy = self
    if let background = other.background { copy.background = background }
    if let font = other.font { copy.font = font }
    copy.padding = other.padding ?? padding
    copy.view = view.overlaid(other.view)
    copy.title = title.overlaid(other.title)
    copy.legend = legend.overlaid(other.legend)
    copy.header = header.overlaid(other.header)
    copy.headerRow = headerRow.overlaid(other.headerRow)
    copy.mark = mark.overlaid(other.mark)
    copy.marks.merge(other.marks) { $0.overlaid($1) }
    copy.axes.merge(other.axes) { $0.overlaid($1) }
    copy.facetSpacing = other.facetSpacing ?? facetSpacing
    copy.concatSpacing = other.concatSpacing ?? concatSpacing
    copy.scale = scale.overlaid(other.scale)
    copy.ranges.merge(other.ranges) { $1 }
    return copy
  }
}

/// The sizes and background of plots.
struct ViewConfig: Options {
  var continuousWidth: Double?
  var continuousHeight: Double?
  var step: Double?
  var stroke: Nullable<Ink>?
  var fill: Nullable<Ink>?
  var strokeWidth: Double?
  var discreteWidth: Length?
  var discreteHeight: Length?

  static let fields: [Field<Self>] = [
    Field("continuousWidth", \.continuousWidth, .number),
    Field("continuousHeight", \.continuousHeight, .number),
    Field("step", \.step, .number), Field("stroke", \.stroke, .orNull(.color)),
    Field("fill", \.fill, .orNull(.color)),
    Field("strokeWidth", \.strokeWidth, .number), Field("discreteWidth", \.discreteWidth, .length),
    Field("discreteHeight", \.discreteHeight, .length),
  ]
}

/// The default paddings and sizes of scales.
struct ScaleConfig: Options {
  var bandPaddingInner: Double?
  var rectBandPaddingInner: Double?
  var tickBandPaddingInner: Double?
  var pointPadding: Double?
  var offsetBandPaddingInner: Double?
  var offsetBandPaddingOuter: Double?
  var bandWithNestedOffsetPaddingInner: Double?
  var bandWithNestedOffsetPaddingOuter: Double?
  var minOpacity: Double?
  var maxOpacity: Double?
  var minSize: Double?
  var minStrokeWidth: Double?
  var maxStrokeWidth: Double?
  var minFontSize: Double?
  var maxFontSize: Double?
  /// Only in our look: between rows.
  var bandPaddingInnerY: Double?

  static let fields: [Field<Self>] = [
    Field("bandPaddingInner", \.bandPaddingInner, .number),
    Field("rectBandPaddingInner", \.rectBandPaddingInner, .number),
    Field("tickBandPaddingInner", \.tickBandPaddingInner, .number),
    Field("pointPadding", \.pointPadding, .number),
    Field("offsetBandPaddingInner", \.offsetBandPaddingInner, .number),
    Field("offsetBandPaddingOuter", \.offsetBandPaddingOuter, .number),
    Field("bandWithNestedOffsetPaddingInner", \.bandWithNestedOffsetPaddingInner, .number),
    Field("bandWithNestedOffsetPaddingOuter", \.bandWithNestedOffsetPaddingOuter, .number),
    Field("minOpacity", \.minOpacity, .number), Field("maxOpacity", \.maxOpacity, .number),
    Field("minSize", \.minSize, .number), Field("minStrokeWidth", \.minStrokeWidth, .number),
    Field("maxStrokeWidth", \.maxStrokeWidth, .number),
    Field("minFontSize", \.minFontSize, .number),
    Field("maxFontSize", \.maxFontSize, .number),
  ]
  static let configFields: [Field<Self>] = [
    Field("bandPaddingInnerY", \.bandPaddingInnerY, .number)
  ]
}

/// The kind of data that a range of colours is for.
enum RangeName: String, CaseIterable { case category, ordinal, ramp, heatmap, diverging }

/// The colours of a range: a scheme's, or a list.
enum RangeConfig: Equatable, Sendable {
  case scheme(String?)
  case colors([Ink])
}

private struct RangeOptions: Options {
  var scheme: String?
  static let fields: [Field<Self>] = [Field("scheme", \.scheme, .string)]
}

private struct GapOptions: Options {
  var spacing: Double?
  static let fields: [Field<Self>] = [Field("spacing", \.spacing, .number)]
}

extension Reader<ConfigOptions> {
  static var config: Reader {
    Reader("an object") { json, path throws(FigureError) in
      guard let members = json.members else { return nil }
      var config = ConfigOptions()
      for member in members { try read(member, "\(path).\(member.name)", into: &config) }
      return config
    }
  }

  private static func read(
    _ member: JSON.Member, _ path: String, into config: inout ConfigOptions
  ) throws(FigureError) {
    let json = member.value
    if let type = MarkType(rawValue: member.name) {
      config.marks[type] = try MarkOptions(json, path)
      return
    }
    if ConfigOptions.axisBlocks.contains(member.name) {
      config.axes[member.name] = try AxisOptions(json, path)
      return
    }
    switch member.name {
    case "background": config.background = try Reader<Nullable<Ink>>.orNull(.color).value(json, path)
    case "font": config.font = try Reader<Nullable<String>>.orNull(.string).value(json, path)
    case "padding": config.padding = try Reader<Double>.number.value(json, path)
    case "view": config.view = try ViewConfig(json, path)
    case "title": config.title = try TitleOptions(json, path)
    case "legend":
      let fields = LegendOptions.fields + LegendOptions.configFields
      config.legend = try LegendOptions(json, path, fields, LegendOptions.elsewhere)
    case "header": config.header = try HeaderOptions(json, path)
    case "headerRow": config.headerRow = try HeaderOptions(json, path)
    case "mark": config.mark = try MarkOptions(json, path)
    case "facet": config.facetSpacing = try GapOptions(json, path).spacing
    case "concat": config.concatSpacing = try GapOptions(json, path).spacing
    case "scale": config.scale = try ScaleConfig(json, path)
    case "range":
      guard let ranges = json.members else { throw FigureError(path, "expected an object") }
      for range in ranges {
        let place = "\(path).\(range.name)"
        guard let name = RangeName(rawValue: range.name) else {
          throw FigureError(place, unknown: range.name, among: RangeName.allCases.map(\.rawValue))
        }
        config.ranges[name] =
          range.value.array == nil
          ? .scheme(try RangeOptions(range.value, place).scheme)
          : .colors(try Reader<[Ink]>.list(.color).value(range.value, place))
      }
    default:
      throw FigureError(
        path, unknown: member.name,
        among: ConfigOptions.blocks + ConfigOptions.axisBlocks + MarkType.allCases.map(\.rawValue),
        elsewhere: ["params": "a page has no selections", "style": "use the marks' own blocks"])
    }
  }
}
