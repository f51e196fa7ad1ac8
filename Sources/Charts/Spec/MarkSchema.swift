/// The properties of marks.
enum MarkSchema {
  private static let size = Schema.either([.number, .object(.init(known: ["band": .number]))])
  private static let weight = Schema.either([.number, .word(["normal", "bold", "bolder", "lighter"])])

  static let properties = Schema.Fields(
    known: [
      "color": SpecSchema.orNull(.color), "fill": SpecSchema.orNull(.color), "stroke": SpecSchema.orNull(.color),
      "filled": .boolean, "opacity": .number, "fillOpacity": .number, "strokeOpacity": .number,
      "strokeWidth": .number, "strokeDash": SpecSchema.numbers, "strokeCap": .word(["butt", "round", "square"]),
      "strokeJoin": .word(["miter", "round", "bevel"]), "orient": .word(["vertical", "horizontal"]),
      "interpolate": .word(Interpolation.allCases.map(\.rawValue)), "size": .number, "shape": .word(SymbolShape.names),
      "width": size, "height": size, "thickness": .number, "cornerRadius": .number, "binSpacing": .number,
      "continuousBandSize": .number, "discreteBandSize": .number, "align": .word(["left", "center", "right"]),
      "baseline": .word(["top", "middle", "bottom", "alphabetic", "line-top", "line-bottom"]), "dx": .number,
      "dy": .number,
      "xOffset": .number, "yOffset": .number, "angle": .number, "font": .string, "fontSize": .number,
      "fontWeight": weight,
      "fontStyle": .word(["normal", "italic"]), "text": .string, "tooltip": .any, "clip": .boolean,
      "invalid": .any, "aria": .boolean, "description": .string, "style": .any,
    ],
    elsewhere: [
      "radius": "there are no arcs", "theta": "there are no arcs", "href": "link from the report's text",
      "cursor": "a page has no pointer", "tension": "use interpolate monotone", "blend": "use opacity",
      "limit": "cut the text with truncate(…) in a calculate", "lineBreak": "write a text layer for each line",
    ])

  static let mark = Schema.either([
    .string,
    .object(
      properties.adding([
        "type": .string, "point": .either([.boolean, .word(["transparent"]), .object(properties)]),
        "line": .either([.boolean, .object(properties)]),
      ])),
  ])
}
