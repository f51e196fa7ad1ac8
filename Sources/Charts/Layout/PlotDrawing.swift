/// A plot at a given size: its scales, axes and marks, computed but not yet nodes.
struct PlotDrawing {
  var path: String
  var width: Double
  var height: Double
  var scales: [(key: String, channel: Channel, scale: Scale)]
  var axes: [Axis]
  /// The items of each unit, from back to front.
  var items: [[MarkItem]]
  var units: [Unit]
  var background: BackgroundOptions?
  var raisedText = 0
  /// A facet's value, or values.
  var label = ""
  /// What the reader needs to know about how the marks were drawn.
  var notes: [String] = []
  /// The plot's position in the figure, once the layout is known.
  var x = 0.0
  var y = 0.0
}

struct PlotBuilder {
  var model: Model
  var measure: TextMeasure
  /// Only what extends beyond the plot, which is enough while its size is being found.
  var onlyTexts = false

  private var config: Config { model.config }

  func build(_ plot: Model.Plot, width: Double, height: Double, hidden: Set<Channel>) throws(FigureError) -> PlotDrawing
  {
    var scales: [(key: String, channel: Channel, scale: Scale)] = []
    for keys in plot.keys {
      for channel in Channel.allCases {
        guard let key = keys[channel], let source = model.sources[key], !scales.contains(where: { $0.key == key })
        else { continue }
        scales.append((key, channel, try scale(source, channel, width, height, scales)))
      }
    }
    var drawing = PlotDrawing(
      path: plot.spec.path, width: width, height: height, scales: scales, axes: [], items: [], units: plot.units,
      background: plot.spec.background)
    drawing.axes = axes(scales, width, height, hidden)
    for (unit, keys) in zip(plot.units, plot.keys) {
      if onlyTexts, unit.mark.type != .text {
        drawing.items.append([])
        continue
      }
      var own: [Channel: Scale] = [:]
      for (channel, key) in keys { own[channel] = scales.first { $0.key == key }?.scale }
      var context = MarkContext(unit: unit, scales: own, width: width, height: height, config: config)
      let hasFields = unit.channels.contains { ($0.column != nil && $0.channel != .tooltip) || !$0.conditions.isEmpty }
      var rows = hasFields ? Array(0..<unit.table.rowCount) : unit.table.rowCount > 0 ? [0] : []
      if !unit.mark.type.isPath, unit.stacked == nil {
        // The last in the order is on top.
        let keys = unit.all(.order).compactMap { order in
          order.column.map { SortKey(field: $0, descending: order.options.sort?.isDescending == true) }
        }
        rows = SortKey.sorted(rows, of: unit.table, by: keys)
      }
      var items = context.items(rows)
      if config.isHouse, !onlyTexts {
        let (thinned, note) = Thinning.thin(items, unit.mark.type)
        items = thinned
        if let note { drawing.notes.append(note) }
      }
      drawing.items.append(items)
      drawing.raisedText += context.raisedText
    }
    if config.isHouse {
      var collision = TextCollision(measure)
      drawing.items = drawing.items.map { collision.resolve($0) }
      if collision.dropped > 0 {
        drawing.notes.append("\(collision.dropped) label\(collision.dropped == 1 ? "" : "s") left out for want of room")
      }
    }
    return drawing
  }

  private func scale(
    _ source: ScaleSource, _ channel: Channel, _ width: Double, _ height: Double,
    _ known: [(key: String, channel: Channel, scale: Scale)]
  ) throws(FigureError) -> Scale {
    switch channel {
    case .x: return try source.positions((0, width))
    case .y: return try source.positions(source.kind.isDiscrete ? (0, height) : (height, 0))
    case .xOffset, .yOffset:
      let outer: Channel = channel == .xOffset ? .x : .y
      let band = known.first { $0.channel == outer }?.scale.band?.bandwidth ?? 0
      return try source.positions((0, band))
    default: return try source.outputs()
    }
  }

  private func axes(
    _ scales: [(key: String, channel: Channel, scale: Scale)], _ width: Double, _ height: Double, _ hidden: Set<Channel>
  ) -> [Axis] {
    var axes: [Axis] = []
    for (key, channel, scale) in scales where channel.isPosition {
      guard let source = model.sources[key] else { continue }
      let builder = AxisBuilder(
        source: source, scale: scale, length: channel == .x ? width : height, across: channel == .x ? height : width,
        config: config, measure: measure)
      guard var axis = builder.build() else { continue }
      if axes.contains(where: { $0.side == axis.side }), source.definition?.options.axis?.value?.orient == nil {
        axis.side = channel == .x ? .top : .right
      }
      if hidden.contains(channel) {
        // Only its grid.
        axis.properties.domain = false
        axis.properties.ticks = false
        axis.title = nil
        for index in axis.ticks.indices { axis.ticks[index].isShown = false }
      }
      axes.append(axis)
    }
    return axes
  }
}

extension PlotDrawing {
  /// Grid, marks, axes; bounds from the plot's top left corner.
  func draw(_ config: Config, _ measure: TextMeasure) -> Drawn {
    var drawn = Drawn(bounds: Bounds(0, 0, width, height))
    let view = config.options.view
    let fill = config.color(background?.fill ?? view.fill)
    let stroke = config.color(background?.stroke ?? view.stroke)
    if fill != nil || stroke != nil {
      drawn.nodes.append(
        .path(
          Path(
            [.rectangle(x: 0, y: 0, width: width, height: height)], fill: fill,
            stroke: stroke.map { Stroke($0, width: background?.strokeWidth ?? view.strokeWidth ?? 1) })))
    }
    for axis in axes { drawn.nodes += axis.grid(config) }
    let above = axes.filter { config.isHouse ? $0.properties.zindex != 0 : $0.properties.zindex == 1 }
    for axis in axes where !above.contains(axis) { drawn.add(axis.draw(config, measure)) }
    for (unit, items) in zip(units, items) { drawn.add(Self.draw(items, of: unit, width, height, measure)) }
    for axis in above { drawn.add(axis.draw(config, measure)) }
    return drawn
  }

  private static func draw(
    _ items: [MarkItem], of unit: Unit, _ width: Double, _ height: Double, _ measure: TextMeasure
  ) -> Drawn {
    var drawn = Drawn()
    var nodes = MarkBatch.nodes(items, measure)
    for item in items {
      if case .text(let text) = item.geometry { drawn.bounds.add(.text(text.node(.black), measure)) }
    }
    if unit.mark.properties.clip == true {
      nodes = [.group(Group(clip: Size(width: width, height: height), nodes: nodes))]
    }
    drawn.nodes = nodes
    return drawn
  }
}

/// Joins neighbouring dots of one appearance into one path: a tenth of the nodes, and Cairo draws them as one stroke.
enum MarkBatch {
  static func nodes(_ items: [MarkItem], _ measure: TextMeasure) -> [Node] {
    var nodes: [Node] = []
    var dots: [Path.Segment] = []
    var look: MarkItem?
    func flush() {
      if let look, !dots.isEmpty {
        nodes.append(.path(Path(dots, fill: look.fill)))
      }
      dots = []
      look = nil
    }
    for item in items {
      guard case .symbol(let x, let y, let size, "circle") = item.geometry, item.stroke == nil, item.tooltip == nil,
        let fill = item.fill, fill.alpha == 1
      else {
        flush()
        nodes += item.nodes(measure)
        continue
      }
      let radius = (max(0, size) / Double.pi).squareRoot()
      if let look, look.fill != fill { flush() }
      look = item
      dots.append(.circle(x: x, y: y, radius: radius))
    }
    flush()
    return nodes
  }
}
