/// What a mark needs to turn rows into items: its scales, the size of the plot, the defaults.
struct MarkContext {
  var unit: Unit
  var scales: [Channel: Scale]
  var width: Double
  var height: Double
  var config: Config
  /// Raised to the smallest size of text; counted for a note.
  var raisedText = 0
  /// The columns behind the channels, looked up once.
  private var columns: [String: [Value]] = [:]

  init(unit: Unit, scales: [Channel: Scale], width: Double, height: Double, config: Config) {
    self.unit = unit
    self.scales = scales
    self.width = width
    self.height = height
    self.config = config
    for (name, column) in zip(unit.table.names, unit.table.columns) { columns[name] = column }
  }

  func length(_ channel: Channel) -> Double { channel == .x || channel == .x2 ? width : height }

  func value(_ column: String, _ row: Int) -> Value { columns[column]?[row] ?? .null }

  /// The definition that holds for a row: a condition's, or the channel's own.
  func definition(_ channel: Channel, _ row: Int) -> ChannelDefinition? {
    guard let definition = unit[channel] else { return nil }
    return resolve(definition, row)
  }

  func resolve(_ definition: ChannelDefinition, _ row: Int) -> ChannelDefinition {
    for condition in definition.conditions where condition.test.value(unit.table, row).isTrue {
      return condition.definition.value
    }
    return definition
  }

  /// Where a row stands along a channel; nil where it has no place.
  func position(_ channel: Channel, _ row: Int, share: Double? = nil) -> Double? {
    guard let definition = definition(channel, row) else { return nil }
    let base: Channel = channel == .x2 ? .x : channel == .y2 ? .y : channel
    if let value = definition.value {
      if let number = value.number { return number }
      return value.string == "width" ? width : value.string == "height" ? height : nil
    }
    guard let scale = scales[base] else {
      let cell = definition.datum ?? definition.column.map { value($0, row) }
      return definition.json["scale"] == .null ? cell?.number : nil
    }
    let share = share ?? definition.json["bandPosition"]?.number
    let offset = self.offset(base, row, centered: share.map { $0 > 0 } ?? true)
    if let datum = definition.datum { return scale.position(datum, share: share ?? 0.5).map { $0 + offset.shift } }
    guard let column = definition.column else { return nil }
    let cell = value(column, row)
    if case .band = scale {
      // Within a nest of bands, the inner one places the row.
      return scale.position(cell, share: offset.isNested ? 0 : share ?? 0.5).map { $0 + offset.shift }
    }
    let end = definition.endColumn.map { value($0, row) }
    let within = share ?? (definition.bin != nil ? 0.5 : 0)
    return scale.position(cell, end: end, share: within).map { $0 + offset.shift }
  }

  private func offset(_ channel: Channel, _ row: Int, centered: Bool) -> (shift: Double, isNested: Bool) {
    let name: Channel = channel == .x ? .xOffset : .yOffset
    guard let definition = definition(name, row) else { return (0, false) }
    if let number = definition.value?.number { return (number, false) }
    guard let scale = scales[name] else { return (0, false) }
    let cell = definition.datum ?? definition.column.map { value($0, row) } ?? .null
    return (scale.position(cell, share: centered ? 0.5 : 0) ?? 0, true)
  }

  func output(_ channel: Channel, _ row: Int) -> ScaleOutput? {
    guard let definition = definition(channel, row) else { return nil }
    if let value = definition.value {
      if let number = value.number { return .number(number) }
      if let dash = value.array { return .dash(dash.compactMap(\.number)) }
      if channel.isColor { return config.color(value).map { .color($0) } }
      return value.string.map { .text($0) }
    }
    let cell = definition.datum ?? definition.column.map { value($0, row) }
    guard let cell else { return nil }
    if definition.json["scale"] == .null {
      if channel.isColor { return Color(cell.string, theme: config.theme).map { .color($0) } }
      return cell.number.map { .number($0) } ?? .text(cell.string)
    }
    return scales[channel]?.output(cell)
  }

  func number(_ channel: Channel, _ row: Int) -> Double? {
    if case .number(let number)? = output(channel, row) { number } else { nil }
  }

  func color(_ channel: Channel, _ row: Int) -> Color? {
    if case .color(let color)? = output(channel, row) { color } else { nil }
  }

  /// Paints an item: colours, opacities and lines, from the channels or else from the mark's properties.
  func paint(_ geometry: MarkItem.Geometry, _ row: Int) -> MarkItem {
    let mark = unit.mark
    let isFilled = mark.isFilled
    let base = color(.color, row) ?? config.color(mark.properties["color"]) ?? .black
    let own = (fill: mark.own["fill"] ?? ownConfig("fill"), stroke: mark.own["stroke"] ?? ownConfig("stroke"))
    var fill: Color? = isFilled ? base : nil
    var stroke: Color? = isFilled ? nil : base
    if let given = own.fill { fill = config.color(given) }
    if let given = own.stroke { stroke = config.color(given) }
    // A colour that follows the data is stronger than one that the mark was given.
    if let data = color(.color, row), unit[.color] != nil {
      if isFilled { fill = data } else { stroke = data }
    }
    if unit[.fill] != nil { fill = color(.fill, row) }
    if unit[.stroke] != nil { stroke = color(.stroke, row) }
    let opacity = number(.opacity, row) ?? markOpacity
    let fillOpacity = number(.fillOpacity, row) ?? mark.number("fillOpacity") ?? 1
    let strokeOpacity = number(.strokeOpacity, row) ?? mark.number("strokeOpacity") ?? 1
    var item = MarkItem(
      geometry: geometry, fill: fill.map { $0.opacity(opacity * fillOpacity) },
      stroke: stroke.map { $0.opacity(opacity * strokeOpacity) })
    let isLine = mark.type == .line || mark.type == .rule
    item.strokeWidth =
      number(.strokeWidth, row) ?? (isLine ? number(.size, row) ?? mark.number("size") : nil) ?? mark.number("strokeWidth") ?? 1
    item.dash = dash(row)
    item.cap = Self.cap(mark.string("strokeCap"))
    item.join = Self.join(mark.string("strokeJoin"))
    item.cornerRadius = mark.number("cornerRadius") ?? 0
    item.tooltip = tooltip(row)
    return item
  }

  /// Points that may lie on each other let each other through, unless they are sums.
  private var markOpacity: Double {
    if let own = unit.mark.own["opacity"]?.number { return own }
    let isAggregated = unit.channels.contains { $0.aggregate != nil }
    let overlaps = unit.mark.type.isSymbol || unit.mark.type == .tick
    return overlaps && isAggregated ? 1 : unit.mark.number("opacity") ?? 1
  }

  private func ownConfig(_ name: String) -> JSON? { config[unit.mark.type.rawValue][name] ?? config["mark"][name] }

  private func dash(_ row: Int) -> [Double] {
    if case .dash(let dash)? = output(.strokeDash, row) { return dash == [1, 0] ? [] : dash }
    return unit.mark.properties["strokeDash"]?.array?.compactMap(\.number) ?? []
  }

  static func cap(_ name: String?) -> Stroke.Cap { name == "round" ? .round : name == "square" ? .square : .butt }
  static func join(_ name: String?) -> Stroke.Join { name == "round" ? .round : name == "bevel" ? .bevel : .miter }

  private func tooltip(_ row: Int) -> String? {
    var words: [String] = []
    for entry in unit.all(.tooltip) {
      let definition = resolve(entry, row)
      if let text = definition.value?.string {
        words.append(text)
      } else if let text = FieldText.string(definition, self, row) {
        words.append(unit.all(.tooltip).count > 1 ? "\(definition.json["title"]?.string ?? definition.title): \(text)" : text)
      }
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }
}
