import Domain

/// A computed axis: ticks and labels along one side of a plot.
struct Axis: Equatable {
  enum Side: String, CaseIterable { case left, right, top, bottom }

  struct Tick: Equatable {
    var value: Cell
    var position: Double
    var label: String
    /// Hidden if labels would collide.
    var isShown = true
    var style: TextStyle
    /// Shifted to stay within the plot.
    var anchor: Text.Anchor
  }

  var channel: Channel
  var side: Side
  var ticks: [Tick]
  var properties: AxisOptions
  var title: String?
  var length: Double
  /// The length of the other side, which is that of the grid lines.
  var across: Double
  /// The width of the widest name beside the plots above or below this one.
  var names: Double = 0

  /// Names are in a column, aligned at its left edge: our look's left axis of bands, unless the spec aligns them.
  var isNames: Bool { side == .left && properties.labelColumn == true && properties.labelAlign == nil }

  func namesWidth(_ measure: TextMeasure) -> Double {
    ticks.filter(\.isShown).map { measure.width($0.label, $0.style) }.max() ?? 0
  }

  var isHorizontal: Bool { side == .top || side == .bottom }
}

/// Builds the axis of a scale from the spec and the config.
struct AxisBuilder {
  var source: ScaleSource
  var scale: Scale
  var length: Double
  var across: Double
  var config: Config
  var measure: TextMeasure

  var channel: Channel { source.channel }
  var definition: ChannelDefinition? { source.definition }

  /// Nil if the spec wants no axis.
  func build() -> Axis? {
    let given = source.uses.map { $0.definition.options.axis }
    let wanted = source.uses.indices.filter { index in
      let use = source.uses[index]
      return given[index] != .null && use.definition.channel == channel && ScaleSource.data(use.definition) != nil
    }
    if wanted.isEmpty { return nil }
    var own = AxisOptions()
    for index in wanted.reversed() { own = own.overlaid(given[index]?.value) }
    let properties = defaults.overlaid(own)
    let side = properties.orient ?? (channel == .x ? .bottom : .left)
    var axis = Axis(
      channel: channel, side: side, ticks: [], properties: properties, title: title(own, wanted), length: length,
      across: across)
    axis.ticks = distinctTicks(properties)
    if properties.labels == false { for index in axis.ticks.indices { axis.ticks[index].isShown = false } }
    let isPlainTime = config.isHouse && labelsPlainTimes(properties)
    if isPlainTime { relabel(&axis) }
    LabelOverlap.resolve(
      &axis, scale: scale, kind: source.kind, definition: definition, measure: measure, config: config)
    // What a label may leave out depends on the label before it.
    if isPlainTime { relabel(&axis) }
    if config.isHouse { trimCurrency(&axis, properties) }
    return axis
  }

  /// The config's blocks for this axis, from general to specific.
  private var defaults: AxisOptions {
    let letter = channel == .x ? "X" : "Y"
    let kinds: [String]
    switch scale {
    case .band(_, let isPoint): kinds = ["Discrete", isPoint ? "Point" : "Band"]
    case .continuous(let scale): kinds = [scale.isTime ? "Temporal" : "Quantitative"]
    default: kinds = []
    }
    let axes = config.options.axes
    var merged = config.axis.overlaid(axes["axis\(letter)"])
    for kind in kinds { merged = merged.overlaid(axes["axis\(kind)"]).overlaid(axes["axis\(letter)\(kind)"]) }
    if let side = definition?.options.axis?.value?.orient?.rawValue {
      merged = merged.overlaid(axes["axis\(side.prefix(1).uppercased())\(side.dropFirst())"])
    }
    if merged.grid == nil {
      let isBinned = definition?.bin != nil || definition?.isBinned == true
      merged.grid = !scale.isDiscretePosition && !isBinned && definition != nil
    }
    if channel == .x, scale.isDiscretePosition, definition?.timeUnit == nil || definition?.type == .ordinal,
      axes["axisX"]?.labelAngle == nil
    {
      merged.labelAngle = definition?.timeUnit != nil && definition?.type == .ordinal ? 0 : 270
    }
    if merged.labelFlush == nil, channel == .x, !scale.isDiscretePosition {
      merged.labelFlush = .within(1)
    }
    return merged
  }

  /// The spec's title, or the names of everything on the axis.
  private func title(_ own: AxisOptions, _ wanted: [Int]) -> String? {
    if let title = own.title { return title.value?.words }
    for use in source.uses {
      if let title = use.definition.options.title { return title.value?.words }
    }
    if config.axis.title == .null { return nil }
    var words: [String] = []
    for use in source.uses {
      guard let definition = ScaleSource.data(use.definition), definition.column != nil || definition.aggregate != nil
      else { continue }
      if !words.contains(definition.title) { words.append(definition.title) }
    }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// In our look, with enough decimals to tell the ticks apart: `$0.2` and `$0.4`, where `$,.0f` would print `$0`
  /// twice.
  private func distinctTicks(_ properties: AxisOptions) -> [Axis.Tick] {
    var ticks = ticks(properties)
    guard config.isHouse, case .continuous(let scale) = scale, !scale.isTime, properties.labelExpr == nil,
      properties.format != nil
    else { return ticks }
    var properties = properties
    while Set(ticks.map(\.label)).count < ticks.count, let finer = properties.format.flatMap(Self.finer) {
      properties.format = finer
      ticks = self.ticks(properties)
    }
    return ticks
  }

  /// `$,.0f` with one more decimal; nil from six decimals on, and for other formats.
  private static func finer(_ format: String) -> String? {
    guard let match = format.firstMatch(of: /\.(\d)(?=[f%])/), let places = Int(match.1), places < 6 else { return nil }
    return format[..<match.range.lowerBound] + ".\(places + 1)" + format[match.range.upperBound...]
  }

  private func ticks(_ properties: AxisOptions) -> [Axis.Tick] {
    let style = LabelStyle(properties, config)
    let values: [Cell]
    let count = tickCount(properties)
    switch scale {
    case .band(let band, _):
      if let given = properties.values {
        values = given.map {
          source.definition?.type == .temporal ? source.number(of: $0).map { .real($0) } ?? .null : $0.value
        }
      } else {
        values = band.domain
      }
    case .continuous(let scale): values = continuousTicks(scale, properties, count).map { .real($0) }
    default: return []
    }
    let share = properties.bandPosition ?? 0.5
    // Values that a spec names all keep their number, on a log scale too.
    let isGiven = properties.values != nil && scale.continuous?.isLog == true
    let labels = TickLabels(
      source: source, scale: scale, count: isGiven ? .infinity : count, format: properties.format,
      formatType: properties.formatType,
      expression: properties.labelExpr)
    // Below the bar of a day, not at midnight.
    let unit = config.isHouse && source.uses.contains { $0.unit.mark.type.isBox } ? definition?.timeUnit : nil
    return values.enumerated().compactMap { index, value in
      let end = unit.flatMap { unit in scale.continuous == nil ? nil : value.quantity.map { Cell.real(unit.end($0)) } }
      guard let position = scale.position(value, end: end, share: share) else { return nil }
      if end != nil, position > length || position < 0 { return nil }
      let label = labels.text(value, index: index, of: values.count)
      return Axis.Tick(
        value: value, position: position,
        label: label,
        style: style.style(value, label, index), anchor: .middle)
    }
  }

  private func tickCount(_ properties: AxisOptions) -> Double {
    // Nobody can see more than one tick per point.
    if case .count(let count)? = properties.tickCount { return min(count, max(10, length)) }
    if case .continuous(let scale) = scale, scale.isLog { return 10 }
    if definition?.bin != nil { return (length / 10).rounded(.up) }
    if let unit = definition?.timeUnit?.parts, unit.count == 1, [.month, .hours, .day, .quarter].contains(unit[0]) {
      return 10
    }
    return max(
      properties.tickSpacing == nil ? 0 : 2, (length / (properties.tickSpacing ?? 40)).rounded(.up))
  }

  private func continuousTicks(_ scale: ContinuousScale, _ properties: AxisOptions, _ count: Double) -> [Double] {
    let (low, high) = (scale.range.min() ?? 0, scale.range.max() ?? 0)
    let inside = { (value: Double) -> Bool in
      let place = scale.position(value)
      return place >= low.rounded(.down) && place <= high.rounded(.up)
    }
    if let given = properties.values { return given.compactMap(source.number(of:)).filter(inside) }
    if let bins = scale.bins { return bins.filter(inside) }
    var interval: TimeInterval?
    if case .interval(let given)? = properties.tickCount { interval = given }
    var count = count
    if let step = properties.tickMinStep ?? definition?.timeUnit?.duration
      ?? (properties.format == "d" ? 1 : nil),
      let first = scale.domain.first, let last = scale.domain.last
    {
      count = min(count, (abs(last - first) / step).rounded(.down) + 1)
    }
    var ticks = scale.ticks(count: count, interval: interval)
    ticks = ticks.filter(inside)
    return ticks
  }
}
