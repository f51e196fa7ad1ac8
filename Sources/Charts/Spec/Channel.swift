/// The visual property by which a mark shows a field.
enum Channel: String, CaseIterable, Sendable {
  case x, y, x2, y2, xOffset, yOffset
  case color, fill, stroke, opacity, fillOpacity, strokeOpacity
  case size, shape, strokeDash, strokeWidth
  case text, tooltip, order, detail
  case row, column, facet

  /// The channel's index among all.
  var index: Int {
    switch self {
    case .x: 0
    case .y: 1
    case .x2: 2
    case .y2: 3
    case .xOffset: 4
    case .yOffset: 5
    case .color: 6
    case .fill: 7
    case .stroke: 8
    case .opacity: 9
    case .fillOpacity: 10
    case .strokeOpacity: 11
    case .size: 12
    case .shape: 13
    case .strokeDash: 14
    case .strokeWidth: 15
    case .text: 16
    case .tooltip: 17
    case .order: 18
    case .detail: 19
    case .row: 20
    case .column: 21
    case .facet: 22
    }
  }

  var isPosition: Bool { self == .x || self == .y }
  var isFacet: Bool { self == .row || self == .column || self == .facet }
  var isColor: Bool { self == .color || self == .fill || self == .stroke }

  /// The channel whose scale it uses: `x` for `x2`.
  var scaleChannel: Channel? {
    switch self {
    case .x2: .x
    case .y2: .y
    case .text, .tooltip, .order, .detail, .row, .column, .facet: nil
    default: self
    }
  }

  /// Channels whose fields split a line into lines, and stack bars.
  static let grouping: [Channel] = [
    .color, .fill, .stroke, .opacity, .fillOpacity, .strokeOpacity, .size, .shape, .strokeDash, .strokeWidth, .detail,
  ]
}

enum FieldType: String, CaseIterable, Sendable {
  case quantitative, temporal, ordinal, nominal

  var isContinuous: Bool { self == .quantitative || self == .temporal }
}
