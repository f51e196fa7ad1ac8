/// Points, circles and squares.
extension MarkContext {
  func symbols(_ rows: [Int]) -> [MarkItem] {
    let shape = unit.mark.type == .point ? unit.mark.properties.shape ?? "circle" : unit.mark.type.rawValue
    let preset = unit.mark.properties.size ?? 30
    return rows.compactMap { row in
      guard let (x, y) = center(row) else { return nil }
      let size = number(.size, row) ?? preset
      var shape = shape
      if case .text(let name)? = output(.shape, row) { shape = name }
      return paint(.symbol(x: x, y: y, size: size, shape: shape), row)
    }
  }

  /// A row's position, the middle of the plot in a direction without a channel; nil if its data has no position.
  func center(_ row: Int) -> (Double, Double)? {
    guard let x = place(.x, row), let y = place(.y, row) else { return nil }
    return (x, y)
  }

  private func place(_ channel: Channel, _ row: Int) -> Double? {
    guard has(channel) else { return length(channel) / 2 }
    let second: Channel = channel == .x ? .x2 : .y2
    if let stacked = unit.stacked, stacked.channel == channel, let scale = scales[channel] {
      let share = reader(channel, row)?.bandPosition ?? 1
      guard let start = scale.position(value(stacked.start, row)), let end = scale.position(value(stacked.end, row))
      else { return nil }
      return start + (end - start) * share
    }
    guard let start = position(channel, row) else { return nil }
    // Between two ends a point is in the middle, if the spec asks for it.
    guard has(second), let share = reader(channel, row)?.bandPosition,
      let end = position(second, row)
    else { return start }
    return start + (end - start) * share
  }
}
