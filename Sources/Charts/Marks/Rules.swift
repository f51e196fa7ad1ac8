/// Rules: straight lines from one place to another, or across the whole plot.
extension MarkContext {
  func rules(_ rows: [Int]) -> [MarkItem] {
    rows.compactMap { row in
      let (hasX, hasY) = (has(.x), has(.y))
      guard let x = span(.x, row, across: !hasX || (unit.orient == .horizontal && !has(.x2) && hasY && !hasX)),
        let y = span(.y, row, across: !hasY)
      else { return nil }
      return paint(.rule(x1: x.0, y1: y.0, x2: x.1, y2: y.1), row)
    }
  }

  private func span(_ channel: Channel, _ row: Int, across: Bool) -> (Double, Double)? {
    let second: Channel = channel == .x ? .x2 : .y2
    if across { return (0, length(channel)) }
    if !has(second), unit.orient == (channel == .x ? .horizontal : .vertical), let band = scales[channel]?.band {
      // A rule along a band is as long as the band.
      guard let start = position(channel, row, share: 0) else { return nil }
      return (start, start + band.bandwidth)
    }
    guard let start = position(channel, row) else { return nil }
    guard has(second) else {
      if unit.measureChannel == channel, let scale = scales[channel]?.continuous, unit[channel]?.value == nil,
        has(.x), has(.y), !has(.x2), !has(.y2)
      {
        return (start, zero(scale))
      }
      return (start, start)
    }
    guard let end = position(second, row) else { return nil }
    return (start, end)
  }
}
