/// Nodes and the space that they take.
struct Drawn: Equatable {
  var nodes: [Node] = []
  var bounds = Bounds()

  mutating func add(_ other: Drawn) {
    nodes += other.nodes
    bounds.add(other.bounds)
  }
}

/// A rectangle that grows; empty at first.
struct Bounds: Equatable {
  var left = Double.infinity
  var top = Double.infinity
  var right = -Double.infinity
  var bottom = -Double.infinity

  var isEmpty: Bool { left > right }
  var width: Double { isEmpty ? 0 : right - left }
  var height: Double { isEmpty ? 0 : bottom - top }

  init() {}

  init(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  mutating func add(_ other: Bounds) {
    if other.isEmpty { return }
    left = min(left, other.left)
    top = min(top, other.top)
    right = max(right, other.right)
    bottom = max(bottom, other.bottom)
  }

  func moved(_ x: Double, _ y: Double) -> Bounds {
    isEmpty ? self : Bounds(left + x, top + y, right + x, bottom + y)
  }

  /// The space of a line of text, rotated around its anchor.
  static func text(_ text: Text, _ measure: TextMeasure) -> Bounds {
    let width = measure.width(text.string, text.style)
    let start = text.anchor == .start ? 0 : text.anchor == .end ? -width : -width / 2
    let (up, down) = (text.style.size * 0.8, text.style.size * 0.24)
    let turn = text.angle * Double.pi / 180
    var bounds = Bounds()
    for (x, y) in [(start, -up), (start + width, -up), (start, down), (start + width, down)] {
      let px = text.x + x * Math.cos(turn) - y * Math.sin(turn)
      let py = text.y + x * Math.sin(turn) + y * Math.cos(turn)
      bounds.add(Bounds(px, py, px, py))
    }
    return bounds
  }
}

extension Axis {
  /// Grid lines, drawn below the marks.
  func grid(_ config: Config) -> [Node] {
    guard properties.grid == true else { return [] }
    let color = (config.color(properties.gridColor) ?? .black).opacity(properties.gridOpacity ?? 1)
    let dash = properties.gridDash ?? []
    let shift = properties.translate ?? 0
    // In our look a line without a number is noise, for example between the powers of a log scale.
    let lined = config.isHouse ? ticks.filter { !$0.label.isEmpty && ($0.isShown || isBare) } : ticks
    let lines = lined.flatMap { tick -> [Path.Segment] in
      let place = tick.position + shift
      return isHorizontal ? [.move(place, 0), .line(place, across)] : [.move(0, place), .line(across, place)]
    }
    if lines.isEmpty { return [] }
    return [.path(Path(lines, stroke: Stroke(color, width: properties.gridWidth ?? 1, dash: dash)))]
  }

  /// No label is shown at all: the labels of another plot serve for this one too.
  private var isBare: Bool { !ticks.contains(where: \.isShown) }

  /// Line, ticks, labels and title.
  func draw(_ config: Config, _ measure: TextMeasure) -> Drawn {
    var drawn = Drawn()
    let away: Double = side == .left || side == .top ? -1 : 1
    let shift = properties.translate ?? 0
    // The position of the axis across its direction.
    let base = (side == .right || side == .bottom ? across : 0) + shift + away * (properties.offset ?? 0)
    let place = { (along: Double, out: Double) -> (Double, Double) in
      isHorizontal ? (along, base + away * out) : (base + away * out, along)
    }
    if properties.domain == true {
      let (from, to) = (place(shift, 0), place(length + shift, 0))
      let stroke = Stroke(
        config.color(properties.domainColor) ?? .black, width: properties.domainWidth ?? 1,
        dash: properties.domainDash ?? [])
      drawn.nodes.append(.path(Path([.move(from.0, from.1), .line(to.0, to.1)], stroke: stroke)))
      drawn.bounds.add(Bounds(min(from.0, to.0), min(from.1, to.1), max(from.0, to.0), max(from.1, to.1)))
    }
    let tickSize = properties.ticks == true ? properties.tickSize ?? 5 : 0
    if tickSize != 0 {
      let lines = ticks.flatMap { tick -> [Path.Segment] in
        let along = tick.position + shift + (properties.tickOffset ?? 0)
        let (from, to) = (place(along, 0), place(along, tickSize))
        drawn.bounds.add(Bounds(min(from.0, to.0), min(from.1, to.1), max(from.0, to.0), max(from.1, to.1)))
        return [.move(from.0, from.1), .line(to.0, to.1)]
      }
      let stroke = Stroke(config.color(properties.tickColor) ?? .black, width: properties.tickWidth ?? 1)
      drawn.nodes.append(.path(Path(lines, stroke: stroke)))
    }
    let gap = tickSize + (properties.labelPadding ?? 2)
    let column = isNames ? max(names, namesWidth(measure)) : 0
    for tick in ticks where tick.isShown && !tick.label.isEmpty {
      let (x, y) = place(tick.position + shift + (properties.labelOffset ?? 0), gap + column)
      for (index, line) in tick.label.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let text = label(tick, String(line), x, y + Double(index) * (tick.style.size + 3))
        drawn.nodes.append(.text(text))
        drawn.bounds.add(.text(text, measure))
      }
    }
    drawTitle(&drawn, place, away, config, measure)
    return drawn
  }

  private func label(_ tick: Tick, _ line: String, _ x: Double, _ y: Double) -> Text {
    let angle = ((properties.labelAngle ?? 0).truncatingRemainder(dividingBy: 360) + 360).truncatingRemainder(
      dividingBy: 360)
    var anchor: Text.Anchor
    var baseline: String
    if isHorizontal {
      let isTop = side == .top
      anchor = angle == 0 ? tick.anchor : angle == 180 ? .middle : (angle < 180) == isTop ? .end : .start
      baseline =
        angle == 0
        ? (isTop ? "bottom" : "top")
        : angle == 90 || angle == 270 ? "middle" : (angle > 45 && angle < 315 ? "middle" : isTop ? "bottom" : "top")
    } else {
      let isLeft = side == .left
      anchor = angle == 90 || angle == 270 ? .middle : isLeft ? .end : .start
      baseline = angle == 90 ? (isLeft ? "top" : "bottom") : angle == 270 ? (isLeft ? "bottom" : "top") : "middle"
    }
    switch isNames ? .left : properties.labelAlign {
    case .left?: anchor = .start
    case .right?: anchor = .end
    case .center?: anchor = .middle
    case nil: break
    }
    if let given = properties.labelBaseline { baseline = given }
    let item = TextItem(
      string: line, x: x, y: y, align: anchor, baseline: baseline, size: tick.style.size, weight: tick.style.weight,
      italic: tick.style.italic, angle: angle, family: tick.style.family)
    return item.node(tick.style.color)
  }

  private func drawTitle(
    _ drawn: inout Drawn, _ place: (Double, Double) -> (Double, Double), _ away: Double, _ config: Config,
    _ measure: TextMeasure
  ) {
    guard let title, !title.isEmpty else { return }
    let style = LabelStyle(titleOf: properties, config).style()
    let padding = properties.titlePadding ?? 4
    let anchor = properties.titleAnchor ?? "middle"
    let along =
      anchor == "start" ? (isHorizontal ? 0 : length) : anchor == "end" ? (isHorizontal ? length : 0) : length / 2
    let align: Text.Anchor = anchor == "start" ? .start : anchor == "end" ? .end : .middle
    var item = TextItem(
      string: title, x: along, y: 0, align: align, baseline: "bottom", size: style.size, weight: style.weight,
      italic: style.italic, angle: 0, family: style.family)
    let out: Double
    switch side {
    case .bottom: out = max(drawn.bounds.isEmpty ? across : drawn.bounds.bottom, across) + padding
    case .top: out = min(drawn.bounds.isEmpty ? 0 : drawn.bounds.top, 0) - padding
    case .left: out = min(drawn.bounds.isEmpty ? 0 : drawn.bounds.left, 0) - padding
    case .right: out = max(drawn.bounds.isEmpty ? across : drawn.bounds.right, across) + padding
    }
    (item.x, item.y) = isHorizontal ? (along, out) : (out, along)
    item.baseline = side == .bottom ? "top" : "bottom"
    item.angle = isHorizontal ? 0 : side == .left ? -90 : 90
    if let angle = properties.titleAngle { item.angle = angle }
    if let x = properties.titleX { item.x = x }
    if let y = properties.titleY { item.y = y }
    if item.angle == 0, !isHorizontal {
      // A horizontal title of a vertical axis is above it.
      item.align = side == .left ? .start : .end
    }
    if let given = properties.titleAlign {
      item.align = given == "left" ? .start : given == "right" ? .end : .middle
    }
    if let given = properties.titleBaseline { item.baseline = given }
    let node = item.node(style.color)
    drawn.nodes.append(.text(node))
    drawn.bounds.add(.text(node, measure))
  }
}
