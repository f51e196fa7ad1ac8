import Domain

/// A unit's use of a scale, and what it adds to the domain.
struct ScaleUse: Equatable {
  var unit: Unit
  var definition: ChannelDefinition
}

/// All uses of one scale, and its properties: for each, the first that a use gives.
struct ScaleSource: Equatable {
  var channel: Channel
  var uses: [ScaleUse]
  var kind: ScaleKind
  var properties: ScaleOptions
  var config: Config
  /// The domain of the data, once it is known, because the layout needs it several times.
  private(set) var knownExtent: [Double]?
  private(set) var knownNames: [Cell]?
  private(set) var knownEdges: [Double]?

  /// Reads the data, once.
  mutating func prepare() throws(FigureError) {
    if kind.isDiscrete { knownNames = try names() } else { knownExtent = try extent() }
    knownEdges = binEdges
  }

  init(_ channel: Channel, _ uses: [ScaleUse], _ config: Config) {
    self.channel = channel
    self.uses = uses
    self.config = config
    var properties = ScaleOptions()
    var kinds: [ScaleKind] = []
    for use in uses {
      if let scale = use.definition.options.scale?.value { properties = scale.overlaid(properties) }
      if use.definition.isData || !use.definition.conditions.isEmpty {
        kinds.append(ScaleKind.of(Self.data(use.definition) ?? use.definition, use.unit))
      }
    }
    self.properties = properties
    kind = kinds.first ?? .linear
    // Bands have room for points, but not the other way round.
    if kind == .point, kinds.contains(.band) { kind = .band }
    if let explicit = properties.type { kind = explicit }
  }

  /// The definition that carries data: the encoding itself, or a condition of it.
  static func data(_ definition: ChannelDefinition) -> ChannelDefinition? {
    if definition.isData { return definition }
    return definition.conditions.map(\.definition.value).first(where: \.isData)
  }

  var definition: ChannelDefinition? { uses.lazy.compactMap { Self.data($0.definition) }.first }
  var path: String { uses.first.map { "\($0.definition.path).scale" } ?? "scale" }

  var isReversed: Bool { properties.reverse ?? false }

  /// The values that a log scale cannot show, in words.
  var leftOut: String? {
    guard kind == .log else { return nil }
    var count = 0
    for use in uses {
      guard let column = use.definition.column else { continue }
      count += use.unit.table.column(column).lazy.filter { ($0.quantity ?? 1) <= 0 }.count
    }
    return count == 0 ? nil : "\(count) value\(count == 1 ? "" : "s") of zero or less left out of a log scale"
  }
}
