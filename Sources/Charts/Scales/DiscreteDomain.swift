import Domain

extension ScaleSource {
  /// The names on the scale, in order.
  func names() throws(FigureError) -> [Cell] {
    if let knownNames { return knownNames }
    if let explicit = properties.domain {
      return explicit.map { constant in
        if definition?.type == .temporal || definition?.timeUnit != nil, let time = number(of: constant) {
          return .real(time)
        }
        return constant.value
      }
    }
    var seen: Set<Cell> = []
    var found: [Cell] = []
    func add(_ value: Cell) {
      if seen.insert(value).inserted { found.append(value) }
    }
    for use in uses {
      guard let definition = Self.data(use.definition) else { continue }
      if let datum = definition.datum { add(datum) }
      guard let column = definition.column else { continue }
      // The data's order is that of the original data, before filters and aggregates.
      for value in use.unit.table.column(column) where value != .null || definition.type == .nominal { add(value) }
    }
    return try sorted(found)
  }

  private func sorted(_ names: [Cell]) throws(FigureError) -> [Cell] {
    guard let use = uses.first(where: { Self.data($0.definition)?.options.sort != nil }),
      let definition = Self.data(use.definition), let sort = definition.options.sort
    else { return names.sorted(by: Cell.ascending) }
    switch sort {
    case .data:
      // In a facet null carries no information.
      return channel.isFacet ? names.sorted(by: Cell.ascending) : dataOrder(names, use, definition)
    case .list(let wanted):
      let rest = dataOrder(names, use, definition).filter { !wanted.contains($0) }
      return wanted.filter(names.contains) + rest
    case .names(let descending):
      return descending
        ? names.sorted { Cell.compare($0, $1) > 0 } : names.sorted(by: Cell.ascending)
    case .encoding(let name, let descending):
      return try sorted(names, byEncoding: name, descending, use, definition)
    case .field(let field, let operation, let descending):
      let operation = operation ?? (use.unit.stacked != nil && !channel.isFacet ? .sum : .min)
      guard let field = field ?? (operation == .count ? "" : nil) else {
        throw FigureError("\(definition.path).sort", "use a list, a channel such as \"-x\", or {\"field\": …}")
      }
      return try ranked(names, field: field, operation, descending, use, definition)
    }
  }

  private func sorted(
    _ names: [Cell], byEncoding name: String, _ descending: Bool, _ use: ScaleUse, _ definition: ChannelDefinition
  ) throws(FigureError) -> [Cell] {
    guard let channel = Channel(rawValue: name),
      let other = uses.lazy.compactMap({ $0.unit[channel] }).first(where: { $0.column != nil }),
      let field = other.field ?? other.column
    else { throw FigureError("\(definition.path).sort", "there is no encoding \"\(name)\" to sort by") }
    let operation = other.aggregate ?? (use.unit.stacked != nil && use.unit.stacked?.channel == channel ? .sum : .min)
    return try ranked(names, field: field, operation, descending, use, definition)
  }

  private func ranked(
    _ names: [Cell], field: String, _ operation: AggregateOperation, _ descending: Bool, _ use: ScaleUse,
    _ definition: ChannelDefinition
  ) throws(FigureError) -> [Cell] {
    guard let column = definition.column else { return names }
    let isRaw = use.unit.raw.index(of: field) != nil || operation == .count
    let table = isRaw ? use.unit.raw : use.unit.table
    if operation != .count {
      let path = "\(definition.path).sort"
      try table.require(field, path)
      if operation.needsNumbers {
        try table.requireNumbers(field, path, "\"\(operation.rawValue)\" adds up, so give \"op\": \"min\"")
      }
    }
    let ranks = Aggregate(
      outputs: [.init(operation: operation, field: operation == .count ? nil : field, name: " rank")], groupby: [column]
    ).apply(table)
    var rank: [Cell: Cell] = [:]
    let values = ranks.column(" rank")
    for (row, name) in ranks.column(column).enumerated() { rank[name] = values[row] }
    let ordered = dataOrder(names, use, definition)
    return ordered.enumerated().sorted { left, right in
      let order = Cell.compare(rank[left.element] ?? .null, rank[right.element] ?? .null)
      return order == 0 ? left.offset < right.offset : descending ? order > 0 : order < 0
    }.map(\.element)
  }

  private func dataOrder(_ names: [Cell], _ use: ScaleUse, _ definition: ChannelDefinition) -> [Cell] {
    guard let column = definition.column else { return names }
    var ordered: [Cell] = []
    var left = Set(names)
    for value in use.unit.raw.column(column) where left.remove(value) != nil { ordered.append(value) }
    return ordered + names.filter(left.contains)
  }
}
