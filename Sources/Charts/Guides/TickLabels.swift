/// What the ticks of a scale say.
struct TickLabels {
  var source: ScaleSource
  var scale: Scale
  var count: Double
  var properties: JSON
  var expression: Expression?

  func text(_ value: Value, index: Int, of total: Int) -> String {
    let label = plain(value)
    guard let expression else { return label }
    let share = total > 1 ? Double(index) / Double(total - 1) : 0
    return expression.value(["value": value, "label": .text(label), "index": .number(share)]).shown
  }

  private func plain(_ value: Value) -> String {
    let definition = source.definition
    let isNormalized = source.uses.contains {
      $0.unit.stacked?.offset == .normalize && $0.unit.stacked?.channel == source.channel
    }
    let format = properties["format"]?.string ?? (isNormalized ? ".0%" : nil)
    let isTime =
      properties["formatType"]?.string.map { $0 == "time" }
      ?? (source.kind.isTime || definition?.type == .temporal || definition?.timeUnit != nil)
    if isTime, let time = value.time {
      if let format = format ?? definition?.timeUnit?.format { return TimeFormat.string(time, format) }
      return TimeFormat.tick(time)
    }
    if case .text = value, let format { return NumberFormat(format)?.string(value.coerced) ?? value.shown }
    guard let number = value.number, case .number = value else { return value.shown }
    guard case .continuous(let scale) = scale else {
      return format.flatMap { NumberFormat($0) }?.string(number)
        ?? (source.kind.isDiscrete ? value.shown : Decimals.plain(number))
    }
    guard let format, let parsed = NumberFormat(format) else { return scale.label(number, count: count) }
    return scale.label(number, count: count, format: parsed)
  }
}

extension Value {
  /// As a label: nothing for a null.
  var shown: String { self == .null ? "null" : string }
}

/// The style of labels, whose colour, weight and opacity may depend on a condition.
struct LabelStyle {
  private let properties: JSON
  private let config: Config
  private let prefix: String
  private var conditions: [String: [(test: Expression, value: JSON)]] = [:]

  init(_ properties: JSON, config: Config, path: String, prefix: String = "label") throws(FigureError) {
    self.properties = properties
    self.config = config
    self.prefix = prefix
    for name in ["Color", "FontWeight", "Opacity", "FontSize"] {
      guard let clause = properties[prefix + name]?["condition"] else { continue }
      var parsed: [(test: Expression, value: JSON)] = []
      for item in clause.array ?? [clause] {
        let test = try Transform.predicate(item["test"] ?? "true", path: "\(path).\(prefix)\(name).condition.test")
        parsed.append((test, item["value"] ?? .null))
      }
      conditions[name] = parsed
    }
  }

  func style(_ value: Value = .null, _ label: String = "", _ index: Int = 0) -> TextStyle {
    let property = { (name: String) -> JSON? in
      let fields: [String: Value] = ["value": value, "label": .text(label), "index": .number(Double(index))]
      for condition in conditions[name] ?? [] where condition.test.value(fields).isTrue { return condition.value }
      let given = properties[prefix + name]
      return given?["condition"] == nil ? given : given?["value"]
    }
    let size = max(config.smallestText, property("FontSize")?.number ?? 10)
    let opacity = property("Opacity")?.number ?? 1
    return TextStyle(
      size: size, weight: TextItem.weight(property("FontWeight")),
      italic: properties[prefix + "FontStyle"]?.string == "italic",
      color: (config.color(property("Color")) ?? .black).opacity(opacity),
      family: config.json["font"]?.string.flatMap { $0 == "sans-serif" ? nil : $0 })
  }
}
