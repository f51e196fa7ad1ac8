/// The properties of views.
enum SpecSchema {
  static let text = Schema.either([.string, .array(.string)])
  static func orNull(_ schema: Schema) -> Schema { .either([schema, .null]) }
  static let numbers = Schema.array(.number)

  /// The schema of a view, by what it holds.
  static func view(_ json: JSON) -> Schema {
    .object(
      json["hconcat"] != nil || json["vconcat"] != nil || json["concat"] != nil
        ? concat : json["facet"] != nil ? facet : unit)
  }

  static let step = Schema.object(.init(known: ["step": .number, "for": .word(["position", "offset"])]))
  static let length = Schema.either([.number, .word(["container"]), step])

  private static let everywhere: [String: Schema] = [
    "$schema": .string, "name": .string, "description": .string, "title": title, "data": data,
    "transform": .array(transform), "config": config, "background": orNull(.color), "padding": .number,
    "autosize": .any, "usermeta": .any,
    "resolve": .object(
      .init(known: ["scale": resolution, "axis": resolution, "legend": resolution])),
  ]

  private static let elsewhere = [
    "params": "a page has no selections; filter in the query", "selection": "a page has no selections",
    "datasets": "use data.values, or a query's name", "projection": "there are no maps",
    "repeat": "write the views out in hconcat or vconcat, or fold and facet",
  ]

  private static let resolution = Schema.object(
    .init(
      known: Dictionary(
        uniqueKeysWithValues: Channel.allCases.map { ($0.rawValue, Schema.word(["shared", "independent"])) })))

  static let unit = Schema.Fields(
    known: everywhere.merging([
      "mark": MarkSchema.mark, "encoding": ChannelSchema.encoding, "layer": .array(.view), "width": length,
      "height": length, "view": viewBackground,
    ]) { $1 }, elsewhere: elsewhere)

  static let concat = Schema.Fields(
    known: everywhere.merging([
      "hconcat": .array(.view), "vconcat": .array(.view), "concat": .array(.view), "columns": .number,
      "spacing": spacing, "align": .any, "bounds": .any, "center": .any,
    ]) { $1 }, elsewhere: elsewhere)

  static let facet = Schema.Fields(
    known: everywhere.merging([
      "facet": .either([.object(ChannelSchema.facetOrGrid)]), "spec": .view, "columns": .number, "spacing": spacing,
      "align": .any, "bounds": .any, "center": .any,
    ]) { $1 }, elsewhere: elsewhere)

  private static let spacing = Schema.either([.number, .object(.init(known: ["row": .number, "column": .number]))])

  static let viewBackground = Schema.object(
    .init(known: [
      "fill": orNull(.color), "stroke": orNull(.color), "strokeWidth": .number, "cornerRadius": .number,
      "opacity": .number,
    ]))

  static let data = Schema.either([
    .object(
      .init(
        known: ["name": .string, "values": .array(.any), "format": .any],
        elsewhere: [
          "url": "a figure reads nothing from disk or network; use a query's name",
          "sequence": "write data.values, or a query", "sphere": "there are no maps", "graticule": "there are no maps",
        ])),
    .null,
  ])

  static let title = Schema.either([
    text, .null,
    .object(
      .init(known: [
        "text": text, "subtitle": text, "anchor": .word(["start", "middle", "end"]), "align": .string,
        "offset": .number,
        "fontSize": .number, "fontWeight": .either([.number, .string]), "fontStyle": .string, "color": orNull(.color),
        "subtitleFontSize": .number, "subtitleFontWeight": .either([.number, .string]), "subtitleColor": orNull(.color),
        "subtitlePadding": .number, "frame": .string, "orient": .word(["top"]),
      ])),
  ])

  static let transform = TransformSchema.transform

  /// Defaults by block: marks, guides, ranges.
  static let config: Schema = {
    var blocks: [String: Schema] = [
      "background": orNull(.color), "font": orNull(.string), "padding": .number, "view": configView,
      "title": .object(
        .init(known: [
          "anchor": .string, "offset": .number, "fontSize": .number, "fontWeight": .either([.number, .string]),
          "color": .color, "subtitleFontSize": .number, "subtitleColor": .color, "subtitlePadding": .number,
          "subtitleFontWeight": .either([.number, .string]),
        ])),
      "legend": .object(GuideSchema.legend.adding(["disable": .boolean])), "header": .object(GuideSchema.header),
      "headerRow": .object(GuideSchema.header), "mark": .object(MarkSchema.properties),
      "facet": .object(.init(known: ["spacing": .number])), "concat": .object(.init(known: ["spacing": .number])),
      "scale": .object(
        .init(
          known: Dictionary(
            uniqueKeysWithValues: (Config.vegaJSON["scale"]?.members ?? []).map { ($0.name, Schema.number) }))),
      "range": .object(
        .init(
          known: Dictionary(
            uniqueKeysWithValues: ["category", "ordinal", "ramp", "heatmap", "diverging"].map { ($0, Schema.any) }))),
    ]
    for mark in MarkType.allCases { blocks[mark.rawValue] = .object(MarkSchema.properties) }
    for side in ["", "X", "Y", "Left", "Right", "Top", "Bottom"] {
      for kind in ["", "Band", "Point", "Discrete", "Quantitative", "Temporal"]
      where ["", "X", "Y"].contains(side) || kind.isEmpty {
        blocks["axis\(side)\(kind)"] = .object(GuideSchema.axis)
      }
    }
    return .object(
      .init(known: blocks, elsewhere: ["params": "a page has no selections", "style": "use the marks' own blocks"]))
  }()

  private static let configView = Schema.object(
    .init(known: [
      "continuousWidth": .number, "continuousHeight": .number, "step": .number, "stroke": orNull(.color),
      "fill": orNull(.color), "strokeWidth": .number, "discreteWidth": .either([.number, step]),
      "discreteHeight": .either([.number, step]),
    ]))
}
