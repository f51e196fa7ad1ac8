/// What a mark needs to turn rows into items: its scales, the size of the plot, the defaults.
struct MarkContext {
  var unit: Unit
  var scales: [Channel: Scale]
  var width: Double
  var height: Double
  var config: Config
  /// Raised to the smallest size of text; counted for a note.
  var raisedText = 0
  /// What each channel reads, by the channel's place among all.
  private let readers: [ChannelReader?]
  private let columns: [String: [Value]]
  private let look: Look

  init(unit: Unit, scales: [Channel: Scale], width: Double, height: Double, config: Config) {
    self.unit = unit
    self.scales = scales
    self.width = width
    self.height = height
    self.config = config
    columns = Dictionary(zip(unit.table.names, unit.table.columns)) { first, _ in first }
    look = Self.look(unit, config)
    readers = Channel.allCases.map { channel in
      unit[channel].map { ChannelReader($0, unit.table, scales[channel.scaleChannel ?? channel]) }
    }
  }

  func length(_ channel: Channel) -> Double { channel == .x || channel == .x2 ? width : height }

  func value(_ column: String, _ row: Int) -> Value { columns[column]?[row] ?? .null }

  func has(_ channel: Channel) -> Bool { readers[channel.index] != nil }

  /// What holds for a row: a condition's definition, or the channel's own.
  func reader(_ channel: Channel, _ row: Int) -> ChannelReader? {
    guard let reader = readers[channel.index] else { return nil }
    if reader.conditions.isEmpty { return reader }
    for condition in reader.conditions where condition.test.value(unit.table, row).isTrue { return condition.reader }
    return reader
  }

  func definition(_ channel: Channel, _ row: Int) -> ChannelDefinition? { reader(channel, row)?.definition }

  func resolve(_ definition: ChannelDefinition, _ row: Int) -> ChannelDefinition {
    for condition in definition.conditions where condition.test.value(unit.table, row).isTrue {
      return condition.definition.value
    }
    return definition
  }

  /// Where a row stands along a channel; nil where it has no place.
  func position(_ channel: Channel, _ row: Int, share: Double? = nil) -> Double? {
    guard let reader = reader(channel, row) else { return nil }
    if let value = reader.value {
      if let number = value.number { return number }
      return value.string == "width" ? width : value.string == "height" ? height : nil
    }
    let base: Channel = channel == .x2 ? .x : channel == .y2 ? .y : channel
    guard let cell = reader.cell(row) else { return nil }
    guard let scale = reader.scale else { return reader.isUnscaled ? cell.number : nil }
    let share = share ?? reader.bandPosition
    let offset = self.offset(base, row, centered: share.map { $0 > 0 } ?? true)
    if case .band = scale {
      // Within a nest of bands, the inner one places the row.
      return scale.position(cell, share: offset.isNested ? 0 : share ?? 0.5).map { $0 + offset.shift }
    }
    let within = share ?? (reader.isBinned ? 0.5 : 0)
    return scale.position(cell, end: reader.ends?[row], share: within).map { $0 + offset.shift }
  }

  private func offset(_ channel: Channel, _ row: Int, centered: Bool) -> (shift: Double, isNested: Bool) {
    guard let reader = reader(channel == .x ? .xOffset : .yOffset, row) else { return (0, false) }
    if let number = reader.value?.number { return (number, false) }
    guard let scale = reader.scale else { return (0, false) }
    return (scale.position(reader.cell(row) ?? .null, share: centered ? 0.5 : 0) ?? 0, true)
  }

  func output(_ channel: Channel, _ row: Int) -> ScaleOutput? {
    guard let reader = reader(channel, row) else { return nil }
    if let value = reader.value {
      if let number = value.number { return .number(number) }
      if let dash = value.array { return .dash(dash.compactMap(\.number)) }
      if channel.isColor { return config.color(value).map { .color($0) } }
      return value.string.map { .text($0) }
    }
    guard let cell = reader.cell(row) else { return nil }
    if reader.isUnscaled {
      if channel.isColor { return Color(cell.string, theme: config.theme).map { .color($0) } }
      return cell.number.map { .number($0) } ?? .text(cell.string)
    }
    return reader.scale?.output(cell)
  }

  func number(_ channel: Channel, _ row: Int) -> Double? {
    if case .number(let number)? = output(channel, row) { number } else { nil }
  }

  func color(_ channel: Channel, _ row: Int) -> Color? {
    if case .color(let color)? = output(channel, row) { color } else { nil }
  }

  /// Paints an item: colours, opacities and lines, from the channels or else from the mark's properties.
  func paint(_ geometry: MarkItem.Geometry, _ row: Int) -> MarkItem {
    let data = color(.color, row)
    var fill = look.fill
    var stroke = look.stroke
    // A colour that follows the data is stronger than one that the mark was given.
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

  private static func look(_ unit: Unit, _ config: Config) -> Look {
    let mark = unit.mark
    let block = config[mark.type.rawValue]
    let base = config.color(mark.properties["color"]) ?? .black
    let isLine = mark.type == .line || mark.type == .rule
    var look = Look(
      isFilled: mark.isFilled, isLine: isLine, fill: mark.isFilled ? base : nil, stroke: mark.isFilled ? nil : base,
      opacity: opacity(unit), fillOpacity: mark.number("fillOpacity") ?? 1,
      strokeOpacity: mark.number("strokeOpacity") ?? 1,
      strokeWidth: (isLine ? mark.number("size") : nil) ?? mark.number("strokeWidth") ?? 1,
      dash: mark.properties["strokeDash"]?.array?.compactMap(\.number) ?? [], cap: cap(mark.string("strokeCap")),
      join: join(mark.string("strokeJoin")), cornerRadius: mark.number("cornerRadius") ?? 0)
    if let given = mark.own["fill"] ?? block["fill"] ?? config["mark"]["fill"] { look.fill = config.color(given) }
    if let given = mark.own["stroke"] ?? block["stroke"] ?? config["mark"]["stroke"] {
      look.stroke = config.color(given)
    }
    return look
  }

  /// Points that may lie on each other let each other through, unless they are sums.
  private static func opacity(_ unit: Unit) -> Double {
    if let own = unit.mark.own["opacity"]?.number { return own }
    let isAggregated = unit.channels.contains { $0.aggregate != nil }
    let overlaps = unit.mark.type.isSymbol || unit.mark.type == .tick
    return overlaps && isAggregated ? 1 : unit.mark.number("opacity") ?? 1
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
        words.append(
          unit.all(.tooltip).count > 1 ? "\(definition.json["title"]?.string ?? definition.title): \(text)" : text)
      }
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }
}
