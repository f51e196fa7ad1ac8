/// What a mark shows a field by.
enum Channel: String, CaseIterable, Sendable {
  case x, y, x2, y2, xOffset, yOffset
  case color, fill, stroke, opacity, fillOpacity, strokeOpacity
  case size, shape, strokeDash, strokeWidth
  case text, tooltip, order, detail
  case row, column, facet

  var isPosition: Bool { self == .x || self == .y }
  var isFacet: Bool { self == .row || self == .column || self == .facet }
  var isColor: Bool { self == .color || self == .fill || self == .stroke }

  /// The channel whose scale it uses: `x2` that of `x`.
  var scaleChannel: Channel? {
    switch self {
    case .x2: .x
    case .y2: .y
    case .text, .tooltip, .order, .detail, .row, .column, .facet: nil
    default: self
    }
  }

  /// Channels whose fields part a line into lines, and stack bars.
  static let grouping: [Channel] = [
    .color, .fill, .stroke, .opacity, .fillOpacity, .strokeOpacity, .size, .shape, .strokeDash, .strokeWidth, .detail,
  ]
}

enum FieldType: String, CaseIterable, Sendable {
  case quantitative, temporal, ordinal, nominal

  var isContinuous: Bool { self == .quantitative || self == .temporal }
}
