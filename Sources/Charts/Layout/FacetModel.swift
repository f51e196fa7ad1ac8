import Domain

extension ModelBuilder {
  /// A plot for each value of a field, in rows, columns, or wrapped.
  mutating func facet(_ spec: FacetSpec, _ outer: [Channel: String]) throws(FigureError) -> Model.Grid {
    let row = try definition(spec.row, .row, spec.path)
    let column = try definition(spec.column, .column, spec.path)
    let wrap = try definition(spec.wrap, .facet, spec.path)
    let facets = [row, column, wrap].compactMap(\.self)
    var units: [Unit] = []
    for layer in spec.plot.layers { units.append(try unit(layer, facets: facets)) }
    let scope = "\(spec.path)facet"
    let shared = register(units, facet: spec, outer, scope)
    let rows = try values(row, units)
    let columns = try values(wrap ?? column, units)
    let perRow = wrap == nil ? max(1, columns.count) : max(1, spec.columns ?? columns.count)
    var cells: [Model.Grid.Cell] = []
    for (rowIndex, rowValue) in rows.enumerated() {
      for (columnIndex, columnValue) in columns.enumerated() {
        let (line, place) = (rowIndex + columnIndex / perRow, columnIndex % perRow)
        let part = units.map { subset($0, [(row, rowValue), (wrap ?? column, columnValue)]) }
        var keys = shared
        replaceIndependent(&keys, part, spec, "\(scope)\(rowIndex).\(columnIndex)")
        let plot = Model.Plot(spec: spec.plot, units: part, keys: keys)
        var cell = Model.Grid.Cell(row: line, column: place, view: .plot(plot))
        if let header = wrap ?? column, wrap != nil || rowIndex == 0 { cell.columnLabel = label(columnValue, header) }
        cell.name = [(row, rowValue), (wrap ?? column, columnValue)].compactMap { definition, value in
          definition.map { label(value, $0) }
        }.joined(separator: ", ")
        if let row, columnIndex == 0 { cell.rowLabel = label(rowValue, row) }
        if !isIndependent(.y, spec), place > 0 { cell.hidden.insert(.y) }
        let isLowest = wrap == nil ? rowIndex == rows.count - 1 : columnIndex + perRow >= columns.count
        if !isIndependent(.x, spec), !isLowest { cell.hidden.insert(.x) }
        cells.append(cell)
      }
    }
    var grid = Model.Grid(kind: .facet, path: spec.path, title: spec.title, spacing: spec.spacing, cells: cells)
    let header = config.options.header
    grid.header = header.overlaid((wrap ?? column)?.options.header?.value)
    grid.rowHeader = header.overlaid(config.options.headerRow).overlaid(row?.options.header?.value)
    grid.columnTitle = title(wrap ?? column)
    grid.rowTitle = title(row)
    return grid
  }

  private func title(_ definition: ChannelDefinition?) -> String? {
    guard let definition else { return nil }
    if let title = definition.options.header?.value?.title ?? definition.options.title { return title.value?.words }
    return config.options.header.title == .null ? nil : definition.title
  }

  private func definition(_ options: ChannelOptions?, _ channel: Channel, _ path: String) throws(FigureError)
    -> ChannelDefinition?
  {
    guard let options else { return nil }
    return try ChannelDefinition(options, channel, path: "\(path)encoding.\(channel.rawValue)")
  }

  private func values(_ definition: ChannelDefinition?, _ units: [Unit]) throws(FigureError) -> [Cell] {
    guard let definition else { return [.null] }
    let uses = units.map { ScaleUse(unit: $0, definition: definition) }
    return try ScaleSource(definition.channel, uses, config).names()
  }

  private func subset(_ unit: Unit, _ fields: [(ChannelDefinition?, Cell)]) -> Unit {
    var copy = unit
    copy.table = part(unit.table, fields)
    copy.raw = part(unit.raw, fields)
    return copy
  }

  private func part(_ table: DataTable, _ fields: [(ChannelDefinition?, Cell)]) -> DataTable {
    let wanted = fields.compactMap { definition, value in definition?.column.flatMap { table[$0] }.map { ($0, value) } }
    return table.rows((0..<table.rowCount).filter { row in wanted.allSatisfy { $0.0[row] == $0.1 } })
  }

  private func label(_ value: Cell, _ definition: ChannelDefinition) -> String {
    let header = definition.options.header?.value
    if header?.labels == false { return "" }
    var copy = definition
    if let format = header?.format { copy.options.format = format }
    if let formatType = header?.formatType { copy.options.formatType = formatType }
    let text = FieldText.string(value, copy)
    guard let expression = header?.labelExpr else {
      return text
    }
    return expression.value(["label": .text(text), "value": value]).string
  }

  private func isIndependent(_ channel: Channel, _ spec: FacetSpec) -> Bool {
    spec.resolve.scale[channel] == .independent
  }

  private mutating func register(
    _ units: [Unit], facet spec: FacetSpec, _ outer: [Channel: String], _ scope: String
  ) -> [[Channel: String]] {
    register(units, spec.plot, outer, scope)
  }

  /// Gives the cell its own scales if the spec resolves them as independent.
  private mutating func replaceIndependent(
    _ keys: inout [[Channel: String]], _ units: [Unit], _ spec: FacetSpec, _ scope: String
  ) {
    let channels = Channel.allCases.filter { isIndependent($0, spec) }
    if channels.isEmpty { return }
    var plot = spec.plot
    plot.resolve = Resolution()
    let own = register(units, plot, [:], scope)
    for index in keys.indices {
      for channel in channels where own[index][channel] != nil { keys[index][channel] = own[index][channel] }
    }
  }
}
