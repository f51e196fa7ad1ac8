/// What happens to axis labels that do not fit.
///
/// Labels of numbers and times are thinned: every second one until none touches its neighbour (`parity`), or each that
/// would touch the last one kept (`greedy`, on log scales). Names cannot be guessed, so none is left out beside rows;
/// in our look they are cut where they remain different ("…CALLER"), below columns to the available width, and thinned there if that
/// is not enough. The first and last label of a continuous axis move inwards instead of over its ends.
enum LabelOverlap {
  static func resolve(
    _ axis: inout Axis, scale: Scale, kind: ScaleKind, definition: ChannelDefinition?, measure: TextMeasure,
    config: Config
  ) {
    if axis.ticks.isEmpty { return }
    limit(&axis, scale, measure, config)
    flush(&axis, measure)
    let isNamed = definition.map { $0.type == .nominal || $0.type == .ordinal } ?? false
    let isOrdinalTime = definition?.timeUnit != nil && definition?.options.sort?.isOther != true
    // Along a horizontal axis some names are left out if even their shortened forms do not fit.
    let keepsAll = isNamed && !isOrdinalTime && !(config.isHouse && axis.isHorizontal)
    let preset: AxisOptions.Overlap = keepsAll ? .keep : kind == .log || kind == .symlog ? .greedy : .parity
    let overlap = axis.properties.labelOverlap ?? preset
    guard overlap != .keep else { return }
    let spans = axis.ticks.map { span($0, axis, measure) }
    let separation = axis.properties.labelSeparation ?? 0
    var shown = axis.ticks.indices.filter { axis.ticks[$0].isShown && !axis.ticks[$0].label.isEmpty }
    let bySize = { (order: [Int]) in order.sorted { spans[$0].lowerBound < spans[$1].lowerBound } }
    if overlap == .greedy {
      var kept: [Int] = []
      for index in bySize(shown) {
        if let last = kept.last, spans[index].lowerBound < spans[last].upperBound + separation { continue }
        kept.append(index)
      }
      shown = kept
    } else {
      let last = shown.last
      while shown.count > 2, collide(bySize(shown), spans, separation) {
        shown = shown.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      }
      // Of a few labels, the first and last are the most useful.
      if shown.count < 3, let last, shown.last != last {
        shown = (shown.count > 1 ? Array(shown.dropLast()) : shown) + [last]
      }
      if config.isHouse, shown.count == 2, collide(bySize(shown), spans, separation) { shown = [shown[0]] }
    }
    let kept = Set(shown)
    for index in axis.ticks.indices { axis.ticks[index].isShown = kept.contains(index) }
  }

  private static func collide(_ order: [Int], _ spans: [ClosedRange<Double>], _ separation: Double) -> Bool {
    zip(order, order.dropFirst()).contains { spans[$0].upperBound + separation > spans[$1].lowerBound }
  }

  /// The space that a label takes along the axis.
  private static func span(_ tick: Axis.Tick, _ axis: Axis, _ measure: TextMeasure) -> ClosedRange<Double> {
    let angle = (axis.properties.labelAngle ?? 0) * Double.pi / 180
    let lines = tick.label.split(separator: "\n").map(String.init)
    let width = lines.map { measure.width($0, tick.style) }.max() ?? 0
    let height = tick.style.size
    let (cosine, sine) = (abs(Math.cos(angle)), abs(Math.sin(angle)))
    let room = axis.isHorizontal ? width * cosine + height * sine : width * sine + height * cosine
    switch axis.isHorizontal && angle == 0 ? tick.anchor : .middle {
    case .start: return tick.position...(tick.position + room)
    case .end: return (tick.position - room)...tick.position
    case .middle: return (tick.position - room / 2)...(tick.position + room / 2)
    }
  }

  private static func flush(_ axis: inout Axis, _ measure: TextMeasure) {
    guard axis.isHorizontal, axis.properties.labelAngle ?? 0 == 0 else { return }
    guard case .within(let threshold)? = axis.properties.labelFlush else {
      return
    }
    for index in axis.ticks.indices {
      if abs(axis.ticks[index].position) < threshold + 0.01 { axis.ticks[index].anchor = .start }
      if abs(axis.ticks[index].position - axis.length) < threshold + 0.01 { axis.ticks[index].anchor = .end }
    }
  }

  private static func limit(_ axis: inout Axis, _ scale: Scale, _ measure: TextMeasure, _ config: Config) {
    var limit = axis.properties.labelLimit ?? 180
    let isHouse = config.isHouse
    if isHouse, axis.isHorizontal, axis.properties.labelAngle ?? 0 == 0, let band = scale.band,
      axis.properties.labelLimit == config.axis.labelLimit
    {
      limit = max(48, band.step - 6)
    }
    guard limit > 0 else { return }
    let named = axis.ticks.indices.filter { if case .text = axis.ticks[$0].value { true } else { false } }
    let names = named.map { (text: axis.ticks[$0].label, style: axis.ticks[$0].style) }
    let labels =
      isHouse
      ? measure.ellipsized(names, width: limit) : names.map { measure.ellipsized($0.text, $0.style, width: limit) }
    for (index, label) in zip(named, labels) { axis.ticks[index].label = label }
  }
}
