import Domain

/// A channel as the marks read it, row by row: its column and scale are looked up once.
///
/// A class, because it is read thousands of times per figure and a definition is expensive to copy; it never changes.
final class ChannelReader {
  let definition: ChannelDefinition
  let value: Constant?
  /// The value of a channel of colours.
  let ink: Ink?
  let datum: Cell?
  let cells: [Cell]?
  let ends: [Cell]?
  let scale: Scale?
  /// `"scale": null`: the data is drawn as it is.
  let isUnscaled: Bool
  let bandPosition: Double?
  let isBinned: Bool
  let conditions: [(test: Expression, reader: ChannelReader)]

  init(_ definition: ChannelDefinition, _ table: DataTable, _ scale: Scale?) {
    self.definition = definition
    value = definition.value
    ink = definition.ink
    datum = definition.datum
    cells = definition.column.map(table.column)
    ends = definition.endColumn.map(table.column)
    isUnscaled = definition.options.scale == .null
    self.scale = isUnscaled ? nil : scale
    bandPosition = definition.options.bandPosition
    isBinned = definition.bin != nil
    conditions = definition.conditions.map { ($0.test, ChannelReader($0.definition.value, table, scale)) }
  }

  func cell(_ row: Int) -> Cell? { datum ?? cells?[row] }
}
