/// The properties of a view: a plot, layers on one plot, plots side by side, or a plot for each part of the data.
struct ViewOptions: Options {
  var description: String?
  var title: Nullable<TitleOptions.Given>?
  var data: Nullable<DataOptions>?
  var transform: [Transform]?
  var resolve: Resolution?
  var background: Nullable<Ink>?
  var padding: Double?
  var config: ConfigOptions?
  // For a single plot.
  var mark: MarkGiven?
  var encoding: EncodingOptions?
  var layer: [ViewOptions]?
  var width: Length?
  var height: Length?
  var view: BackgroundOptions?
  // For several views.
  var hconcat: [ViewOptions]?
  var vconcat: [ViewOptions]?
  var concat: [ViewOptions]?
  var facet: ChannelOptions?
  var spec: [ViewOptions]?
  var columns: Double?
  var spacing: Spacing?

  private static let everywhere: [Field<Self>] = [
    Field(unused: "$schema", .string), Field(unused: "name", .string),
    Field("description", \.description, .string),
    Field("title", \.title, .orNull(.titleOptions)),
    Field("data", \.data, .orNull(.options())),
    Field("transform", \.transform, .list(.transform)), Field("config", \.config, .config),
    Field("background", \.background, .orNull(.color)), Field("padding", \.padding, .number),
    Field(unused: "usermeta", .any), Field("resolve", \.resolve, .resolution),
  ]
  private static let unit: [Field<Self>] =
    everywhere + [
      Field("mark", \.mark, .mark), Field("encoding", \.encoding, .encoding),
      Field("layer", \.layer, .list(.view)),
      Field("width", \.width, .length), Field("height", \.height, .length),
      Field("view", \.view, .options()),
    ]
  private static let grid: [Field<Self>] =
    everywhere + [
      Field("columns", \.columns, .number), Field("spacing", \.spacing, .spacing),
    ]
  private static let concats: [Field<Self>] =
    grid + [
      Field("hconcat", \.hconcat, .list(.view)), Field("vconcat", \.vconcat, .list(.view)),
      Field("concat", \.concat, .list(.view)),
    ]
  private static let facets: [Field<Self>] =
    grid + [
      Field("facet", \.facet, .facet),
      Field(
        "spec", \.spec,
        Reader("an object") { json, path throws(FigureError) in
          json.members == nil ? nil : [try ViewOptions(view: json, path)]
        }),
    ]

  static let fields: [Field<Self>] = unit

  static let elsewhere = [
    "params": "a page has no selections; filter in the query",
    "selection": "a page has no selections",
    "datasets": "use data.values, or a query's name", "projection": "there are no maps",
    "repeat": "write the views out in hconcat or vconcat, or fold and facet",
    "autosize": "a figure is as wide as its page makes it",
    "align": "plots line up by their corners",
    "bounds": "plots line up by their corners", "center": "plots line up by their corners",
  ]
}

extension ViewOptions {
  /// The properties that a view may have depend on its kind.
  init(view json: JSON, _ path: String) throws(FigureError) {
    let isConcat = ["hconcat", "vconcat", "concat"].contains { json[$0] != nil }
    let fields = isConcat ? Self.concats : json["facet"] != nil ? Self.facets : Self.unit
    self = try ViewOptions(json, path, fields, Self.elsewhere)
  }
}

extension Reader<ViewOptions> {
  static var view: Reader {
    Reader("an object") { json, path throws(FigureError) in
      json.members == nil ? nil : try ViewOptions(view: json, path)
    }
  }
}

extension Reader<EncodingOptions> {
  static var encoding: Reader {
    Reader("an object") { json, path throws(FigureError) in
      json.members == nil ? nil : try EncodingOptions(json, path)
    }
  }
}

extension Reader<ChannelOptions> {
  static var facet: Reader {
    Reader("an object") { json, path throws(FigureError) in
      guard json.members != nil else { return nil }
      return try ChannelOptions(
        json, path, ChannelOptions.facetOrGrid, ChannelOptions.facetElsewhere)
    }
  }
}
