enum MarkType: String, CaseIterable, Sendable {
  case bar, line, area, point, circle, square, rect, rule, tick, text, trail

  /// One shape through all the rows of a group.
  var isPath: Bool { self == .line || self == .area || self == .trail }
  /// Draws rows as boxes, which fill the whole band of a band scale.
  var isBox: Bool { self == .bar || self == .rect || self == .tick }
  var isSymbol: Bool { self == .point || self == .circle || self == .square }
  var isStackable: Bool { self == .bar || self == .area }
}

/// A mark with its properties: the spec's override the config's.
struct MarkDefinition: Equatable {
  var type: MarkType
  /// The merged properties.
  var properties: MarkOptions
  /// Those from the spec.
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

  /// Its size along a channel, if the spec gives one.
  func extent(_ channel: Channel) -> MarkOptions.Extent? {
    channel == .x ? properties.width : properties.height
  }
}
