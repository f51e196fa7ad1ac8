enum MarkType: String, CaseIterable, Sendable {
  case bar, line, area, point, circle, square, rect, rule, tick, text, trail

  /// One shape through all the rows of a group.
  var isPath: Bool { self == .line || self == .area || self == .trail }
  /// Rows as boxes: they take a band of a band scale whole.
  var isBox: Bool { self == .bar || self == .rect || self == .tick }
  var isSymbol: Bool { self == .point || self == .circle || self == .square }
  var isStackable: Bool { self == .bar || self == .area }
}

/// A mark with its properties: those of the spec over those of the config.
struct MarkDefinition: Equatable {
  var type: MarkType
  /// The merged properties.
  var properties: MarkOptions
  /// Those the spec itself gave.
  var own: MarkOptions

  init(_ type: MarkType, _ own: MarkOptions, config: Config) {
    self.type = type
    self.own = own
    properties = config.options.mark.overlaid(config.options.marks[type]).overlaid(own)
  }

  var isFilled: Bool {
    if let filled = properties.filled { return filled }
    switch type {
    case .point, .line, .rule: return false
    default: return true
    }
  }

  /// How broad it is along a channel, where the spec says so.
  func extent(_ channel: Channel) -> MarkOptions.Extent? {
    channel == .x ? properties.width : properties.height
  }
}
