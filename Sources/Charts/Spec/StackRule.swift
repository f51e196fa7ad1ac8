import Domain

extension UnitBuilder {
  /// Stacks bars and areas as Vega-Lite does: along the measure, over the fields that split it.
  func stack(_ unit: Unit) -> Unit {
    guard let channel = stackedChannel(unit), let definition = unit[channel], let column = definition.column else {
      return unit
    }
    let second: Channel = channel == .x ? .x2 : .y2
    if unit[second] != nil { return unit }
    let offset: Stack.Offset
    switch definition.options.stack {
    case .null?, .some(.flag(false))?: return unit
    case .some(.offset(let given))?: offset = given
    case .some(.flag(true))?: offset = .zero
    case nil:
      guard unit.mark.type.isStackable else { return unit }
      offset = .zero
    }
    if let type = definition.options.scale?.value?.type, ![.linear, .pow, .sqrt].contains(type) { return unit }
    let cross: Channel = channel == .x ? .y : .x
    let dimension = unit[cross]
    let parts = unit.groupingColumns.filter { $0 != dimension?.column && $0 != column }
    if parts.isEmpty, definition.aggregate != nil { return unit }
    let offsetChannel: Channel = cross == .x ? .xOffset : .yOffset
    let groupby = [dimension?.column, unit[offsetChannel]?.column].compactMap(\.self) + facets.compactMap(\.column)
    var table = unit.table
    if unit.mark.type == .area, let key = dimension?.column {
      table = Self.imputed(table, key: key, value: column, groups: parts + facets.compactMap(\.column))
    }
    let order = unit.all(.order).compactMap { definition in
      definition.column.map { SortKey(field: $0, descending: definition.options.sort?.isDescending == true) }
    }
    // The first name is at the top of a column, and first in a row.
    let sort = order.isEmpty ? parts.map { SortKey(field: $0, descending: channel == .y) } : order
    let stack = Stack(
      field: column, groupby: groupby, sort: sort, offset: offset, start: "\(column)_start", end: "\(column)_end")
    var copy = unit
    copy.table = stack.apply(table)
    copy.stacked = .init(channel: channel, start: stack.start, end: stack.end, offset: offset)
    return copy
  }

  private func stackedChannel(_ unit: Unit) -> Channel? {
    let (x, y) = (unit[.x], unit[.y])
    let measure = { (definition: ChannelDefinition?) in
      definition.map { $0.column != nil && $0.type == .quantitative && $0.bin == nil && !$0.isBinned } ?? false
    }
    switch (measure(x), measure(y)) {
    case (true, true):
      if x?.options.stack != nil { return .x }
      if y?.options.stack != nil { return .y }
      if (x?.aggregate != nil) != (y?.aggregate != nil) { return x?.aggregate != nil ? .x : .y }
      return unit.orient == .horizontal ? .x : unit.orient == .vertical ? .y : nil
    case (true, false): return .x
    case (false, true): return .y
    default: return nil
    }
  }

  /// A row of zero if a part of a stacked area has none, so that the parts above it do not drop.
  private static func imputed(_ table: DataTable, key: String, value: String, groups: [String]) -> DataTable {
    let keys = table.groups(by: [key])
    let parts = table.groups(by: groups)
    if parts.count < 2 { return table }
    var copy = table
    guard let keyIndex = table.index(of: key), let valueIndex = table.index(of: value) else { return table }
    for part in parts {
      let present = Set(part.rows.map { table.columns[keyIndex][$0] })
      for missing in keys where !present.contains(missing.key[0]) {
        for column in copy.columns.indices {
          let name = copy.names[column]
          let filled: Cell =
            column == keyIndex
            ? missing.key[0]
            : column == valueIndex ? .real(0) : groups.firstIndex(of: name).map { part.key[$0] } ?? .null
          copy.columns[column].append(filled)
        }
      }
    }
    return copy
  }
}
