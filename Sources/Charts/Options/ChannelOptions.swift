/// The properties of an encoding.
struct ChannelOptions: Options {
  var field: String?
  var type: FieldType?
  var aggregate: AggregateOperation?
  var bin: BinOptions.Given?
  var timeUnit: TimeUnit?
  var title: Nullable<TitleText>?
  var bandPosition: Double?
  var value: Constant?
  var datum: Constant?
  var axis: Nullable<AxisOptions>?
  var scale: Nullable<ScaleOptions>?
  var legend: Nullable<LegendOptions>?
  var header: Nullable<HeaderOptions>?
  var sort: SortOptions?
  var stack: Nullable<Stacking>?
  var format: String?
  var formatType: FormatType?
  var condition: [Clause]?
  /// Only for a facet.
  var columns: Double?
  var spacing: Spacing?
  var row: Nullable<ChannelOptions.Box>?
  var column: Nullable<ChannelOptions.Box>?

  /// Options within options.
  indirect enum Box: Equatable, Sendable {
    case options(ChannelOptions)

    var options: ChannelOptions {
      switch self {
      case .options(let options): options
      }
    }
  }

  struct Clause: Equatable, Sendable {
    var test: Expression
    var options: Box
  }

  enum Stacking: Equatable, Sendable {
    case flag(Bool)
    case offset(Stack.Offset)
  }

  static var fields: [Field<Self>] { fieldsOfData }
}

extension ChannelOptions {
  private static let fieldsOfData: [Field<Self>] = [
    Field("field", \.field, .string), Field("type", \.type, .fieldType),
    Field("aggregate", \.aggregate, .aggregate),
    Field("bin", \.bin, .bin), Field("timeUnit", \.timeUnit, .timeUnit),
    Field("title", \.title, .orNull(.title)),
    Field("bandPosition", \.bandPosition, .number),
  ]

  private static let constants: [Field<Self>] = [
    Field("value", \.value, .constant), Field("datum", \.datum, .constant),
  ]
  private static let scale = Field("scale", nested: \ChannelOptions.scale)
  private static let sort = Field("sort", \ChannelOptions.sort, .sort)
  private static let formats: [Field<Self>] = [
    Field("format", \.format, .format), Field("formatType", \.formatType, .word()),
  ]
  private static let facetAlone: [Field<Self>] =
    fieldsOfData + [Field("header", nested: \.header), sort]

  static let facet: [Field<Self>] =
    facetAlone + [
      Field("columns", \.columns, .number), Field("spacing", \.spacing, .spacing),
    ]
  static let facetOrGrid: [Field<Self>] =
    facetAlone + [
      Field("row", \.row, .orNull(box(facetAlone))),
      Field("column", \.column, .orNull(box(facetAlone))),
    ]
  static let facetElsewhere = [
    "columns": "write columns beside facet", "spacing": "write spacing beside facet",
  ]

  private static func box(_ fields: [Field<Self>]) -> Reader<Box> {
    Reader("an object") { json, path throws(FigureError) in
      if json.members == nil { return nil }
      return .options(try ChannelOptions(json, path, fields, facetElsewhere))
    }
  }

  /// The properties that a channel may have.
  static func fields(_ channel: Channel) -> [Field<Self>] {
    switch channel {
    case .row, .column, .facet: facet
    case .x, .y:
      fieldsOfData + constants + [
        Field("axis", nested: \.axis), scale, sort, Field("stack", \.stack, .orNull(.stacking)),
      ]
    case .x2, .y2, .detail: fieldsOfData + constants
    case .xOffset, .yOffset: fieldsOfData + constants + [scale, sort]
    case .text, .tooltip: fieldsOfData + constants + formats
    case .order: fieldsOfData + constants + [Field("sort", \.sort, .order)]
    default: fieldsOfData + constants + [scale, Field("legend", nested: \.legend), sort]
    }
  }

  static func elsewhere(_ channel: Channel) -> [String: String] {
    if channel.isFacet { return [:] }
    var elsewhere = ["impute": "fill gaps in the query"]
    if channel == .text || channel == .tooltip { elsewhere["scale"] = "text has no scale" }
    return elsewhere
  }

  init(_ json: JSON, _ channel: Channel, _ path: String) throws(FigureError) {
    let fields = Self.fields(channel)
    let elsewhere = Self.elsewhere(channel)
    if channel.isFacet {
      self = try ChannelOptions(json, path, fields, elsewhere)
      return
    }
    let condition = Field<Self>("condition", \.condition, Self.clauses(fields, elsewhere))
    self = try ChannelOptions(json, path, fields + [condition], elsewhere)
  }

  /// The result of a test: one clause or several.
  private static func clauses(_ fields: [Field<Self>], _ elsewhere: [String: String]) -> Reader<
    [Clause]
  > {
    let elsewhere = elsewhere.merging(["param": "a page has no selections; use \"test\""]) { $1 }
    let test = Field<Self>(unused: "test", .any)
    return Reader("an object or a list of objects") { json, path throws(FigureError) in
      guard json.members != nil || json.array != nil else { return nil }
      let list = json.array ?? [json]
      var clauses: [Clause] = []
      for (index, item) in list.enumerated() {
        let place = list.count > 1 ? "\(path)[\(index)]" : path
        let options = try ChannelOptions(item, place, fields + [test], elsewhere)
        guard let test = item["test"] else {
          throw FigureError(
            place, "only conditions with a \"test\" are supported (a page has no selections)")
        }
        clauses.append(
          Clause(
            test: try Reader<Expression>.predicate.value(test, "\(place).test"),
            options: .options(options)))
      }
      return clauses
    }
  }
}

/// The encodings of a view, in order; `detail`, `order` and `tooltip` may have several.
struct EncodingOptions: Equatable, Sendable {
  var channels: [(channel: Channel, definitions: [ChannelOptions])] = []

  subscript(channel: Channel) -> ChannelOptions? {
    channels.first { $0.channel == channel }?.definitions.first
  }

  static func == (left: EncodingOptions, right: EncodingOptions) -> Bool {
    left.channels.count == right.channels.count
      && zip(left.channels, right.channels).allSatisfy {
        $0.channel == $1.channel && $0.definitions == $1.definitions
      }
  }

  init() {}

  init(_ json: JSON, _ path: String) throws(FigureError) {
    for member in json.members ?? [] {
      let place = "\(path).\(member.name)"
      guard let channel = Channel(rawValue: member.name) else {
        throw FigureError(
          place, unknown: member.name, among: Channel.allCases.map(\.rawValue),
          elsewhere: Self.elsewhere)
      }
      if member.value == .null {
        channels.append((channel, []))
        continue
      }
      let isList = channel == .detail || channel == .order || channel == .tooltip
      var definitions: [ChannelOptions] = []
      if isList, let items = member.value.array {
        for (index, item) in items.enumerated() {
          definitions.append(try ChannelOptions(item, channel, "\(place)[\(index)]"))
        }
      } else {
        definitions.append(try ChannelOptions(member.value, channel, place))
      }
      channels.append((channel, definitions))
    }
  }

  /// A layer's own channels override those of the view around it, property by property.
  func overlaid(_ other: EncodingOptions) -> EncodingOptions {
    var copy = self
    for (channel, definitions) in other.channels {
      guard let index = copy.channels.firstIndex(where: { $0.channel == channel }) else {
        copy.channels.append((channel, definitions))
        continue
      }
      if let mine = copy.channels[index].definitions.first, let theirs = definitions.first,
        copy.channels[index].definitions.count == 1, definitions.count == 1
      {
        copy.channels[index].definitions = [mine.overlaid(theirs, on: channel)]
      } else {
        copy.channels[index].definitions = definitions
      }
    }
    return copy
  }

  mutating func set(_ channel: Channel, _ change: (inout ChannelOptions) -> Void) {
    guard let index = channels.firstIndex(where: { $0.channel == channel }),
      !channels[index].definitions.isEmpty
    else { return }
    change(&channels[index].definitions[0])
  }

  private static let elsewhere: [String: String] = {
    let maps = "there are no maps"
    let arcs = "there are no arcs; use a bar"
    return [
      "theta": arcs, "theta2": arcs, "radius": arcs, "radius2": arcs, "latitude": maps,
      "longitude": maps,
      "latitude2": maps, "longitude2": maps, "xError": "compute x and x2 in the query",
      "yError": "compute y and y2 in the query", "xError2": "compute x and x2 in the query",
      "yError2": "compute y and y2 in the query", "href": "link from the report's text",
      "url": "there are no image marks", "key": "nothing moves on a page",
      "angle": "set angle on the mark",
      "time": "nothing moves on a page",
      "description": "the figure's description is made from its data",
    ]
  }()
}

extension ChannelOptions {
  func overlaid(_ other: ChannelOptions, on channel: Channel) -> ChannelOptions {
    var copy = self
    for field in Self.fields(channel) { field.overlay(&copy, other) }
    if let condition = other.condition { copy.condition = condition }
    return copy
  }
}
