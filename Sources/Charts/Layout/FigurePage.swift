/// A whole figure: its views, legends beside them, and its title above.
struct FigurePage {
  /// The outermost view.
  var root: ViewOptions
  var model: Model
  var measure: TextMeasure
  var titles: Bool
  private var keepsSteps = true

  init(root: ViewOptions, model: Model, measure: TextMeasure, titles: Bool) {
    (self.root, self.model, self.measure, self.titles) = (root, model, measure, titles)
  }

  struct Laid {
    var scene: Scene
    var plots: [PlotDrawing]
    var legends: [Legend]
  }

  private var config: Config { model.config }

  /// With Vega-Lite's own sizes and padding.
  func natural() throws(FigureError) -> Laid {
    let (drawn, plots, legends) = try lay(nil, onlyTexts: false)
    return laid(drawn, plots, legends, width: nil)
  }

  /// Finds the plots' width with which the figure, including axes, labels and legends, is as wide as requested. Where the
  /// steps of a plot make it wider than that, they shrink.
  mutating func fitted(to width: Double) throws(FigureError) -> Laid {
    let padding = 2 * (config.options.padding ?? 0)
    var across = Double(Composer.plotsAcross(model.root, keepsSteps: true))
    if across == 0, try lay(nil, onlyTexts: true).0.bounds.width + padding > width + 0.05 {
      keepsSteps = false
      across = Double(Composer.plotsAcross(model.root, keepsSteps: false))
    }
    var plotWidth = across > 0 ? max(20, (width - padding) / across - 40) : 0
    for _ in 0..<5 where across > 0 {
      let rest = width - padding - (try lay(plotWidth, onlyTexts: true)).0.bounds.width
      if abs(rest) < 0.05 || (plotWidth <= 20 && rest < 0) { break }
      plotWidth = max(20, plotWidth + rest / across)
    }
    let (drawn, plots, legends) = try lay(plotWidth, onlyTexts: false)
    return laid(drawn, plots, legends, width: width)
  }

  private func lay(_ plotWidth: Double?, onlyTexts: Bool) throws(FigureError) -> (Drawn, [PlotDrawing], [Legend]) {
    let composer = Composer(
      model: model, measure: measure, flexibleWidth: plotWidth, onlyTexts: onlyTexts, keepsSteps: keepsSteps)
    let composed = try composer.compose(model.root)
    var drawn = composed.drawn
    var seen: Set<String> = []
    var sources: [(source: ScaleSource, scale: Scale)] = []
    for plot in composed.plots {
      for (key, channel, scale) in plot.scales where !channel.isPosition && channel != .xOffset && channel != .yOffset {
        guard seen.insert(key).inserted, let source = model.sources[key] else { continue }
        sources.append((source, scale))
      }
    }
    let height = composed.plots.map(\.height).first ?? 0
    let builder = LegendBuilder(sources: sources, config: config, height: height)
    let legends = builder.build()
    place(legends, builder, &drawn, composed.plots)
    if titles {
      let right = composed.plots.map { $0.x + $0.width }.max() ?? drawn.bounds.right
      FigureTitle.add(root.title?.value?.options, to: &drawn, width: right, config, measure)
    }
    return (drawn, composed.plots, legends)
  }

  private func place(_ legends: [Legend], _ builder: LegendBuilder, _ drawn: inout Drawn, _ plots: [PlotDrawing]) {
    let body = drawn.bounds
    var next: [LegendOptions.Orient: Double] = [:]
    for legend in legends {
      let part = legend.draw(config, measure, gradientLength: builder.gradientLength(legend.properties))
      if part.nodes.isEmpty || legend.orient == .none { continue }
      let offset = legend.properties.offset ?? 0
      let along = next[legend.orient] ?? 0
      var (x, y) = (0.0, 0.0)
      switch legend.orient {
      case .left: (x, y) = (body.left - offset - part.bounds.right, along)
      case .top: (x, y) = (along, body.top - offset - part.bounds.bottom)
      case .bottom: (x, y) = (along, body.bottom + offset - part.bounds.top)
      case .topLeft: (x, y) = (offset, offset + along)
      case .topRight: (x, y) = ((plots.first?.width ?? 0) - offset - part.bounds.right, offset + along)
      case .bottomLeft: (x, y) = (offset, (plots.first?.height ?? 0) - offset - part.bounds.bottom - along)
      case .bottomRight:
        (x, y) = (
          (plots.first?.width ?? 0) - offset - part.bounds.right,
          (plots.first?.height ?? 0) - offset - part.bounds.bottom - along
        )
      default: (x, y) = (body.right + offset, along)
      }
      if let given = legend.properties.legendX { x = given }
      if let given = legend.properties.legendY { y = given }
      next[legend.orient] =
        along
        + (legend.orient == .top || legend.orient == .bottom
          ? part.bounds.width : part.bounds.height) + 8
      drawn.nodes.append(.group(Group(x: x, y: y, nodes: part.nodes)))
      drawn.bounds.add(part.bounds.moved(x, y))
    }
  }

  private func laid(_ drawn: Drawn, _ plots: [PlotDrawing], _ legends: [Legend], width: Double?) -> Laid {
    let padding = config.options.padding ?? 0
    let (x, y) = (padding - drawn.bounds.left, padding - drawn.bounds.top)
    let size = Size(width: width ?? drawn.bounds.width + 2 * padding, height: drawn.bounds.height + 2 * padding)
    var nodes: [Node] = [.group(Group(x: x, y: y, nodes: drawn.nodes))]
    if let background = config.color(root.background ?? config.options.background) {
      nodes.insert(
        .path(Path([.rectangle(x: 0, y: 0, width: size.width, height: size.height)], fill: background)), at: 0)
    }
    let moved = plots.map { plot in
      var copy = plot
      copy.x += x
      copy.y += y
      return copy
    }
    return Laid(scene: Scene(width: size.width, height: size.height, nodes: nodes), plots: moved, legends: legends)
  }
}
