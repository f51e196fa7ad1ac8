/// Places plots in grids, with their headers, titles and legends.
///
/// Columns are as wide as the widest left and right parts of their plots, measured from the plots' corners, so that
/// plots are aligned whatever their axes need (Vega's grid layout).
struct Composer {
  var model: Model
  var measure: TextMeasure
  /// Nil keeps Vega-Lite's own sizes; otherwise the width of plots without one of their own.
  var flexibleWidth: Double?
  var onlyTexts = false
  /// Whether `width: {step: …}` holds; otherwise such a plot takes the flexible width.
  var keepsSteps = true

  private var config: Config { model.config }

  struct Composed {
    var drawn: Drawn
    var plots: [PlotDrawing]
  }

  func compose(_ view: Model.View, hidden: Set<Channel> = []) throws(FigureError) -> Composed {
    switch view {
    case .plot(let plot): return draw(try build(plot, hidden), of: plot)
    case .grid(let grid): return try compose(grid)
    }
  }

  private func build(_ plot: Model.Plot, _ hidden: Set<Channel>) throws(FigureError) -> PlotDrawing {
    let (width, height) = try size(plot)
    return try PlotBuilder(model: model, measure: measure, onlyTexts: onlyTexts).build(
      plot, width: width, height: height, hidden: hidden)
  }

  private func draw(_ drawing: PlotDrawing, of plot: Model.Plot) -> Composed {
    var drawn = drawing.draw(config, measure)
    if isTitled(plot.spec.path) { FigureTitle.add(plot.spec.title, to: &drawn, width: drawing.width, config, measure) }
    return Composed(drawn: drawn, plots: [drawing])
  }

  /// The plots of a grid, each drawn separately, but with a shared width for the names beside one column of plots.
  private func parts(_ grid: Model.Grid) throws(FigureError) -> [(cell: Model.Grid.Cell, composed: Composed)] {
    var drawings: [Int: PlotDrawing] = [:]
    var names: [Int: Double] = [:]
    for (index, cell) in grid.cells.enumerated() {
      guard case .plot(let plot) = cell.view else { continue }
      let drawing = try build(plot, cell.hidden)
      let widths = drawing.axes.filter(\.isNames).map { $0.namesWidth(measure) }
      names[cell.column] = max(names[cell.column] ?? 0, widths.max() ?? 0)
      drawings[index] = drawing
    }
    var parts: [(cell: Model.Grid.Cell, composed: Composed)] = []
    for (index, cell) in grid.cells.enumerated() {
      if case .plot(let plot) = cell.view, var drawing = drawings[index] {
        for axis in drawing.axes.indices { drawing.axes[axis].names = names[cell.column] ?? 0 }
        parts.append((cell, draw(drawing, of: plot)))
      } else {
        parts.append((cell, try compose(cell.view, hidden: cell.hidden)))
      }
    }
    return parts
  }

  /// The root's title is above everything, including legends.
  private func isTitled(_ path: String) -> Bool { !path.isEmpty && path != "spec." }

  private func compose(_ grid: Model.Grid) throws(FigureError) -> Composed {
    var parts = try parts(grid)
    for index in parts.indices {
      let cell = parts[index].cell
      if let label = cell.columnLabel, let plot = parts[index].composed.plots.first {
        Header.addColumn(label, to: &parts[index].composed.drawn, plot, grid, config, measure)
      }
      for plot in parts[index].composed.plots.indices { parts[index].composed.plots[plot].label = cell.name }
    }
    for index in parts.indices {
      if let label = parts[index].cell.rowLabel, let plot = parts[index].composed.plots.first {
        Header.addRow(label, to: &parts[index].composed.drawn, plot, grid, config, measure)
      }
    }
    let spacing = spacing(grid)
    let columns = Self.tracks(
      parts.map { ($0.cell.column, $0.composed.drawn.bounds.left, $0.composed.drawn.bounds.right) }, spacing.column)
    let rows = Self.tracks(
      parts.map { ($0.cell.row, $0.composed.drawn.bounds.top, $0.composed.drawn.bounds.bottom) }, spacing.row)
    var result = Composed(drawn: Drawn(), plots: [])
    for (cell, part) in parts {
      let (x, y) = (columns[cell.column], rows[cell.row])
      result.drawn.nodes.append(.group(Group(x: x, y: y, nodes: part.drawn.nodes)))
      result.drawn.bounds.add(part.drawn.bounds.moved(x, y))
      for var plot in part.plots {
        plot.x += x
        plot.y += y
        result.plots.append(plot)
      }
    }
    Header.addTitles(to: &result.drawn, result.plots, grid, config, measure)
    if isTitled(grid.path) {
      FigureTitle.add(grid.title, to: &result.drawn, width: result.drawn.bounds.right, config, measure)
    }
    return result
  }

  private func spacing(_ grid: Model.Grid) -> (row: Double, column: Double) {
    let preset =
      (grid.kind == .facet ? config.options.facetSpacing : config.options.concatSpacing) ?? 20
    return (
      grid.spacing.row ?? preset, grid.spacing.column ?? preset
    )
  }

  /// The positions of the corners of the plots of each column (or row).
  private static func tracks(_ parts: [(index: Int, low: Double, high: Double)], _ spacing: Double) -> [Double] {
    let count = (parts.map(\.index).max() ?? -1) + 1
    var low = [Double](repeating: 0, count: count)
    var high = [Double](repeating: 0, count: count)
    for part in parts {
      low[part.index] = max(low[part.index], -part.low)
      high[part.index] = max(high[part.index], part.high)
    }
    var corners: [Double] = []
    var edge = 0.0
    for index in 0..<count {
      corners.append(edge + low[index])
      edge += low[index] + high[index] + spacing
    }
    // The first corner is the origin.
    return corners.map { $0 - (corners.first ?? 0) }
  }

  // MARK: Sizes

  private func size(_ plot: Model.Plot) throws(FigureError) -> (Double, Double) {
    (try length(plot, .x), try length(plot, .y))
  }

  private func length(_ plot: Model.Plot, _ channel: Channel) throws(FigureError) -> Double {
    let given = channel == .x ? plot.spec.width : plot.spec.height
    if let number = given?.points { return number }
    let view = config.options.view
    let discrete = channel == .x ? view.discreteWidth : view.discreteHeight
    let key = plot.keys.lazy.compactMap { $0[channel] }.first
    let source = key.flatMap { model.sources[$0] }
    let isFlexible = channel == .x && flexibleWidth != nil && (given?.step == nil || !keepsSteps)
    if isFlexible, let flexibleWidth { return max(20, flexibleWidth) }
    guard let source, source.kind.isDiscrete else {
      // Without any scale, one step.
      if source == nil, given != .container {
        return discrete?.step ?? view.step ?? 20
      }
      return (channel == .x ? view.continuousWidth : view.continuousHeight) ?? 200
    }
    if given == .container {
      return view.continuousHeight ?? 200
    }
    if given?.step == nil, let number = discrete?.points { return number }
    var step = given?.step ?? discrete?.step ?? view.step ?? 20
    if case .step(let own?)? = source.properties.range { step = own }
    let (inner, outer) = source.bandPadding
    let offset: Channel = channel == .x ? .xOffset : .yOffset
    var isOuter = false
    if case .step(_, let outer)? = given { isOuter = outer }
    if !isOuter,
      let nested = plot.keys.lazy.compactMap({ $0[offset] }).first.flatMap({ model.sources[$0] }),
      nested.kind.isDiscrete
    {
      let padding = nested.bandPadding
      let space = BandScale.space(
        count: try nested.names().count, paddingInner: padding.inner, paddingOuter: padding.outer)
      step = step * space / (1 - inner)
    }
    return step * BandScale.space(count: try source.names().count, paddingInner: inner, paddingOuter: outer)
  }

  /// How many plots share the width side by side.
  static func plotsAcross(_ view: Model.View, keepsSteps: Bool) -> Int {
    switch view {
    case .plot(let plot): return plot.spec.width?.points == nil && (plot.spec.width?.step == nil || !keepsSteps) ? 1 : 0
    case .grid(let grid):
      let rows = Dictionary(grouping: grid.cells, by: \.row).values
      return rows.map { $0.reduce(0) { $0 + plotsAcross($1.view, keepsSteps: keepsSteps) } }.max() ?? 0
    }
  }
}
