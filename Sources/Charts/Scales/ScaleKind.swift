/// The type of a scale, given or inferred.
enum ScaleKind: String, CaseIterable {
  case linear, log, pow, sqrt, symlog, time, utc
  case band, point, ordinal
  case threshold, quantize, quantile
  case binOrdinal = "bin-ordinal"

  var isContinuous: Bool { [.linear, .log, .pow, .sqrt, .symlog, .time, .utc].contains(self) }
  var isTime: Bool { self == .time || self == .utc }
  var isDiscrete: Bool { [.band, .point, .ordinal].contains(self) }

  /// Same choice as Vega-Lite's.
  static func of(_ definition: ChannelDefinition, _ unit: Unit) -> ScaleKind {
    let channel = definition.channel
    if let kind = definition.options.scale?.value?.type {
      return kind
    }
    switch definition.type {
    case .nominal, .ordinal:
      if channel == .xOffset || channel == .yOffset { return unit.mark.type.isBox ? .band : .point }
      guard channel.isPosition else { return .ordinal }
      if unit.mark.type.isBox || unit.mark.type == .rule { return .band }
      if case .band? = unit.mark.extent(channel) { return .band }
      if definition.options.axis?.value?.tickBand != nil { return .band }
      return .point
    case .temporal:
      if channel.isColor { return .linear }
      return channel == .shape || channel == .strokeDash ? .ordinal : .time
    case .quantitative:
      if channel == .shape || channel == .strokeDash { return .ordinal }
      return channel.isColor && definition.bin != nil ? .binOrdinal : .linear
    }
  }
}
