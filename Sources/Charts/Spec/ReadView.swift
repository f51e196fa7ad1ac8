/// Reads the tree of views of a spec.
struct ViewReader {
  /// What a view takes from those around it.
  private struct Inherited {
    var data: JSON?
    var transforms: [Transform] = []
    var encoding = JSON.object([])
  }

  static func read(_ json: JSON) throws(FigureError) -> ViewSpec { try view(json, "", Inherited()) }

  /// Properties that only an outer view has a say in.
  private static func refuse(
    _ names: [String], in json: JSON, _ path: String, _ instead: String
  ) throws(FigureError) {
    for name in names where json[name] != nil { throw FigureError("\(path)\(name)", "not supported here (\(instead))") }
  }

  private static func view(_ json: JSON, _ path: String, _ outer: Inherited) throws(FigureError) -> ViewSpec {
    if !path.isEmpty {
      try refuse(["config", "background", "padding"], in: json, path, "write it at the top of the figure")
    }
    let inherited = try inherit(json, path, outer)
    for (name, columns) in [
      ("hconcat", Int?.none), ("vconcat", 1), ("concat", json["columns"]?.number.map { Int(bounded: $0) }),
    ] {
      guard let list = json[name]?.array else { continue }
      var views: [ViewSpec] = []
      for (index, item) in list.enumerated() { views.append(try view(item, "\(path)\(name)[\(index)].", inherited)) }
      return .concat(ConcatSpec(path: path, json: json, columns: columns, views: views))
    }
    if let facet = json["facet"], let inner = json["spec"] {
      try refuse(["title", "config", "background", "padding"], in: inner, "\(path)spec.", "write it beside facet")
      let plot = try plot(inner, "\(path)spec.", try inherit(inner, "\(path)spec.", inherited))
      let isGrid = facet["row"] != nil || facet["column"] != nil
      return .facet(
        FacetSpec(
          path: path, json: json, row: facet["row"], column: facet["column"], wrap: isGrid ? nil : facet,
          columns: json["columns"]?.number.map { Int(bounded: $0) }, plot: plot))
    }
    if json["mark"] == nil, json["layer"] == nil {
      throw FigureError(String(path.dropLast()), "a view needs mark, layer, facet, hconcat, vconcat or concat")
    }
    let encoding = json["encoding"]
    let names = ["row", "column", "facet"].filter { encoding?[$0] != nil && encoding?[$0] != .null }
    let plot = try plot(json, path, inherited)
    if names.isEmpty { return .plot(plot) }
    return .facet(
      FacetSpec(
        path: path, json: json, row: encoding?["row"], column: encoding?["column"], wrap: encoding?["facet"],
        columns: encoding?["facet"]?["columns"]?.number.map { Int(bounded: $0) }, plot: plot))
  }

  private static func inherit(_ json: JSON, _ path: String, _ outer: Inherited) throws(FigureError) -> Inherited {
    var inner = outer
    if let data = json["data"] { (inner.data, inner.transforms) = (data, []) }
    for (index, item) in (json["transform"]?.array ?? []).enumerated() {
      inner.transforms.append(try Transform(item, path: "\(path)transform[\(index)]"))
    }
    if json["layer"] != nil, let encoding = json["encoding"] { inner.encoding = outer.encoding.merging(encoding) }
    return inner
  }

  private static func plot(_ json: JSON, _ path: String, _ inherited: Inherited) throws(FigureError) -> PlotSpec {
    var layers: [UnitSpec] = []
    try collect(json, path, inherited, &layers)
    return PlotSpec(path: path, json: json, layers: layers)
  }

  private static func collect(
    _ json: JSON, _ path: String, _ inherited: Inherited, _ layers: inout [UnitSpec]
  ) throws(FigureError) {
    if let list = json["layer"]?.array {
      for (index, item) in list.enumerated() {
        let place = "\(path)layer[\(index)]."
        let outer = ["width", "height", "title", "view", "config", "background", "padding", "resolve"]
        try refuse(outer, in: item, place, "write it beside layer")
        try collect(item, place, try inherit(item, place, inherited), &layers)
      }
      return
    }
    guard let mark = json["mark"] else { throw FigureError("\(path)mark", "a layer needs a mark") }
    let encoding = overlaid(inherited.encoding, json["encoding"] ?? .object([]))
    let unit = UnitSpec(
      path: path, mark: mark, encoding: encoding, data: inherited.data, transforms: inherited.transforms)
    layers.append(contentsOf: unfolded(unit))
  }

  /// A layer's own channels replace those of the view around it, property by property.
  private static func overlaid(_ outer: JSON, _ inner: JSON) -> JSON {
    outer.merging(inner)
  }

  /// `"point": true` on a line, and `"line": true` on an area, are marks of their own.
  private static func unfolded(_ unit: UnitSpec) -> [UnitSpec] {
    let (type, mark) = (unit.mark["type"]?.string, unit.mark)
    guard type == "line" || type == "area" else { return [unit] }
    var base = unit
    base.mark = .object((mark.members ?? []).filter { $0.name != "point" && $0.name != "line" })
    var units = [base]
    if type == "area", let line = mark["line"], line != .boolean(false) {
      if mark["opacity"] == nil { units[0].mark = units[0].mark.setting("opacity", to: 0.7) }
      var copy = unit
      copy.mark = JSON.object([.init("type", "line")]).merging(line.members == nil ? .object([]) : line)
      if let color = mark["color"], copy.mark["color"] == nil { copy.mark = copy.mark.setting("color", to: color) }
      for channel in ["x", "y"] {
        if let definition = copy.encoding[channel], definition["stack"] == nil,
          definition["field"] != nil || definition["aggregate"] != nil
        {
          copy.encoding = copy.encoding.setting(channel, to: definition.setting("stack", to: stackName(unit, channel)))
        }
      }
      units.append(copy)
    }
    if let point = mark["point"], point != .boolean(false) {
      var copy = unit
      copy.mark = JSON.object([.init("type", "point"), .init("opacity", 1), .init("filled", true)])
      if let color = mark["color"] { copy.mark = copy.mark.setting("color", to: color) }
      if point == .string("transparent") { copy.mark = copy.mark.setting("opacity", to: 0) }
      if point.members != nil { copy.mark = copy.mark.merging(point) }
      units.append(copy)
    }
    return units
  }

  private static func stackName(_ unit: UnitSpec, _ channel: String) -> JSON {
    let parted = Channel.grouping.contains { unit.encoding[$0.rawValue]?["field"] != nil }
    let isMeasure =
      unit.encoding[channel]?["type"]?.string == "quantitative" || unit.encoding[channel]?["aggregate"] != nil
    return parted && isMeasure ? "zero" : nil
  }
}
