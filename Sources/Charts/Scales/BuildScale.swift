extension ScaleSource {
  /// A scale for positions along a range of points.
  func positions(_ range: (start: Double, end: Double)) throws(FigureError) -> Scale {
    let range = isReversed ? (start: range.end, end: range.start) : range
    if kind.isDiscrete {
      let names = try names()
      let (inner, outer) = bandPadding
      let align = number("align") ?? 0.5
      let round = properties["round"]?.boolean ?? false
      return .band(
        BandScale(
          domain: names, range: given(range), paddingInner: inner, paddingOuter: outer, align: align, round: round),
        isPoint: kind == .point)
    }
    var scale = try continuous(length: abs(range.end - range.start))
    let ends = given(range)
    scale.range = scale.domain.count > 2 ? Self.spread(ends, scale.domain.count) : [ends.start, ends.end]
    if let numbers = properties["range"]?.array?.compactMap(\.number), numbers.count == scale.domain.count {
      scale.range = numbers
    }
    return .continuous(scale)
  }

  private func given(_ range: (start: Double, end: Double)) -> (start: Double, end: Double) {
    let numbers = properties["range"]?.array?.compactMap(\.number) ?? []
    let (start, end) = numbers.count == 2 ? (numbers[0], numbers[1]) : (range.start, range.end)
    return (number("rangeMin") ?? start, number("rangeMax") ?? end)
  }

  private static func spread(_ range: (start: Double, end: Double), _ count: Int) -> [Double] {
    (0..<count).map { range.start + (range.end - range.start) * Double($0) / Double(count - 1) }
  }

  /// Shares of a step between bands and at the ends.
  var bandPadding: (inner: Double, outer: Double) {
    let padding = number("padding")
    let scale = config["scale"]
    if kind == .point {
      return (1, number("paddingOuter") ?? padding ?? scale["pointPadding"]?.number ?? 0.5)
    }
    if channel == .xOffset || channel == .yOffset {
      let inner = number("paddingInner") ?? padding ?? scale["offsetBandPaddingInner"]?.number ?? 0
      return (inner, number("paddingOuter") ?? padding ?? scale["offsetBandPaddingOuter"]?.number ?? 0)
    }
    let offset: Channel = channel == .x ? .xOffset : .yOffset
    if uses.contains(where: { $0.unit[offset]?.column != nil }) {
      let inner = number("paddingInner") ?? padding ?? scale["bandWithNestedOffsetPaddingInner"]?.number ?? 0.2
      return (inner, number("paddingOuter") ?? padding ?? scale["bandWithNestedOffsetPaddingOuter"]?.number ?? 0.2)
    }
    // The lowest layer decides.
    let mark = uses.first?.unit.mark.type
    let preset: Double
    switch mark {
    case .bar:
      let rows = channel == .y ? scale["bandPaddingInnerY"]?.number : nil
      preset = rows ?? scale["bandPaddingInner"]?.number ?? 0.1
    case .tick: preset = scale["tickBandPaddingInner"]?.number ?? 0.25
    default: preset = scale["rectBandPaddingInner"]?.number ?? 0
    }
    let inner = number("paddingInner") ?? padding ?? preset
    return (inner, number("paddingOuter") ?? padding ?? inner / 2)
  }

  /// The domain with zero, padding and round ends, for a range of a length.
  func continuous(length: Double) throws(FigureError) -> ContinuousScale {
    var domain = try extent()
    let last = domain.count - 1
    if includesZero {
      domain[0] = min(0, domain[0])
      domain[last] = max(0, domain[last])
    }
    if let low = properties["domainMin"].flatMap(number(of:)) { domain[0] = low }
    if let high = properties["domainMax"].flatMap(number(of:)) { domain[last] = high }
    if let middle = properties["domainMid"].flatMap(number(of:)) { domain.insert(middle, at: last) }
    if kind == .log, domain.contains(where: { $0 <= 0 }) {
      throw FigureError(path, "a log scale cannot show zero or less; use symlog")
    }
    var scale = ContinuousScale(kind: transform, domain: domain, range: [0, length])
    scale.clamp = properties["clamp"]?.boolean ?? false
    scale.bins = binEdges
    if properties["domain"] == nil || number("padding") != nil {
      scale = scale.padded(by: continuousPadding, length: length)
    }
    if let count = niceCount {
      let interval = properties["nice"].flatMap { TimeInterval(nice: $0) }
      scale = scale.nice(count: count, interval: interval)
    }
    return scale
  }

  private var transform: ContinuousScale.Kind {
    switch kind {
    case .log: .log(base: number("base") ?? 10)
    case .pow: .power(number("exponent") ?? 1)
    case .sqrt: .power(0.5)
    case .symlog: .symlog(number("constant") ?? 1)
    case .time, .utc: .time
    default: .linear
    }
  }
}

extension TimeInterval {
  /// `"day"`, or `{"interval": "month", "step": 3}`.
  init?(nice json: JSON) {
    let name = json.string ?? json["interval"]?.string ?? ""
    let step = Int(bounded: json["step"]?.number ?? 1)
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
