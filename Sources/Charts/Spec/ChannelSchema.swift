/// The properties of encodings.
enum ChannelSchema {
  static let encoding: Schema = {
    var channels: [String: Schema] = [:]
    for channel in Channel.allCases { channels[channel.rawValue] = schema(channel) }
    let maps = "there are no maps"
    let arcs = "there are no arcs; use a bar"
    return .object(
      .init(
        known: channels,
        elsewhere: [
          "theta": arcs, "theta2": arcs, "radius": arcs, "radius2": arcs, "latitude": maps, "longitude": maps,
          "latitude2": maps, "longitude2": maps, "xError": "compute x and x2 in the query",
          "yError": "compute y and y2 in the query",
          "xError2": "compute x and x2 in the query", "yError2": "compute y and y2 in the query",
          "href": "link from the report's text", "url": "there are no image marks", "key": "nothing moves on a page",
          "angle": "set angle on the mark", "time": "nothing moves on a page",
          "description": "the figure's description is made from its data",
        ]))
  }()

  private static let timeUnit = Schema.either([
    .string, .object(.init(known: ["unit": .string, "step": .number, "utc": .boolean])),
  ])

  private static let bin = Schema.either([
    .boolean, .null, .word(["binned"]),
    .object(
      .init(known: [
        "maxbins": .number, "step": .number, "minstep": .number, "base": .number, "nice": .boolean,
        "extent": SpecSchema.numbers, "binned": .boolean,
      ])),
  ])

  private static let field: [String: Schema] = [
    "field": .string, "type": .string, "aggregate": .string, "bin": bin, "timeUnit": timeUnit,
    "title": SpecSchema.orNull(SpecSchema.text), "bandPosition": .number,
  ]

  private static let sort = Schema.either([
    .string, .null, .array(.any),
    .object(
      .init(known: [
        "field": .string, "op": .string, "order": .word(["ascending", "descending"]), "encoding": .string,
      ])),
  ])

  private static func schema(_ channel: Channel) -> Schema {
    if channel.isFacet { return SpecSchema.orNull(.object(facetField)) }
    var known = field
    known["value"] = .any
    known["datum"] = .any
    switch channel {
    case .x, .y:
      known["axis"] = SpecSchema.orNull(.object(GuideSchema.axis))
      known["scale"] = SpecSchema.orNull(.object(ScaleSchema.scale))
      known["sort"] = sort
      known["stack"] = SpecSchema.orNull(.either([.boolean, .word(Stack.Offset.allCases.map(\.rawValue))]))
    case .x2, .y2: break
    case .xOffset, .yOffset:
      known["scale"] = SpecSchema.orNull(.object(ScaleSchema.scale))
      known["sort"] = sort
    case .text, .tooltip:
      known["format"] = .numberFormat
      known["formatType"] = .word(["number", "time"])
    case .order, .detail: known["sort"] = .word(["ascending", "descending"])
    default:
      known["scale"] = SpecSchema.orNull(.object(ScaleSchema.scale))
      known["legend"] = SpecSchema.orNull(.object(GuideSchema.legend))
      known["sort"] = sort
    }
    var elsewhere = ["impute": "fill gaps in the query"]
    if channel == .text || channel == .tooltip { elsewhere["scale"] = "text has no scale" }
    var fields = Schema.Fields(known: known, elsewhere: elsewhere)
    let clause = Schema.object(
      fields.adding(["test": .any]).excluding("param", "a page has no selections; use \"test\""))
    fields.known["condition"] = .either([clause, .array(clause)])
    let definition = Schema.object(fields)
    let isList = channel == .detail || channel == .order || channel == .tooltip
    return SpecSchema.orNull(isList ? .either([definition, .array(definition)]) : definition)
  }

  private static let facetAlone = Schema.Fields(
    known: field.merging(["header": SpecSchema.orNull(.object(GuideSchema.header)), "sort": sort]) { $1 },
    elsewhere: ["columns": "write columns beside facet", "spacing": "write spacing beside facet"])

  static let facetField = facetAlone.adding([
    "columns": .number, "spacing": .any, "align": .any, "center": .any, "bounds": .any,
  ])

  static let facetOrGrid = facetAlone.adding(["row": .object(facetAlone), "column": .object(facetAlone)])
}

extension Schema.Fields {
  func excluding(_ name: String, _ reason: String) -> Schema.Fields {
    var copy = self
    copy.known[name] = nil
    copy.elsewhere[name] = reason
    return copy
  }
}

/// The properties of scales.
enum ScaleSchema {
  private static let bound = Schema.either([.number, .string, .object(dateTime)])
  private static let dateTime = Schema.Fields(
    known: [
      "year": .number, "quarter": .number, "month": .either([.number, .string]), "date": .number, "hours": .number,
      "minutes": .number, "seconds": .number, "milliseconds": .number, "utc": .boolean,
    ])

  static let scale = Schema.Fields(
    known: [
      "type": .string, "domain": .array(.any), "domainMin": bound, "domainMax": bound, "domainMid": .number,
      "range": .either([.array(.any), .string, .object(.init(known: ["step": .number]))]), "rangeMin": .number,
      "rangeMax": .number,
      "scheme": .either([.string, .object(.init(known: ["name": .string, "count": .number]))]),
      "nice": .either([
        .boolean, .number, .string, .object(.init(known: ["interval": .string, "step": .number])),
      ]),
      "zero": .boolean, "reverse": .boolean, "padding": .number, "paddingInner": .number, "paddingOuter": .number,
      "align": .number, "round": .boolean, "clamp": .boolean, "base": .number, "exponent": .number, "constant": .number,
    ],
    elsewhere: [
      "interpolate": "colours are joined in sRGB", "bins": "use bin on the encoding", "domainRaw": "use domain",
    ])
}
