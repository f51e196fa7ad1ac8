/// Bars, rectangles and ticks: boxes with an extent along x and one along y.
extension MarkContext {
  func boxes(_ rows: [Int]) -> [MarkItem] {
    rows.compactMap { row in
      guard let x = extent(.x, row), let y = extent(.y, row) else { return nil }
      let (left, right) = (min(x.0, x.1), max(x.0, x.1))
      let (top, bottom) = (min(y.0, y.1), max(y.0, y.1))
      return paint(.rect(x: left, y: top, width: right - left, height: bottom - top), row)
    }
  }

  private func extent(_ channel: Channel, _ row: Int) -> (Double, Double)? {
    let second: Channel = channel == .x ? .x2 : .y2
    let mark = unit.mark
    if mark.type == .tick, isThin(channel) {
      guard let center = position(channel, row) else { return nil }
      let thickness = mark.properties.thickness ?? 1
      return (center - thickness / 2, center + thickness / 2)
    }
    guard let definition = definition(channel, row) else { return wholeExtent(channel, row) }
    if definition.value != nil, !has(second) {
      guard let center = position(channel, row) else { return nil }
      return centered(center, size(channel, row) ?? 5)
    }
    if let stacked = unit.stacked, stacked.channel == channel, let scale = scales[channel] {
      guard let start = scale.position(value(stacked.start, row)), let end = scale.position(value(stacked.end, row))
      else { return nil }
      return (start, end)
    }
    if has(second) {
      // A range of bands extends from the start of one to the end of the other.
      guard let start = position(channel, row, share: 0),
        let end = position(second, row, share: scales[channel]?.isDiscretePosition == true ? 1 : 0)
      else { return nil }
      return definition.isBinned ? spaced(start, end) : (start, end)
    }
    switch scales[channel] {
    case .band(let band, _)?: return bandExtent(band, channel, row)
    case .continuous(let scale)?:
      let isMeasure = mark.type == .bar && unit.measureChannel == channel
      if !isMeasure, definition.interval, let start = position(channel, row, share: 0),
        let end = position(channel, row, share: 1)
      {
        return spaced(start, end)
      }
      guard let place = position(channel, row) else { return nil }
      if isMeasure { return (place, zero(scale)) }
      return centered(place, size(channel, row) ?? continuousSize)
    default: return nil
    }
  }

  /// The start of a bar without a stack: zero, or the end of a scale without a zero.
  func zero(_ scale: ContinuousScale) -> Double {
    if scale.isLog { return scale.range[0] }
    return scale.position(scale.isTime ? scale.domain[0] : 0)
  }

  private var continuousSize: Double {
    unit.mark.properties.continuousBandSize ?? 5
  }

  private func isThin(_ channel: Channel) -> Bool { (unit.orient == .horizontal ? Channel.y : .x) == channel }

  /// Without a field of its own a bar fills most of the plot, and a rectangle all of it.
  private func wholeExtent(_ channel: Channel, _ row: Int) -> (Double, Double) {
    let length = length(channel)
    if let size = size(channel, row) { return centered(length / 2, size) }
    let share = unit.mark.type == .rect ? 1 : unit.mark.type == .tick ? 0.75 : 0.9
    return centered(length / 2, length * share)
  }

  private func centered(_ center: Double, _ size: Double) -> (Double, Double) { (center - size / 2, center + size / 2) }

  /// The gap between bars of neighbouring bins.
  private func spaced(_ start: Double, _ end: Double) -> (Double, Double) {
    let spacing = unit.mark.properties.binSpacing ?? 0
    let shift = config.axis.translate ?? 0
    if abs(end - start) <= spacing + 0.25 { return (start + shift, start + shift + (end < start ? -0.25 : 0.25)) }
    let half = end < start ? -spacing / 2 : spacing / 2
    return (start + half + shift, end - half + shift)
  }

  private func bandExtent(_ band: BandScale, _ channel: Channel, _ row: Int) -> (Double, Double)? {
    let offset: Channel = channel == .x ? .xOffset : .yOffset
    let inner = unit[offset]?.column != nil ? scales[offset]?.band : nil
    let bandwidth = inner?.bandwidth ?? band.bandwidth
    guard let start = position(channel, row, share: 0) else { return nil }
    var width = size(channel, row)
    if case .band(let share)? = unit.mark.extent(channel) { width = share * bandwidth }
    guard let width else { return (start, start + max(0.25, bandwidth)) }
    return centered(start + bandwidth / 2, width)
  }

  /// The size across, if the mark or the data sets one.
  private func size(_ channel: Channel, _ row: Int) -> Double? {
    if case .points(let given)? = unit.mark.extent(channel) { return given }
    if unit.mark.type == .rect || unit.measureChannel == channel, unit.mark.type != .tick { return nil }
    if let size = number(.size, row) { return size }
    return unit.mark.own.size ?? config.options.marks[unit.mark.type]?.size
      ?? unit.mark.properties.discreteBandSize
  }
}
