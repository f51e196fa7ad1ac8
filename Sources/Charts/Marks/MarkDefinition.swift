enum MarkType: String, CaseIterable, Sendable {
  case bar, line, area, point, circle, square, rect, rule, tick, text, trail

  /// One shape through all the rows of a group.
  var isPath: Bool { self == .line || self == .area || self == .trail }
  /// Rows as boxes: they take a band of a band scale whole.
  var isBox: Bool { self == .bar || self == .rect || self == .tick }
  var isSymbol: Bool { self == .point || self == .circle || self == .square }
  var isStackable: Bool { self == .bar || self == .area }
}

/// A mark with its properties: those of the spec over those of the config.
struct MarkDefinition: Equatable {
  var type: MarkType
  /// The merged properties.
  var properties: JSON
  /// Those the spec itself gave.
  var own: JSON

  init(_ json: JSON, config: Config, path: String) throws(FigureError) {
    let name = json.string ?? json["type"]?.string ?? ""
    guard let type = MarkType(rawValue: name) else {
      let known = MarkType.allCases.map(\.rawValue)
      let hint =
        name == "arc" ? "use a bar: lengths compare better than angles" : "use \(known.joined(separator: ", "))"
      throw FigureError(json.string == nil ? "\(path).type" : path, "no mark \"\(name)\" (\(hint))")
    }
    self.type = type
    own = json.members == nil ? .object([]) : json
    properties = config["mark"].merging(config[name]).merging(own)
  }

  func number(_ name: String) -> Double? { properties[name]?.number }
  func string(_ name: String) -> String? { properties[name]?.string }

  var isFilled: Bool {
    if let filled = properties["filled"]?.boolean { return filled }
    switch type {
    case .point, .line, .rule: return false
    default: return true
    }
  }
}
