/// A legend: names with their symbols, or a ramp with its ends.
struct Legend: Equatable {
  struct Entry: Equatable {
    var value: Value
    var label: String
    var fill: Color?
    var stroke: Color?
    var size: Double
    var shape: String
    var strokeWidth: Double
    var dash: [Double]
  }

  var title: String?
  var entries: [Entry]
  /// For a ramp: its colours, and labels at shares of its length.
  var ramp: ColorRamp?
  var marks: [(share: Double, label: String)] = []
  var properties: JSON

  static func == (left: Legend, right: Legend) -> Bool {
    left.title == right.title && left.entries == right.entries && left.ramp == right.ramp
      && left.properties == right.properties && left.marks.map(\.label) == right.marks.map(\.label)
  }

  var orient: String { properties["orient"]?.string ?? "right" }
  func number(_ name: String) -> Double { properties[name]?.number ?? 0 }
}

/// Gathers the legends of scales; those of one field become one.
struct LegendBuilder {
  var sources: [(source: ScaleSource, scale: Scale)]
  var config: Config
  var height: Double

  func build() throws(FigureError) -> [Legend] {
    var legends: [(key: String, legend: Legend)] = []
    for channel in [
      Channel.color, .fill, .stroke, .shape, .size, .strokeDash, .strokeWidth, .opacity, .fillOpacity, .strokeOpacity,
    ] {
      for (source, scale) in sources where source.channel == channel {
        guard let definition = source.definition else { continue }
        let clauses = source.uses.compactMap {
          ScaleSource.data($0.definition)?.json["legend"] ?? $0.definition.json["legend"]
        }
        if clauses.count == source.uses.count, clauses.allSatisfy({ $0 == .null }) { continue }
        var own = JSON.object([])
        for clause in clauses.reversed() where clause.members != nil { own = own.merging(clause) }
        let properties = config["legend"].merging(own)
        if properties["disable"]?.boolean == true { continue }
        let key = definition.column ?? ""
        guard let legend = try legend(source, scale, properties, own) else { continue }
        if let index = legends.firstIndex(where: {
          $0.key == key && $0.legend.entries.map(\.value) == legend.entries.map(\.value) && legend.ramp == nil
            && $0.legend.ramp == nil
        }) {
          merge(legend, channel, into: &legends[index].legend)
        } else {
          legends.append((key, legend))
        }
      }
    }
    return legends.map(\.legend)
  }

  private func legend(_ source: ScaleSource, _ scale: Scale, _ properties: JSON, _ own: JSON) throws(FigureError)
    -> Legend?
  {
    guard let definition = source.definition else { return nil }
    var title: String?
    if let given = own["title"] ?? source.uses.lazy.compactMap({ ScaleSource.data($0.definition)?.json["title"] }).first
    {
      title = given.words
    } else if config["legend"]["title"] != .null {
      var words: [String] = []
      for use in source.uses {
        if let title = ScaleSource.data(use.definition)?.title, !words.contains(title) { words.append(title) }
      }
      title = words.joined(separator: ", ")
    }
    var legend = Legend(title: title, entries: [], ramp: nil, properties: properties)
    let expression: Expression? = try properties["labelExpr"]?.string.map { text throws(FigureError) in
      try Expression(parsing: text, path: "\(definition.path).legend.labelExpr")
    }
    if case .sequential(let sequential) = scale {
      legend.ramp = sequential.ramp
      let length = gradientLength(properties)
      let count = properties["tickCount"]?.number ?? max(2, 2 * (length / 100).rounded(.down))
      let given = properties["values"]?.array?.compactMap(source.number(of:))
      let labels = TickLabels(
        source: source, scale: .continuous(sequential.position), count: count, properties: properties,
        expression: expression)
      var ticks = given ?? sequential.position.ticks(count: count)
      let domain = sequential.position.domain
      if given == nil, ticks.count < 2 { ticks = [domain[0], domain[domain.count - 1]] }
      legend.marks = ticks.enumerated().map { index, tick in
        (sequential.position.position(tick), labels.text(.number(tick), index: index, of: ticks.count))
      }
      return legend
    }
    let values: [Value]
    if let given = properties["values"]?.array {
      values = given.map(Value.init)
    } else {
      switch scale {
      case .ordinal(let ordinal): values = ordinal.domain
      case .continuous(let continuous):
        values = continuous.ticks(count: properties["tickCount"]?.number ?? 5).map { .number($0) }
      case .steps(let steps): return stepLegend(legend, steps, source, properties)
      default: return nil
      }
    }
    let labels = TickLabels(source: source, scale: scale, count: 5, properties: properties, expression: expression)
    legend.entries = values.enumerated().map { index, value in
      entry(value, labels.text(value, index: index, of: values.count), scale.output(value), source, properties)
    }
    return legend
  }

  private func stepLegend(_ legend: Legend, _ steps: StepScale, _ source: ScaleSource, _ properties: JSON) -> Legend {
    var legend = legend
    let labels = TickLabels(source: source, scale: .steps(steps), count: 5, properties: properties, expression: nil)
    let text = { (value: Double) in labels.text(.number(value), index: 0, of: 1) }
    let edges = (steps.extent.first.map { [$0] } ?? []) + steps.thresholds + (steps.extent.last.map { [$0] } ?? [])
    for (index, output) in steps.range.enumerated() {
      let label: String
      if steps.extent.isEmpty {
        label =
          index == 0
          ? "< \(text(steps.thresholds.first ?? 0))"
          : index < steps.thresholds.count
            ? "\(text(steps.thresholds[index - 1])) – \(text(steps.thresholds[index]))"
            : "≥ \(text(steps.thresholds.last ?? 0))"
      } else {
        guard index + 1 < edges.count else { continue }
        label = "\(text(edges[index])) – \(text(edges[index + 1]))"
      }
      legend.entries.append(entry(.number(Double(index)), label, output, source, properties))
    }
    return legend
  }

  private func entry(_ value: Value, _ label: String, _ output: ScaleOutput?, _ source: ScaleSource, _ properties: JSON)
    -> Legend.Entry
  {
    let mark = source.uses.first?.unit.mark
    let isLine = mark.map { $0.type == .line || $0.type == .rule || $0.type == .trail } ?? false
    let isFilled = mark?.isFilled ?? true
    let base = config.color(mark?.properties["color"]) ?? .black
    var shape = properties["symbolType"]?.string ?? "circle"
    if source.uses.first.map({ ScaleSource.data($0.definition)?.json["legend"]?["symbolType"] == nil }) ?? true {
      if isLine {
        shape = "stroke"
      } else if mark?.type.isSymbol == true {
        shape = mark?.type == .point ? mark?.string("shape") ?? "circle" : mark?.type.rawValue ?? "circle"
      } else if mark.map({ [.bar, .rect, .area].contains($0.type) }) == true {
        shape = "square"
      }
    }
    var entry = Legend.Entry(
      value: value, label: label, fill: isFilled && !isLine ? base : nil,
      stroke: isFilled && !isLine ? mark.flatMap { config.color($0.own["stroke"]) } : base,
      size: properties["symbolSize"]?.number ?? 100, shape: shape,
      strokeWidth: isLine ? mark?.number("strokeWidth") ?? 2 : properties["symbolStrokeWidth"]?.number ?? 1.5,
      dash: mark?.properties["strokeDash"]?.array?.compactMap(\.number) ?? [])
    apply(output, source.channel, isFilled && !isLine, &entry)
    return entry
  }

  private func apply(_ output: ScaleOutput?, _ channel: Channel, _ isFilled: Bool, _ entry: inout Legend.Entry) {
    switch output {
    case .color(let color)?:
      if channel == .stroke || (channel == .color && !isFilled) { entry.stroke = color } else { entry.fill = color }
    case .text(let shape)?: entry.shape = shape
    case .dash(let dash)?: entry.dash = dash == [1, 0] ? [] : dash
    case .number(let number)?:
      switch channel {
      case .size: entry.size = number
      case .strokeWidth: entry.strokeWidth = number
      case .fillOpacity: entry.fill = entry.fill?.opacity(number)
      case .strokeOpacity: entry.stroke = entry.stroke?.opacity(number)
      default:
        entry.fill = entry.fill?.opacity(number)
        entry.stroke = entry.stroke?.opacity(number)
      }
    case nil: break
    }
  }

  /// A second channel of the same field adds its looks to the entries.
  private func merge(_ other: Legend, _ channel: Channel, into legend: inout Legend) {
    for index in legend.entries.indices {
      let entry = other.entries[index]
      switch channel {
      case .shape: legend.entries[index].shape = entry.shape
      case .size: legend.entries[index].size = entry.size
      case .strokeDash: legend.entries[index].dash = entry.dash
      case .strokeWidth: legend.entries[index].strokeWidth = entry.strokeWidth
      case .stroke: legend.entries[index].stroke = entry.stroke
      case .fill: legend.entries[index].fill = entry.fill
      default: break
      }
    }
  }

  func gradientLength(_ properties: JSON) -> Double {
    if let length = properties["gradientLength"]?.number { return length }
    let isVertical = ["left", "right"].contains(properties["orient"]?.string ?? "right")
    return isVertical ? max(64, min(200, height)) : 200
  }
}
