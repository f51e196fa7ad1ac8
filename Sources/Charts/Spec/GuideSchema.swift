/// The properties of axes, legends and headers.
enum GuideSchema {
  private static let weight = Schema.either([.number, .word(["normal", "bold", "bolder", "lighter"])])
  private static let overlap = Schema.either([.boolean, .word(["parity", "greedy"])])
  private static let tickCount = Schema.either([
    .number, .string, .object(.init(known: ["interval": .string, "step": .number])),
  ])

  /// A value that may hang on a condition of the label.
  private static func conditional(_ schema: Schema) -> Schema {
    let clause = Schema.object(.init(known: ["test": .any, "value": schema]))
    return .either([schema, .object(.init(known: ["condition": .either([clause, .array(clause)]), "value": schema]))])
  }

  static let axis = Schema.Fields(
    known: [
      "orient": .word(["left", "right", "top", "bottom"]), "title": SpecSchema.orNull(SpecSchema.text),
      "titleAnchor": .string,
      "titleAlign": .string, "titleAngle": .number, "titleBaseline": .string, "titleColor": .color,
      "titleFontSize": .number,
      "titleFontWeight": weight, "titlePadding": .number, "titleX": .number, "titleY": .number, "domain": .boolean,
      "domainColor": .color, "domainWidth": .number, "domainDash": SpecSchema.numbers, "grid": .boolean,
      "gridColor": .color, "gridWidth": .number, "gridDash": SpecSchema.numbers, "gridOpacity": .number,
      "labels": .boolean, "labelAlign": .word(["left", "center", "right"]), "labelAngle": .number,
      "labelBaseline": .string,
      "labelColor": conditional(.color), "labelExpr": .string, "labelFlush": .either([.boolean, .number]),
      "labelFontSize": conditional(.number), "labelFontStyle": .string, "labelFontWeight": conditional(weight),
      "labelLimit": .number, "labelOffset": .number, "labelOpacity": conditional(.number), "labelOverlap": overlap,
      "labelPadding": .number, "labelSeparation": .number, "ticks": .boolean, "tickColor": .color, "tickSize": .number,
      "tickWidth": .number, "tickOffset": .number, "tickCount": tickCount, "tickMinStep": .number,
      "tickBand": .word(["center", "extent"]), "values": .array(.any), "format": .numberFormat,
      "formatType": .word(["number", "time"]), "offset": .number, "bandPosition": .number, "zindex": .number,
      "translate": .number, "maxExtent": .number, "minExtent": .number, "tickExtra": .boolean, "tickRound": .boolean,
      "labelBound": .any,
    ],
    elsewhere: [
      "position": "use offset", "gridCap": "grid lines have butt ends", "aria": "the figure is described as a whole",
      "titleFont": "one face in a report", "labelFont": "one face in a report", "encode": "use the properties by name",
    ])

  static let legend = Schema.Fields(
    known: [
      "title": SpecSchema.orNull(SpecSchema.text), "titleColor": .color, "titleFontSize": .number,
      "titleFontWeight": weight,
      "titleLimit": .number, "titlePadding": .number,
      "orient": .word([
        "right", "left", "top", "bottom", "top-left", "top-right", "bottom-left", "bottom-right", "none",
      ]),
      "direction": .word(["vertical", "horizontal"]), "offset": .number, "padding": .number, "columns": .number,
      "columnPadding": .number, "rowPadding": .number, "labelColor": conditional(.color), "labelExpr": .string,
      "labelFontSize": .number, "labelFontWeight": conditional(weight), "labelLimit": .number, "labelOffset": .number,
      "symbolSize": .number, "symbolType": .word(SymbolShape.names), "symbolStrokeWidth": .number,
      "gradientLength": .number, "gradientThickness": .number, "values": .array(.any), "format": .numberFormat,
      "formatType": .word(["number", "time"]), "tickCount": tickCount, "legendX": .number, "legendY": .number,
      "type": .word(["symbol", "gradient"]), "gradientLabelOffset": .number,
    ],
    elsewhere: [
      "fillColor": "a legend has no box", "strokeColor": "a legend has no box", "zindex": "a legend overlaps nothing",
    ])

  static let header = Schema.Fields(
    known: [
      "title": SpecSchema.orNull(SpecSchema.text), "titleAnchor": .string, "titleColor": .color,
      "titleFontSize": .number,
      "titleFontWeight": weight, "titlePadding": .number, "labels": .boolean, "labelAnchor": .string,
      "labelAlign": .string,
      "labelAngle": .number, "labelColor": .color, "labelExpr": .string, "labelFontSize": .number,
      "labelFontWeight": weight, "labelOrient": .word(["top", "bottom", "left", "right"]), "labelPadding": .number,
      "format": .numberFormat, "formatType": .word(["number", "time"]),
    ],
    elsewhere: ["orient": "use labelOrient", "titleOrient": "titles stand above and at the left"])
}
