enum Orient: String, CaseIterable { case vertical, horizontal }

extension Orient {
  /// The orientation of a mark: a vertical bar grows along y. Same rule as Vega-Lite.
  static func of(_ type: MarkType, _ own: MarkOptions, _ channel: (Channel) -> ChannelDefinition?) -> Orient? {
    let (x, y, x2, y2) = (channel(.x), channel(.y), channel(.x2), channel(.y2))
    let specified = own.orient
    switch type {
    case .point, .circle, .square, .text, .rect,
      .trail where type != .trail:
      return nil
    default: break
    }
    if type == .bar {
      if x?.isBinned == true || (x?.column != nil && y?.aggregate != nil && x?.aggregate == nil) { return .vertical }
      if y?.isBinned == true || (y?.column != nil && x?.aggregate != nil && y?.aggregate == nil) { return .horizontal }
      if x2 != nil || y2 != nil {
        if let specified { return specified }
        if x2 == nil {
          return x?.type == .quantitative && x?.bin == nil && y?.isBinned == true ? .horizontal : .vertical
        }
        if y2 == nil {
          return y?.type == .quantitative && y?.bin == nil && x?.isBinned == true ? .vertical : .horizontal
        }
      }
    }
    if type == .bar || type == .rule {
      if x2 != nil, x?.isBinned != true, y2 != nil, y?.isBinned != true { return nil }
    }
    if [.bar, .rule, .area].contains(type) {
      if y2 != nil { return y?.isBinned == true ? .horizontal : .vertical }
      if x2 != nil { return x?.isBinned == true ? .vertical : .horizontal }
      if type == .rule {
        if x != nil, y == nil { return .vertical }
        if y != nil, x == nil { return .horizontal }
      }
    }
    if let specified { return specified }
    let (along, across): (Orient, Orient) = type == .tick ? (.vertical, .horizontal) : (.horizontal, .vertical)
    switch (x?.isMeasure == true, y?.isMeasure == true) {
    case (true, false): return along
    case (false, true): return across
    case (true, true):
      if x?.type == .temporal, y?.type != .temporal { return across }
      if x?.type != .temporal, y?.type == .temporal { return along }
      if x?.aggregate == nil, y?.aggregate != nil { return across }
      if x?.aggregate != nil, y?.aggregate == nil { return along }
      return .vertical
    default: return type == .tick || type == .bar ? .vertical : .vertical
    }
  }
}
