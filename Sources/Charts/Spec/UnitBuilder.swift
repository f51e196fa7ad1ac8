import Domain

/// Computes a unit's rows: times parsed, transforms, time units and bins, aggregates, stacks.
struct UnitBuilder {
  var spec: UnitSpec
  var config: Config
  /// Fields that split the rows into the cells of a facet.
  var facets: [ChannelDefinition]

  func build(_ source: DataTable) throws(FigureError) -> Unit {
    let mark = MarkDefinition(spec.type, spec.mark, config: config)
    let channels = try readChannels()
    let lookup = { (channel: Channel) in channels.first { $0.channel == channel } }
    let orient = Orient.of(mark.type, mark.own, lookup)
    var unit = Unit(
      path: spec.path, mark: mark, channels: channels, orient: orient, raw: source, table: source, stacked: nil)
    unit.raw = try prepared(source, channels + facets)
    try check(unit)
    unit.table = aggregated(unit)
    unit = stack(unit)
    if !mark.type.isPath { unit.table = withoutInvalid(unit) }
    return unit
  }

  private func readChannels() throws(FigureError) -> [ChannelDefinition] {
    var channels: [ChannelDefinition] = []
    for (channel, definitions) in spec.encoding.channels where !channel.isFacet {
      let path = "\(spec.path)encoding.\(channel.rawValue)"
      for (index, options) in definitions.enumerated() {
        let place = definitions.count == 1 ? path : "\(path)[\(index)]"
        channels.append(try ChannelDefinition(options, channel, path: place))
      }
    }
    for (second, first) in [(Channel.x2, Channel.x), (.y2, .y)] {
      guard let index = channels.firstIndex(where: { $0.channel == second }),
        let primary = channels.first(where: { $0.channel == first })
      else { continue }
      channels[index].type = primary.type
      if primary.type == .temporal, let time = channels[index].datum?.time { channels[index].datum = .real(time) }
    }
    return channels
  }

  /// The rows before aggregation.
  private func prepared(_ source: DataTable, _ channels: [ChannelDefinition]) throws(FigureError) -> DataTable {
    let definitions = channels + channels.flatMap { $0.conditions.map(\.definition.value) }
    var table = parsingTimes(source, definitions)
    for transform in spec.transforms {
      try transform.check(table, "\(spec.path)transform")
      table = transform.apply(table)
    }
    table = parsingTimes(table, definitions)
    for definition in definitions {
      guard let field = definition.field, table.index(of: field) == nil else { continue }
      // The columns of an earlier aggregate may have Vega-Lite's names.
      if let column = definition.column, table.index(of: column) != nil { continue }
      try table.require(field, "\(definition.path).field")
    }
    for definition in definitions {
      guard let field = definition.field, let column = definition.column, definition.aggregate == nil else { continue }
      if let bin = definition.bin, let end = definition.endColumn {
        table = Transform.bin(bin, field: field, start: column, end: end).apply(table)
      } else if let unit = definition.timeUnit {
        table = Transform.timeUnit(unit, field: field, name: column).apply(table)
      }
    }
    return table
  }

  /// Rejects what Vega-Lite would draw as nothing, or as "NaN".
  private func check(_ unit: Unit) throws(FigureError) {
    for definition in unit.channels {
      for condition in definition.conditions {
        for field in condition.test.fields.sorted() {
          if unit.raw.index(of: field) == nil, unit.channels.contains(where: { $0.column == field }) { continue }
          try unit.raw.require(field, "\(definition.path).condition.test")
        }
      }
      guard let field = definition.field else { continue }
      if let operation = definition.aggregate {
        try unit.raw.require(operation, of: field, "\(definition.path).aggregate")
      } else if definition.type == .quantitative, definition.channel.scaleChannel != nil {
        try unit.raw.requireNumbers(field, "\(definition.path).type", "\"quantitative\" needs numbers")
      }
    }
  }

  private func parsingTimes(_ table: DataTable, _ definitions: [ChannelDefinition]) -> DataTable {
    var table = table
    for definition in definitions where definition.type == .temporal || definition.timeUnit != nil {
      guard let field = definition.field, definition.aggregate == nil || definition.type == .temporal,
        let column = table[field]
      else { continue }
      let hasText = column.contains(where: \.isText)
      if hasText { table = table.setting(field, to: column.map { $0.time.map { .real($0) } ?? .null }) }
    }
    return table
  }

  private func aggregated(_ unit: Unit) -> DataTable {
    let definitions = unit.channels + unit.channels.flatMap { $0.conditions.map(\.definition.value) }
    guard definitions.contains(where: { $0.aggregate != nil }) else { return unit.raw }
    var groupby: [String] = []
    var outputs: [Aggregate.Output] = []
    for definition in definitions + facets {
      guard let column = definition.column else { continue }
      if let operation = definition.aggregate {
        if !outputs.contains(where: { $0.name == column }) {
          outputs.append(.init(operation: operation, field: definition.field, name: column))
        }
      } else {
        for name in [column, definition.endColumn].compactMap(\.self) where !groupby.contains(name) {
          groupby.append(name)
        }
      }
    }
    return Aggregate(outputs: outputs, groupby: groupby).apply(unit.raw)
  }

  private func withoutInvalid(_ unit: Unit) -> DataTable {
    let columns = unit.channels.compactMap { definition -> [Cell]? in
      guard let column = definition.column, definition.type.isContinuous, definition.channel.scaleChannel != nil,
        definition.options.scale != .null
      else { return nil }
      return unit.table.column(column)
    }
    let rows = (0..<unit.table.rowCount).filter { row in columns.allSatisfy { $0[row].quantity?.isFinite == true } }
    return rows.count == unit.table.rowCount ? unit.table : unit.table.rows(rows)
  }
}
