import Domain

/// What a mark needs to turn rows into items: its scales, the plot's size, the defaults.
struct MarkContext {
  var unit: Unit
  var scales: [Channel: Scale]
  var width: Double
  var height: Double
  var config: Config
  /// Raised to the smallest size of text; counted for a note.
  var raisedText = 0
  /// The reader of each channel, by the channel's index.
  let readers: [ChannelReader?]
  private let columns: [String: [Cell]]
  let look: Look

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

  func value(_ column: String, _ row: Int) -> Cell { columns[column]?[row] ?? .null }

  func has(_ channel: Channel) -> Bool { readers[channel.index] != nil }

  /// The definition for a row: a condition's, or the channel's own.
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

  /// A row's position along a channel; nil if it has none.
  func position(_ channel: Channel, _ row: Int, share: Double? = nil) -> Double? {
    guard let reader = reader(channel, row) else { return nil }
    if let value = reader.value {
      if let number = value.number { return number }
      return value.text == "width" ? width : value.text == "height" ? height : nil
    }
    let base: Channel = channel == .x2 ? .x : channel == .y2 ? .y : channel
    guard let cell = reader.cell(row) else { return nil }
    guard let scale = reader.scale else { return reader.isUnscaled ? cell.quantity : nil }
    let share = share ?? reader.bandPosition
    let offset = self.offset(base, row, centered: share.map { $0 > 0 } ?? true)
    if case .band = scale {
      // In nested bands, the inner one gives the position.
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
      if case .numbers(let dash) = value { return .dash(dash) }
      if channel.isColor { return config.color(reader.ink).map { .color($0) } }
      return value.text.map { .text($0) }
    }
    guard let cell = reader.cell(row) else { return nil }
    if reader.isUnscaled {
      if channel.isColor { return Color(cell.string, theme: config.theme).map { .color($0) } }
      return cell.quantity.map { .number($0) } ?? .text(cell.string)
    }
    return reader.scale?.output(cell)
  }

  func number(_ channel: Channel, _ row: Int) -> Double? {
    if case .number(let number)? = output(channel, row) { number } else { nil }
  }

  func color(_ channel: Channel, _ row: Int) -> Color? {
    if case .color(let color)? = output(channel, row) { color } else { nil }
  }
}
