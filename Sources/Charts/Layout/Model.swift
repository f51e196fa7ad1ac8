import Base
import Domain

/// A spec with its data: plots in grids, their computed units, and the scales that they share.
struct Model {
  indirect enum View {
    case plot(Plot)
    case grid(Grid)
  }

  struct Plot {
    var spec: PlotSpec
    var units: [Unit]
    /// The scale of each unit's channels, by the keys of `Model.sources`.
    var keys: [[Channel: String]]
  }

  struct Grid {
    enum Kind: Equatable { case concat, facet }

    struct Cell {
      var row: Int
      var column: Int
      var view: View
      /// Above the cell: a facet's value.
      var columnLabel: String?
      /// Beside the cell: a facet's value.
      var rowLabel: String?
      /// The facet's value, or values.
      var name = ""
      /// Sides whose axis is drawn by another cell of the row or column.
      var hidden: Set<Channel> = []
    }

    var kind: Kind
    var path: String
    var title: TitleOptions?
    var spacing: Spacing
    var cells: [Cell]
    var header = HeaderOptions()
    var rowHeader = HeaderOptions()
    var columnTitle: String?
    var rowTitle: String?
  }

  var root: View
  var sources: [String: ScaleSource]
  var config: Config
}

/// Makes the model: reads data, computes units, and decides which plots share scales.
struct ModelBuilder {
  var data: [String: DataTable]
  var config: Config
  private var uses: [String: [ScaleUse]] = [:]
  private var order: [String] = []
  private var channels: [String: Channel] = [:]

  init(data: [String: DataTable], config: Config) {
    self.data = data.mapValues(\.ofReals)
    self.config = config
  }

  mutating func build(_ spec: ViewSpec) throws(FigureError) -> Model {
    let root = try view(spec, [:])
    var sources: [String: ScaleSource] = [:]
    for key in order {
      guard let channel = channels[key], let uses = uses[key] else { continue }
      var source = ScaleSource(channel, uses, config)
      try source.prepare()
      sources[key] = source
    }
    return Model(root: root, sources: sources, config: config)
  }

  private mutating func view(_ spec: ViewSpec, _ outer: [Channel: String]) throws(FigureError) -> Model.View {
    switch spec {
    case .plot(let plot): return .plot(try self.plot(plot, outer))
    case .facet(let facet): return .grid(try self.facet(facet, outer))
    case .concat(let concat):
      var scopes = outer
      for channel in Channel.allCases where scopes[channel] == nil {
        let resolved = concat.resolve.scale[channel]
        if resolved == .shared
          || (resolved == nil && !channel.isPosition && channel != .xOffset && channel != .yOffset)
        {
          scopes[channel] = "\(concat.path)concat"
        }
      }
      var cells: [Model.Grid.Cell] = []
      let columns = max(1, concat.columns ?? concat.views.count)
      for (index, inner) in concat.views.enumerated() {
        cells.append(.init(row: index / columns, column: index % columns, view: try view(inner, scopes)))
      }
      return .grid(
        Model.Grid(kind: .concat, path: concat.path, title: concat.title, spacing: concat.spacing, cells: cells))
    }
  }

  private mutating func plot(_ spec: PlotSpec, _ outer: [Channel: String]) throws(FigureError) -> Model.Plot {
    var units: [Unit] = []
    for layer in spec.layers { units.append(try unit(layer, facets: [])) }
    return Model.Plot(
      spec: spec, units: units, keys: register(units, spec, outer, "\(spec.path)plot"))
  }

  /// Registers the units' channels with the scales that they use.
  mutating func register(
    _ units: [Unit], _ spec: PlotSpec, _ outer: [Channel: String], _ scope: String
  ) -> [[Channel: String]] {
    var keys: [[Channel: String]] = []
    for (index, unit) in units.enumerated() {
      var own: [Channel: String] = [:]
      for definition in unit.channels {
        guard let channel = definition.channel.scaleChannel, ScaleSource.data(definition) != nil else { continue }
        if definition.options.scale == .null, definition.channel.scaleChannel == definition.channel { continue }
        let isIndependent =
          spec.layers.count > 1 && spec.resolve.scale[channel] == .independent
        let place = isIndependent ? "\(scope)#\(index)" : outer[channel] ?? scope
        let key = "\(place)/\(channel.rawValue)"
        if uses[key] == nil { order.append(key) }
        uses[key, default: []].append(ScaleUse(unit: unit, definition: definition))
        channels[key] = channel
        own[channel] = key
      }
      keys.append(own)
    }
    return keys
  }

  func unit(_ spec: UnitSpec, facets: [ChannelDefinition]) throws(FigureError) -> Unit {
    let source = try table(spec.data, path: spec.path)
    return try UnitBuilder(spec: spec, config: config, facets: facets).build(source)
  }

  private func table(_ options: Nullable<DataOptions>?, path: String) throws(FigureError) -> DataTable {
    guard let options = options?.value else { return DataTable(names: [""], columns: [[.null]]) }
    if let values = options.values { return values.table }
    guard let name = options.name else {
      throw FigureError(
        "\(path)data", "use {\"name\": \"a query\"} or {\"values\": […]}; a figure reads no files and no URLs")
    }
    guard let table = data[name] else {
      throw FigureError(
        "\(path)data.name", "there is no data named \"\(name)\"\(Spelling.hint(name, among: data.keys.sorted()))")
    }
    return table
  }
}
