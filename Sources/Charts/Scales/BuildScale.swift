extension ScaleSource {
  /// A scale for positions along a range of points.
  func positions(_ range: (start: Double, end: Double)) throws(FigureError) -> Scale {
    let range = isReversed ? (start: range.end, end: range.start) : range
    if kind.isDiscrete {
      let names = try names()
      let (inner, outer) = bandPadding
      let align = properties.align ?? 0.5
      let round = properties.round ?? false
      return .band(
        BandScale(
          domain: names, range: given(range), paddingInner: inner, paddingOuter: outer, align: align, round: round),
        isPoint: kind == .point)
    }
    var scale = try continuous(length: abs(range.end - range.start))
    let ends = given(range)
    scale.range = scale.domain.count > 2 ? Self.spread(ends, scale.domain.count) : [ends.start, ends.end]
    if let numbers = properties.range?.list?.compactMap(\.number), numbers.count == scale.domain.count {
      scale.range = numbers
    }
    return .continuous(scale)
  }

  private func given(_ range: (start: Double, end: Double)) -> (start: Double, end: Double) {
    let numbers = properties.range?.list?.compactMap(\.number) ?? []
    let (start, end) = numbers.count == 2 ? (numbers[0], numbers[1]) : (range.start, range.end)
    return (properties.rangeMin ?? start, properties.rangeMax ?? end)
  }

  private static func spread(_ range: (start: Double, end: Double), _ count: Int) -> [Double] {
    (0..<count).map { range.start + (range.end - range.start) * Double($0) / Double(count - 1) }
  }

  /// Padding between bands and at the ends, as fractions of a step.
  var bandPadding: (inner: Double, outer: Double) {
    let padding = properties.padding
    let scale = config.options.scale
    if kind == .point {
      return (1, properties.paddingOuter ?? padding ?? scale.pointPadding ?? 0.5)
    }
    if channel == .xOffset || channel == .yOffset {
      let inner = properties.paddingInner ?? padding ?? scale.offsetBandPaddingInner ?? 0
      return (inner, properties.paddingOuter ?? padding ?? scale.offsetBandPaddingOuter ?? 0)
    }
    let offset: Channel = channel == .x ? .xOffset : .yOffset
    if uses.contains(where: { $0.unit[offset]?.column != nil }) {
      let inner =
        properties.paddingInner ?? padding ?? scale.bandWithNestedOffsetPaddingInner ?? 0.2
      return (inner, properties.paddingOuter ?? padding ?? scale.bandWithNestedOffsetPaddingOuter ?? 0.2)
    }
    // The bottom layer decides.
    let mark = uses.first?.unit.mark.type
    let preset: Double
    switch mark {
    case .bar:
      let rows = channel == .y ? scale.bandPaddingInnerY : nil
      preset = rows ?? scale.bandPaddingInner ?? 0.1
    case .tick: preset = scale.tickBandPaddingInner ?? 0.25
    default: preset = scale.rectBandPaddingInner ?? 0
    }
    let inner = properties.paddingInner ?? padding ?? preset
    return (inner, properties.paddingOuter ?? padding ?? inner / 2)
  }

  /// The domain with zero, padding and rounded ends, for a range of a length.
  func continuous(length: Double) throws(FigureError) -> ContinuousScale {
    var domain = try extent()
    let last = domain.count - 1
    if includesZero {
      domain[0] = min(0, domain[0])
      domain[last] = max(0, domain[last])
    }
    if let low = properties.domainMin.flatMap(number(of:)) { domain[0] = low }
    if let high = properties.domainMax.flatMap(number(of:)) { domain[last] = high }
    if let middle = properties.domainMid { domain.insert(middle, at: last) }
    if kind == .log, domain.contains(where: { $0 <= 0 }) {
      throw FigureError(path, "a log scale cannot show zero or less; use symlog")
    }
    var scale = ContinuousScale(kind: transform, domain: domain, range: [0, length])
    scale.clamp = properties.clamp ?? false
    scale.bins = binEdges
    if properties.domain == nil || properties.padding != nil {
      scale = scale.padded(by: continuousPadding, length: length)
    }
    if let count = niceCount {
      var interval: TimeInterval?
      if case .ticks(.interval(let given))? = properties.nice { interval = given }
      scale = scale.nice(count: count, interval: interval)
    }
    return scale
  }

  private var transform: ContinuousScale.Kind {
    switch kind {
    case .log: .log(base: properties.base ?? 10)
    case .pow: .power(properties.exponent ?? 1)
    case .sqrt: .power(0.5)
    case .symlog: .symlog(properties.constant ?? 1)
    case .time, .utc: .time
    default: .linear
    }
  }
}

extension TimeInterval {
  /// By its name: `"day"`.
  init?(_ name: String, _ step: Int) {
    switch name {
    case "millisecond": self.init(.millisecond, step)
    case "second": self.init(.second, step)
    case "minute": self.init(.minute, step)
    case "hour": self.init(.hour, step)
    case "day": self.init(.day, step)
    case "week": self.init(.week, step)
    case "month": self.init(.month, step)
    case "year": self.init(.year, step)
    default: return nil
    }
  }
}
