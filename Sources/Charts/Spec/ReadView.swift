/// Makes the tree of views of a spec; inner views inherit from outer ones.
struct ViewReader {
  /// What a view inherits from those around it.
  private struct Inherited {
    var data: Nullable<DataOptions>?
    var transforms: [Transform] = []
    var encoding = EncodingOptions()
  }

  static func read(_ options: ViewOptions) throws(FigureError) -> ViewSpec { try view(options, "", Inherited()) }

  private static func refuse(
    _ given: [(String, Bool)], _ path: String, _ instead: String
  ) throws(FigureError) {
    for (name, isGiven) in given where isGiven {
      throw FigureError("\(path)\(name)", "not supported here (\(instead))")
    }
  }

  /// Properties that only the outermost view may have.
  private static func refuseRoot(_ view: ViewOptions, _ path: String, _ instead: String)
    throws(FigureError)
  {
    try refuse(
      [
        ("config", view.config != nil), ("background", view.background != nil),
        ("padding", view.padding != nil),
      ], path, instead)
  }

  private static func view(_ options: ViewOptions, _ path: String, _ outer: Inherited) throws(FigureError) -> ViewSpec {
    if !path.isEmpty {
      try refuseRoot(options, path, "write it at the top of the figure")
    }
    let inherited = inherit(options, outer)
    for (name, list, columns) in [
      ("hconcat", options.hconcat, Int?.none), ("vconcat", options.vconcat, 1),
      ("concat", options.concat, options.columns.map { Int(bounded: $0) }),
    ] {
      guard let list else { continue }
      var views: [ViewSpec] = []
      for (index, item) in list.enumerated() { views.append(try view(item, "\(path)\(name)[\(index)].", inherited)) }
      return .concat(
        ConcatSpec(
          path: path, title: options.title?.value?.options, spacing: options.spacing ?? Spacing(),
          resolve: options.resolve ?? Resolution(), columns: columns, views: views))
    }
    if let facet = options.facet, let inner = options.spec?.first {
      try refuse([("title", inner.title != nil)], "\(path)spec.", "write it beside facet")
      try refuseRoot(inner, "\(path)spec.", "write it beside facet")
      let plot = try plot(inner, "\(path)spec.", inherit(inner, inherited))
      let (row, column) = (facet.row?.value?.options, facet.column?.value?.options)
      let isGrid = facet.row != nil || facet.column != nil
      return .facet(
        FacetSpec(
          path: path, title: options.title?.value?.options, spacing: options.spacing ?? Spacing(),
          resolve: options.resolve ?? inner.resolve ?? Resolution(), row: row, column: column,
          wrap: isGrid ? nil : facet,
          columns: options.columns.map { Int(bounded: $0) }, plot: plot))
    }
    if options.mark == nil, options.layer == nil {
      throw FigureError(String(path.dropLast()), "a view needs mark, layer, facet, hconcat, vconcat or concat")
    }
    var plot = try plot(options, path, inherited)
    let (row, column, wrap) = (
      options.encoding?[.row], options.encoding?[.column], options.encoding?[.facet]
    )
    if row == nil, column == nil, wrap == nil { return .plot(plot) }
    // In the encoding of a facet, shared scales are decided by the facet.
    plot.resolve = Resolution()
    let title = plot.title
    plot.title = nil
    return .facet(
      FacetSpec(
        path: path, title: title,
        spacing: wrap?.spacing ?? Spacing(row: row?.spacing?.row, column: column?.spacing?.column),
        resolve: options.resolve ?? Resolution(), row: row, column: column, wrap: wrap,
        columns: wrap?.columns.map { Int(bounded: $0) }, plot: plot))
  }

  private static func inherit(_ options: ViewOptions, _ outer: Inherited) -> Inherited {
    var inner = outer
    if let data = options.data { (inner.data, inner.transforms) = (data, []) }
    inner.transforms += options.transform ?? []
    if options.layer != nil, let encoding = options.encoding { inner.encoding = outer.encoding.overlaid(encoding) }
    return inner
  }

  private static func plot(_ options: ViewOptions, _ path: String, _ inherited: Inherited) throws(FigureError)
    -> PlotSpec
  {
    var layers: [UnitSpec] = []
    try collect(options, path, inherited, &layers)
    return PlotSpec(
      path: path, width: options.width, height: options.height, background: options.view,
      title: options.title?.value?.options, resolve: options.resolve ?? Resolution(), layers: layers)
  }

  private static func collect(
    _ options: ViewOptions, _ path: String, _ inherited: Inherited, _ layers: inout [UnitSpec]
  ) throws(FigureError) {
    if let list = options.layer {
      for (index, item) in list.enumerated() {
        let place = "\(path)layer[\(index)]."
        try refuse(
          [
            ("width", item.width != nil), ("height", item.height != nil),
            ("title", item.title != nil),
            ("view", item.view != nil), ("resolve", item.resolve != nil),
          ], place, "write it beside layer")
        try refuseRoot(item, place, "write it beside layer")
        try collect(item, place, inherit(item, inherited), &layers)
      }
      return
    }
    guard let mark = options.mark else { throw FigureError("\(path)mark", "a layer needs a mark") }
    let encoding = inherited.encoding.overlaid(options.encoding ?? EncodingOptions())
    let unit = UnitSpec(
      path: path, type: mark.type, mark: mark.options, encoding: encoding, data: inherited.data,
      transforms: inherited.transforms)
    layers.append(contentsOf: unfolded(unit, mark))
  }

  /// `"point": true` on a line, and `"line": true` on an area, become separate marks.
  private static func unfolded(_ unit: UnitSpec, _ mark: MarkGiven) -> [UnitSpec] {
    guard unit.type == .line || unit.type == .area else { return [unit] }
    var units = [unit]
    if unit.type == .area, case .on(let line)? = mark.line {
      if unit.mark.opacity == nil { units[0].mark.opacity = 0.7 }
      var copy = unit
      copy.type = .line
      copy.mark = line
      if copy.mark.color == nil { copy.mark.color = unit.mark.color }
      for channel in [Channel.x, .y] {
        let stack = stacking(unit, channel)
        copy.encoding.set(channel) { definition in
          guard definition.stack == nil,
            definition.field != nil || definition.aggregate != nil
          else { return }
          definition.stack = stack
        }
      }
      units.append(copy)
    }
    if let point = mark.point, point != .off {
      var copy = unit
      copy.type = .point
      copy.mark = MarkOptions(filled: true, opacity: point == .transparent ? 0 : 1)
      copy.mark.color = unit.mark.color
      if case .on(let own) = point { copy.mark = copy.mark.overlaid(own) }
      units.append(copy)
    }
    return units
  }

  private static func stacking(_ unit: UnitSpec, _ channel: Channel) -> Nullable<
    ChannelOptions.Stacking
  > {
    let parted = Channel.grouping.contains { unit.encoding[$0]?.field != nil }
    let definition =
      unit.encoding[channel]
    let isMeasure = definition?.type == .quantitative || definition?.aggregate != nil
    return parted && isMeasure ? .some(.offset(.zero)) : .null
  }
}
