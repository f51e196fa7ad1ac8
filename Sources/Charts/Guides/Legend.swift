import Domain

/// A legend: names with their symbols, or a ramp with labelled ends.
struct Legend: Equatable {
  struct Entry: Equatable {
    var value: Cell
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
  /// For a ramp: its colours, and labels at fractions of its length.
  var ramp: ColorRamp?
  var marks: [(share: Double, label: String)] = []
  var properties: LegendOptions

  static func == (left: Legend, right: Legend) -> Bool {
    left.title == right.title && left.entries == right.entries && left.ramp == right.ramp
      && left.properties == right.properties && left.marks.map(\.label) == right.marks.map(\.label)
  }

  var orient: LegendOptions.Orient { properties.orient ?? .right }
}

/// Collects the legends of scales and merges those of one field.
struct LegendBuilder {
  var sources: [(source: ScaleSource, scale: Scale)]
  var config: Config
  var height: Double

  func build() -> [Legend] {
    var legends: [(key: String, legend: Legend)] = []
    for channel in [
      Channel.color, .fill, .stroke, .shape, .size, .strokeDash, .strokeWidth, .opacity, .fillOpacity, .strokeOpacity,
    ] {
      for (source, scale) in sources where source.channel == channel {
        guard let definition = source.definition else { continue }
        let clauses = source.uses.compactMap {
          ScaleSource.data($0.definition)?.options.legend ?? $0.definition.options.legend
        }
        if clauses.count == source.uses.count, clauses.allSatisfy({ $0 == .null }) { continue }
        var own = LegendOptions()
        for clause in clauses.reversed() { own = own.overlaid(clause.value) }
        let properties = config.options.legend.overlaid(own)
        if properties.disable == true { continue }
        let key = definition.column ?? ""
        guard let legend = legend(source, scale, properties, own) else { continue }
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

  private func legend(
    _ source: ScaleSource, _ scale: Scale, _ properties: LegendOptions, _ own: LegendOptions
  )
    -> Legend?
  {
    if source.definition == nil { return nil }
    var title: String?
    if let given = own.title
      ?? source.uses.lazy.compactMap({ ScaleSource.data($0.definition)?.options.title }).first
    {
      title = given.value?.words
    } else if config.options.legend.title != .null {
      var words: [String] = []
      for use in source.uses {
        if let title = ScaleSource.data(use.definition)?.title, !words.contains(title) { words.append(title) }
      }
      title = words.joined(separator: ", ")
    }
    var legend = Legend(title: title, entries: [], ramp: nil, properties: properties)
    if case .sequential(let sequential) = scale {
      legend.ramp = sequential.ramp
      let length = gradientLength(properties)
      let count = properties.count ?? max(2, 2 * (length / 100).rounded(.down))
      let given = properties.values?.compactMap(source.number(of:))
      let labels = TickLabels(
        source: source, scale: .continuous(sequential.position), count: count,
        format: properties.format,
        formatType: properties.formatType,
        expression: properties.labelExpr)
      var ticks = given ?? sequential.position.ticks(count: count)
      let domain = sequential.position.domain
      if given == nil, ticks.count < 2 { ticks = [domain[0], domain[domain.count - 1]] }
      legend.marks = ticks.enumerated().map { index, tick in
        (sequential.position.position(tick), labels.text(.real(tick), index: index, of: ticks.count))
      }
      return legend
    }
    let values: [Cell]
    if let given = properties.values {
      values = given.map(\.value)
    } else {
      switch scale {
      case .ordinal(let ordinal): values = config.isHouse ? shown(ordinal.domain, source) : ordinal.domain
      case .continuous(let continuous):
        values = continuous.ticks(count: properties.count ?? 5).map { .real($0) }
      case .steps(let steps): return stepLegend(legend, steps, source, properties)
      default: return nil
      }
    }
    let labels = TickLabels(
      source: source, scale: scale, count: 5, format: properties.format,
      formatType: properties.formatType, expression: properties.labelExpr)
    legend.entries = values.enumerated().map { index, value in
      entry(value, labels.text(value, index: index, of: values.count), scale.output(value), source, properties)
    }
    return legend
  }

  /// The names of a scale that the figure shows; a legend explains nothing else.
  private func shown(_ domain: [Cell], _ source: ScaleSource) -> [Cell] {
    var present: Set<Cell> = []
    for use in source.uses {
      guard let column = (ScaleSource.data(use.definition) ?? use.definition).column else { continue }
      present.formUnion(use.unit.table.column(column))
    }
    let kept = domain.filter(present.contains)
    return kept.isEmpty ? domain : kept
  }
}

extension LegendOptions {
  /// The number of labels, if the spec gives one.
  fileprivate var count: Double? { if case .count(let count)? = tickCount { count } else { nil } }
}
