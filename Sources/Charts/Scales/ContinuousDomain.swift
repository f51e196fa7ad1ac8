extension ScaleSource {
  /// The least and greatest value on the scale, before zero, padding and rounding.
  func extent() throws(FigureError) -> [Double] {
    if let knownExtent { return knownExtent }
    if let explicit = properties.domain {
      let numbers = explicit.compactMap(number(of:))
      if numbers.count != explicit.count || numbers.count < 2 {
        throw FigureError("\(path).domain", "two numbers or times are needed")
      }
      return numbers
    }
    var low = Double.infinity
    var high = -Double.infinity
    func add(_ value: Double?) {
      // Zero has no logarithm: such rows are left out, like those with missing values.
      guard let value, value.isFinite, kind != .log || value > 0 else { return }
      low = min(low, value)
      high = max(high, value)
    }
    for use in uses {
      let (unit, definition) = (use.unit, Self.data(use.definition) ?? use.definition)
      if case .real(let number)? = definition.datum { add(number) }
      if let stacked = unit.stacked, stacked.channel == channel, definition.channel == channel {
        for value in unit.table.column(stacked.start) { add(value.quantity) }
        for value in unit.table.column(stacked.end) { add(value.quantity) }
        continue
      }
      if let column = definition.column { for value in unit.table.column(column) { add(value.quantity) } }
      // Boxes fill their interval; a point is at the interval's start (for a bin, in its middle).
      if let end = definition.endColumn, unit.mark.type.isBox || definition.bin != nil {
        for value in unit.table.column(end) { add(value.quantity) }
      }
    }
    if low > high { return kind == .log ? [1, 10] : kind.isTime ? [0, 1] : [0, 1] }
    // For a single value our look widens the domain, or there would be no round number nearby.
    if config.isHouse, kind == .log, low == high { (low, high) = (low / 2, high * 2) }
    if let bins = binEdges { (low, high) = (bins.first ?? low, bins.last ?? high) }
    return [low, high]
  }

  /// The edges of the bins on this scale, if its field is binned here.
  var binEdges: [Double]? {
    if let knownEdges { return knownEdges }
    for use in uses {
      guard let definition = Self.data(use.definition), let bin = definition.bin, let field = definition.field else {
        continue
      }
      let edges = bin.edges(of: use.unit.raw.column(field).compactMap(\.quantity))
      return edges.all
    }
    return nil
  }

  /// A number, a date's text, or `{"year": 2026, "month": "october"}`.
  func number(of constant: Constant) -> Double? {
    switch constant {
    case .number(let number): return number
    case .text(let text): return kind.isTime || definition?.type == .temporal ? CivilTime.parse(text) : Double(text)
    case .time(let time): return time.time
    default: return nil
    }
  }

  /// Whether the scale has to include zero.
  var includesZero: Bool {
    if let zero = properties.zero { return zero }
    if [.log, .time, .utc].contains(kind) { return false }
    if properties.domain != nil { return false }
    if channel == .size { return definition?.type == .quantitative }
    guard channel.isPosition else { return false }
    for use in uses {
      guard let definition = Self.data(use.definition), definition.channel == channel else { continue }
      if definition.bin != nil || definition.isBinned || definition.type == .temporal { continue }
      let (mark, orient) = (use.unit.mark.type, use.unit.orient)
      if [.bar, .area, .line, .trail].contains(mark) {
        if (orient == .horizontal && channel == .y) || (orient == .vertical && channel == .x) { continue }
      }
      return true
    }
    return false
  }

  /// Whether the ends of the domain are rounded.
  var niceCount: Double? {
    switch properties.nice {
    case .flag(let isNice)?: return isNice ? 10 : nil
    case .ticks(.count(let count))?: return count
    case .ticks?: return 10
    case nil: break
    }
    if binEdges != nil || properties.domain != nil || kind.isTime { return nil }
    if properties.domainMin != nil || properties.domainMax != nil { return nil }
    return channel.isPosition ? 10 : nil
  }

  /// Pixels kept free at both ends, so that bars on a continuous axis do not touch its ends.
  var continuousPadding: Double {
    if let padding = properties.padding { return padding }
    guard channel.isPosition,
      let use = uses.first(where: { $0.unit.mark.type == .bar && $0.definition.channel == channel })
    else { return 0 }
    if use.definition.interval || use.definition.isBinned { return 0 }
    let isDimension = use.unit.orient == (channel == .x ? .vertical : .horizontal)
    return isDimension ? config.options.marks[.bar]?.continuousBandSize ?? 5 : 0
  }
}
