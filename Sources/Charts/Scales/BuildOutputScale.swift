import Base

extension ScaleSource {
  /// A scale for colours, sizes, shapes, opacities or dashes.
  func outputs() throws(FigureError) -> Scale {
    if kind == .ordinal || kind == .band || kind == .point {
      let names = try names()
      return .ordinal(OrdinalScale(domain: names, range: try discreteRange(count: names.count)))
    }
    if kind == .threshold || kind == .quantize || kind == .binOrdinal || kind == .quantile { return try steps() }
    if channel.isColor {
      var position = try continuous(length: 1)
      let count = position.domain.count
      position.range = (0..<count).map { Double($0) / Double(count - 1) }
      position.clamp = true
      var ramp = try ramp()
      if isReversed { ramp.stops.reverse() }
      return .sequential(SequentialScale(position: position, ramp: ramp))
    }
    var scale = try continuous(length: 1)
    let range = try numberRange()
    scale.range = isReversed ? range.reversed() : range
    return .continuous(scale)
  }

  private func numberRange() throws(FigureError) -> [Double] {
    if let range = properties.range?.list?.compactMap(\.number), range.count >= 2 { return range }
    let scale = config.options.scale
    let mark = uses.first?.unit.mark.type
    let (low, high): (Double, Double)
    switch channel {
    case .opacity, .fillOpacity, .strokeOpacity:
      (low, high) = (scale.minOpacity ?? 0.3, scale.maxOpacity ?? 0.8)
    case .size:
      switch mark {
      case .line?, .trail?, .rule?:
        (low, high) = (scale.minStrokeWidth ?? 1, scale.maxStrokeWidth ?? 4)
      case .text?: (low, high) = (scale.minFontSize ?? 8, scale.maxFontSize ?? 40)
      case .bar?, .tick?, .rect?: (low, high) = (2, (config.options.view.step ?? 20) - 1)
      default: (low, high) = (scale.minSize ?? 4, Math.pow(0.95 * (config.options.view.step ?? 20), 2))
      }
    default: (low, high) = (scale.minStrokeWidth ?? 1, scale.maxStrokeWidth ?? 4)
    }
    return [properties.rangeMin ?? low, properties.rangeMax ?? high]
  }

  private func discreteRange(count: Int) throws(FigureError) -> [ScaleOutput] {
    if let range = properties.range?.list { return try outputs(range) }
    switch channel {
    case .shape:
      return [
        "circle", "square", "triangle-up", "cross", "diamond", "triangle-right", "triangle-down", "triangle-left",
      ]
      .map { .text($0) }
    case .strokeDash:
      return [[1, 0], [4, 2], [2, 1], [1, 1], [1, 2, 4, 2]].map { .dash($0) }
    case .color, .fill, .stroke:
      let preset = definition?.type == .ordinal || definition?.type == .quantitative ? RangeName.ordinal : .category
      switch try scheme(preset) {
      case .categorical(let colors): return colors.map { .color($0) }
      case .ramp(let stops):
        let ramp = ColorRamp(stops: stops, isSpline: true)
        let sampled = (0..<count).map { count == 1 ? 1 : Double($0) / Double(count - 1) }
        return sampled.map { .color(ramp.color($0)) }
      }
    default:
      let range = try numberRange()
      return (0..<count).map { index in
        .number(range[0] + (range[1] - range[0]) * (count == 1 ? 0 : Double(index) / Double(count - 1)))
      }
    }
  }

  private func outputs(_ range: [Constant]) throws(FigureError) -> [ScaleOutput] {
    var outputs: [ScaleOutput] = []
    for (index, item) in range.enumerated() {
      if channel.isColor {
        let ink = try Reader<Ink>.color.value(.string(item.text ?? ""), "\(path).range[\(index)]")
        outputs.append(.color(ink.color(config.theme)))
      } else if case .numbers(let dash) = item {
        outputs.append(.dash(dash))
      } else if let number = item.number {
        outputs.append(.number(number))
      } else {
        outputs.append(.text(item.text ?? ""))
      }
    }
    return outputs
  }

  /// The given scheme, or the config's for such data.
  private func scheme(_ preset: RangeName) throws(FigureError) -> Schemes.Scheme {
    let name = properties.scheme?.name
    if let name {
      guard let found = Schemes.named(name, theme: config.theme) else {
        throw FigureError(
          "\(path).scheme",
          "no scheme \"\(name)\"\(Spelling.hint(name, among: Schemes.names)); use \(Schemes.names.joined(separator: ", "))"
        )
      }
      return found
    }
    var range = preset
    if case .name(let name)? = properties.range {
      guard let named = RangeName(rawValue: name) else {
        let known = RangeName.allCases.map(\.rawValue)
        throw FigureError("\(path).range", "no range \"\(name)\"\(Spelling.hint(name, among: known))")
      }
      range = named
    }
    switch config.options.ranges[range] {
    case .colors(let inks)?: return .categorical(inks.map { $0.color(config.theme) })
    case .scheme(let name)?:
      return Schemes.named(name ?? "ramp", theme: config.theme) ?? .ramp([.white, .black])
    case nil: return Schemes.named("ramp", theme: config.theme) ?? .ramp([.white, .black])
    }
  }

  private func ramp() throws(FigureError) -> ColorRamp {
    if let range = properties.range?.list {
      return ColorRamp(stops: try outputs(range).compactMap { if case .color(let color) = $0 { color } else { nil } })
    }
    let isHeat = uses.contains { $0.unit.mark.type == .rect }
    let preset = properties.domainMid != nil ? RangeName.diverging : isHeat ? .heatmap : .ramp
    switch try scheme(preset) {
    case .categorical(let colors): return ColorRamp(stops: colors)
    case .ramp(let stops): return ColorRamp(stops: stops, isSpline: stops.count > 3)
    }
  }

  /// Thresholds and the outputs between them.
  private func steps() throws(FigureError) -> Scale {
    var thresholds: [Double]
    let extent: [Double]
    switch kind {
    case .threshold:
      thresholds = (properties.domain ?? []).compactMap(number(of:))
      extent = []
    case .binOrdinal:
      let edges = binEdges ?? []
      thresholds = Array(edges.dropFirst().dropLast())
      extent = [edges.first ?? 0, edges.last ?? 1]
    default:
      let domain = try continuous(length: 1).domain
      let count =
        properties.range?.list?.count ?? min(100, Int(bounded: properties.scheme?.count ?? 4))
      extent = [domain[0], domain[domain.count - 1]]
      thresholds = (1..<max(2, count)).map { extent[0] + (extent[1] - extent[0]) * Double($0) / Double(count) }
    }
    let count = thresholds.count + 1
    let range: [ScaleOutput]
    if let given = properties.range?.list {
      range = try outputs(given)
    } else if channel.isColor {
      let ramp = try ramp()
      range = (0..<count).map { .color(ramp.color(count == 1 ? 1 : Double($0) / Double(count - 1))) }
    } else {
      range = try discreteRange(count: count)
    }
    return .steps(StepScale(thresholds: thresholds, range: isReversed ? range.reversed() : range, extent: extent))
  }
}
