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
    if let range = properties["range"]?.array?.compactMap(\.number), range.count >= 2 { return range }
    let scale = config["scale"]
    let mark = uses.first?.unit.mark.type
    let (low, high): (Double, Double)
    switch channel {
    case .opacity, .fillOpacity, .strokeOpacity:
      (low, high) = (scale["minOpacity"]?.number ?? 0.3, scale["maxOpacity"]?.number ?? 0.8)
    case .size:
      switch mark {
      case .line?, .trail?, .rule?:
        (low, high) = (scale["minStrokeWidth"]?.number ?? 1, scale["maxStrokeWidth"]?.number ?? 4)
      case .text?: (low, high) = (scale["minFontSize"]?.number ?? 8, scale["maxFontSize"]?.number ?? 40)
      case .bar?, .tick?, .rect?: (low, high) = (2, (config.number("view", "step") ?? 20) - 1)
      default: (low, high) = (scale["minSize"]?.number ?? 4, Math.pow(0.95 * (config.number("view", "step") ?? 20), 2))
      }
    default: (low, high) = (scale["minStrokeWidth"]?.number ?? 1, scale["maxStrokeWidth"]?.number ?? 4)
    }
    return [number("rangeMin") ?? low, number("rangeMax") ?? high]
  }

  private func discreteRange(count: Int) throws(FigureError) -> [ScaleOutput] {
    if let range = properties["range"]?.array { return try outputs(range) }
    switch channel {
    case .shape:
      return [
        "circle", "square", "triangle-up", "cross", "diamond", "triangle-right", "triangle-down", "triangle-left",
      ]
      .map { .text($0) }
    case .strokeDash:
      return [[1, 0], [4, 2], [2, 1], [1, 1], [1, 2, 4, 2]].map { .dash($0) }
    case .color, .fill, .stroke:
      let preset = definition?.type == .ordinal || definition?.type == .quantitative ? "ordinal" : "category"
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

  private func outputs(_ range: [JSON]) throws(FigureError) -> [ScaleOutput] {
    var outputs: [ScaleOutput] = []
    for (index, item) in range.enumerated() {
      if channel.isColor {
        guard let color = config.color(item) else {
          throw FigureError("\(path).range[\(index)]", "no colour \"\(item.string ?? "")\"\(Self.colorHint(item))")
        }
        outputs.append(.color(color))
      } else if let dash = item.array {
        outputs.append(.dash(dash.compactMap(\.number)))
      } else if let number = item.number {
        outputs.append(.number(number))
      } else {
        outputs.append(.text(item.string ?? ""))
      }
    }
    return outputs
  }

  static func colorHint(_ json: JSON) -> String {
    Spelling.hint(json.string ?? "", among: Token.allCases.map(\.rawValue))
  }

  /// The scheme given, or the one that the config has for such data.
  private func scheme(_ preset: String) throws(FigureError) -> Schemes.Scheme {
    let name = properties["scheme"]?.string ?? properties["scheme"]?["name"]?.string
    if let name {
      guard let found = Schemes.named(name, theme: config.theme) else {
        throw FigureError(
          "\(path).scheme",
          "no scheme \"\(name)\"\(Spelling.hint(name, among: Schemes.names)); use \(Schemes.names.joined(separator: ", "))"
        )
      }
      return found
    }
    let given = config["range"][properties["range"]?.string ?? preset]
    if let colors = given?.array { return .categorical(colors.compactMap { config.color($0) }) }
    return Schemes.named(given?["scheme"]?.string ?? "ramp", theme: config.theme) ?? .ramp([.white, .black])
  }

  private func ramp() throws(FigureError) -> ColorRamp {
    if let range = properties["range"]?.array {
      return ColorRamp(stops: try outputs(range).compactMap { if case .color(let color) = $0 { color } else { nil } })
    }
    let isHeat = uses.contains { $0.unit.mark.type == .rect }
    let preset = properties["domainMid"] != nil ? "diverging" : isHeat ? "heatmap" : "ramp"
    switch try scheme(preset) {
    case .categorical(let colors): return ColorRamp(stops: colors)
    case .ramp(let stops): return ColorRamp(stops: stops, isSpline: stops.count > 3)
    }
  }

  /// Thresholds and what lies between them.
  private func steps() throws(FigureError) -> Scale {
    var thresholds: [Double]
    let extent: [Double]
    switch kind {
    case .threshold:
      thresholds = (properties["domain"]?.array ?? []).compactMap(number(of:))
      extent = []
    case .binOrdinal:
      let edges = binEdges ?? []
      thresholds = Array(edges.dropFirst().dropLast())
      extent = [edges.first ?? 0, edges.last ?? 1]
    default:
      let domain = try continuous(length: 1).domain
      let count =
        properties["range"]?.array?.count ?? min(100, Int(bounded: properties["scheme"]?["count"]?.number ?? 4))
      extent = [domain[0], domain[domain.count - 1]]
      thresholds = (1..<max(2, count)).map { extent[0] + (extent[1] - extent[0]) * Double($0) / Double(count) }
    }
    let count = thresholds.count + 1
    let range: [ScaleOutput]
    if let given = properties["range"]?.array {
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
