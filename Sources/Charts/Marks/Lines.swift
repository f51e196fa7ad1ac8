import Domain

/// How the points of a line are joined.
enum Interpolation: String, CaseIterable {
  case linear, step, monotone
  case stepAfter = "step-after"
  case stepBefore = "step-before"
}

/// Lines, areas and trails: one item for a group of rows.
extension MarkContext {
  func lines(_ rows: [Int]) -> [MarkItem] {
    let interpolation = interpolation
    return groups(rows).compactMap { group in
      let pieces = pieces(group) { row -> MarkItem.Point? in center(row).map { MarkItem.Point(x: $0.0, y: $0.1) } }
      guard let first = group.first, !pieces.isEmpty else { return nil }
      return paint(.line(pieces, interpolation), first)
    }
  }

  func areas(_ rows: [Int]) -> [MarkItem] {
    let interpolation = interpolation
    let isHorizontal = unit.orient == .horizontal
    return groups(rows).compactMap { group in
      let pieces = pieces(group) { row in band(row, isHorizontal) }
      guard let first = group.first, !pieces.isEmpty else { return nil }
      return paint(.area(pieces, interpolation, horizontal: isHorizontal), first)
    }
  }

  func trails(_ rows: [Int]) -> [MarkItem] {
    groups(rows).compactMap { group in
      let pieces = pieces(group) { row -> (MarkItem.Point, Double)? in
        guard let (x, y) = center(row) else { return nil }
        return (MarkItem.Point(x: x, y: y), number(.size, row) ?? unit.mark.properties.size ?? 2)
      }
      guard let first = group.first, !pieces.isEmpty else { return nil }
      return paint(.trail(pieces), first)
    }
  }

  private var interpolation: Interpolation { unit.mark.properties.interpolate ?? .linear }

  /// Rows grouped into lines, in the line's order.
  private func groups(_ rows: [Int]) -> [[Int]] {
    let columns = unit.groupingColumns
    var places: [[Cell]: Int] = [:]
    var groups: [[Int]] = []
    for row in rows {
      let key = columns.map { value($0, row) }
      if let place = places[key] {
        groups[place].append(row)
      } else {
        places[key] = groups.count
        groups.append([row])
      }
    }
    return groups.map(ordered)
  }

  private func ordered(_ rows: [Int]) -> [Int] {
    if let order = unit[.order] {
      guard let column = order.column else { return rows }
      let key = SortKey(field: column, descending: order.options.sort?.isDescending == true)
      return SortKey.sorted(rows, of: unit.table, by: [key])
    }
    let dimension: Channel = unit.orient == .horizontal ? .y : .x
    guard let definition = unit[dimension], let column = definition.column else { return rows }
    if let band = scales[dimension]?.band {
      let places = rows.map { band.position(value(column, $0)) ?? 0 }
      return zip(rows, places).enumerated()
        .sorted { $0.element.1 == $1.element.1 ? $0.offset < $1.offset : $0.element.1 < $1.element.1 }
        .map(\.element.0)
    }
    return SortKey.sorted(rows, of: unit.table, by: [SortKey(field: column)])
  }

  /// Runs of rows that have a value.
  private func pieces<T>(_ rows: [Int], _ value: (Int) -> T?) -> [[T]] {
    var pieces: [[T]] = []
    var piece: [T] = []
    for row in rows {
      if let value = value(row) {
        piece.append(value)
      } else if !piece.isEmpty {
        pieces.append(piece)
        piece = []
      }
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  private func band(_ row: Int, _ isHorizontal: Bool) -> MarkItem.Band? {
    let (measure, second): (Channel, Channel) = isHorizontal ? (.x, .x2) : (.y, .y2)
    let dimension: Channel = isHorizontal ? .y : .x
    let along = !has(dimension) ? 0 : position(dimension, row)
    guard let along, let scale = scales[measure] else { return nil }
    let ends: (Double?, Double?)
    if let stacked = unit.stacked, stacked.channel == measure {
      ends = (scale.position(value(stacked.end, row)), scale.position(value(stacked.start, row)))
    } else if has(second) {
      ends = (position(measure, row), position(second, row))
    } else {
      ends = (position(measure, row), scale.continuous.map(zero))
    }
    guard let edge = ends.0, let base = ends.1 else { return nil }
    return isHorizontal
      ? MarkItem.Band(edge: .init(x: edge, y: along), base: .init(x: base, y: along))
      : MarkItem.Band(edge: .init(x: along, y: edge), base: .init(x: along, y: base))
  }
}
