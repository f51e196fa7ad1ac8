import Domain

/// A field's value as text, in its format or a plain one.
enum FieldText {
  static func string(_ definition: ChannelDefinition, _ context: MarkContext, _ row: Int) -> String? {
    let cell = definition.datum ?? definition.column.map { context.value($0, row) }
    guard let cell else { return nil }
    return string(cell, definition)
  }

  static func string(_ cell: Cell, _ definition: ChannelDefinition) -> String {
    let format = definition.options.format
    let isTime =
      definition.options.formatType.map { $0 == .time }
      ?? (definition.type == .temporal || definition.timeUnit != nil)
    if isTime, let time = cell.time {
      return TimeFormat.string(time, format ?? definition.timeUnit?.format ?? "%b %d, %Y")
    }
    if case .real(let number) = cell, definition.type == .quantitative || format != nil {
      return NumberFormat(format ?? "").map { $0.string(number) } ?? cell.string
    }
    if cell.isText, let format { return NumberFormat(format)?.string(cell.coerced) ?? cell.string }
    return cell == .null ? "null" : cell.string
  }
}
