extension MarkContext {
  /// Paints an item: colours, opacities and lines, from the channels or from the mark's properties.
  func paint(_ geometry: MarkItem.Geometry, _ row: Int) -> MarkItem {
    let data = color(.color, row)
    var fill = look.fill
    var stroke = look.stroke
    // A colour from the data overrides one given to the mark.
    if let data { if look.isFilled { fill = data } else { stroke = data } }
    if readers[Channel.fill.index] != nil { fill = color(.fill, row) }
    if readers[Channel.stroke.index] != nil { stroke = color(.stroke, row) }
    let opacity = number(.opacity, row) ?? look.opacity
    let fillOpacity = number(.fillOpacity, row) ?? look.fillOpacity
    let strokeOpacity = number(.strokeOpacity, row) ?? look.strokeOpacity
    var item = MarkItem(
      geometry: geometry, fill: fill.map { $0.opacity(opacity * fillOpacity) },
      stroke: stroke.map { $0.opacity(opacity * strokeOpacity) })
    item.strokeWidth =
      number(.strokeWidth, row) ?? (look.isLine ? number(.size, row) : nil) ?? look.strokeWidth
    item.dash = look.dash
    if case .dash(let dash)? = output(.strokeDash, row) { item.dash = dash == [1, 0] ? [] : dash }
    item.cap = look.cap
    item.join = look.join
    item.cornerRadius = look.cornerRadius
    if readers[Channel.tooltip.index] != nil { item.tooltip = tooltip(row) }
    return item
  }

  /// What all items of the mark have in common.
  struct Look {
    var isFilled: Bool
    var isLine: Bool
    var fill: Color?
    var stroke: Color?
    var opacity: Double
    var fillOpacity: Double
    var strokeOpacity: Double
    var strokeWidth: Double
    var dash: [Double]
    var cap: Stroke.Cap
    var join: Stroke.Join
    var cornerRadius: Double
  }

  static func look(_ unit: Unit, _ config: Config) -> Look {
    let mark = unit.mark
    let properties = mark.properties
    let base = config.color(properties.color) ?? .black
    let isLine = mark.type == .line || mark.type == .rule
    var look = Look(
      isFilled: mark.isFilled, isLine: isLine, fill: mark.isFilled ? base : nil, stroke: mark.isFilled ? nil : base,
      opacity: opacity(unit), fillOpacity: properties.fillOpacity ?? 1,
      strokeOpacity: properties.strokeOpacity ?? 1,
      strokeWidth: (isLine ? properties.size : nil) ?? properties.strokeWidth ?? 1,
      dash: properties.strokeDash ?? [], cap: cap(properties.strokeCap),
      join: join(properties.strokeJoin), cornerRadius: properties.cornerRadius ?? 0)
    if let given = properties.fill { look.fill = config.color(given) }
    if let given = properties.stroke {
      look.stroke = config.color(given)
    }
    return look
  }

  /// Points that may overlap are translucent, unless they are sums.
  private static func opacity(_ unit: Unit) -> Double {
    if let own = unit.mark.own.opacity { return own }
    let isAggregated = unit.channels.contains { $0.aggregate != nil }
    let overlaps = unit.mark.type.isSymbol || unit.mark.type == .tick
    return overlaps && isAggregated ? 1 : unit.mark.properties.opacity ?? 1
  }

  static func cap(_ cap: MarkOptions.Cap?) -> Stroke.Cap {
    cap == .round ? .round : cap == .square ? .square : .butt
  }
  static func join(_ join: MarkOptions.Join?) -> Stroke.Join {
    join == .round ? .round : join == .bevel ? .bevel : .miter
  }

  private func tooltip(_ row: Int) -> String? {
    var words: [String] = []
    for entry in unit.all(.tooltip) {
      let definition = resolve(entry, row)
      if let text = definition.value?.text {
        words.append(text)
      } else if let text = FieldText.string(definition, self, row) {
        words.append(
          unit.all(.tooltip).count > 1 ? "\(definition.options.title?.value?.words ?? definition.title): \(text)" : text
        )
      }
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }
}
