import Domain

extension LegendBuilder {
  func stepLegend(
    _ legend: Legend, _ steps: StepScale, _ source: ScaleSource, _ properties: LegendOptions
  ) -> Legend {
    var legend = legend
    let labels = TickLabels(
      source: source, scale: .steps(steps), count: 5, format: properties.format,
      formatType: properties.formatType)
    let text = { (value: Double) in labels.text(.real(value), index: 0, of: 1) }
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
      legend.entries.append(entry(.real(Double(index)), label, output, source, properties))
    }
    return legend
  }

  func entry(
    _ value: Cell, _ label: String, _ output: ScaleOutput?, _ source: ScaleSource, _ properties: LegendOptions
  )
    -> Legend.Entry
  {
    let mark = source.uses.first?.unit.mark
    let isLine = mark.map { $0.type == .line || $0.type == .rule || $0.type == .trail } ?? false
    let isFilled = mark?.isFilled ?? true
    let base = config.color(mark?.properties.color) ?? .black
    var shape = properties.symbolType ?? "circle"
    if source.uses.first.map({ ScaleSource.data($0.definition)?.options.legend?.value?.symbolType == nil }) ?? true {
      if isLine {
        shape = "stroke"
      } else if mark?.type.isSymbol == true {
        shape = mark?.type == .point ? mark?.properties.shape ?? "circle" : mark?.type.rawValue ?? "circle"
      } else if mark.map({ [.bar, .rect, .area].contains($0.type) }) == true {
        shape = "square"
      }
    }
    var entry = Legend.Entry(
      value: value, label: label, fill: isFilled && !isLine ? base : nil,
      stroke: isFilled && !isLine ? mark.flatMap { config.color($0.own.stroke) } : base,
      size: properties.symbolSize ?? 100, shape: shape,
      strokeWidth: isLine ? mark?.properties.strokeWidth ?? 2 : properties.symbolStrokeWidth ?? 1.5,
      dash: mark?.properties.strokeDash ?? [])
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

  /// A second channel of the same field adds its appearance to the entries.
  func merge(_ other: Legend, _ channel: Channel, into legend: inout Legend) {
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

  func gradientLength(_ properties: LegendOptions) -> Double {
    if let length = properties.gradientLength { return length }
    let isVertical = [.left, .right].contains(properties.orient ?? .right)
    return isVertical ? max(64, min(200, height)) : 200
  }
}
