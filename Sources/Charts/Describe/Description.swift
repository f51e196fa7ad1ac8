import Domain

/// A figure in words: what is drawn, and its main numbers, for those who cannot see it.
///
/// `Bars: cost by day, stacked by option. Lowest: $364, 4 Nov; highest: $1,413, 30 Oct.` Below a heading, which says what is
/// drawn, it is `Cost by day, USD; work by purchase option. Lowest: …`
struct Description {
  var model: Model
  var plots: [PlotDrawing]
  /// What the page says above the figure.
  var heading: String?

  /// - Parameter given: the spec's own description, which comes first.
  func words(_ given: String?) -> String {
    var sentences = [heading, given].compactMap { $0 }.filter { !$0.isEmpty }.map(Self.sentence)
    if plots.count > 1, heading == nil { sentences.append("\(plots.count) panels.") }
    var seen: Set<String> = []
    for plot in plots {
      let units = plot.units.filter { ($0.mark.type != .text && $0.mark.type != .rule) || plot.units.count == 1 }
      let measures = Set(units.compactMap { measure(of: $0).map(Self.name) })
      for unit in units {
        let (what, facts) = describe(unit, plot)
        if facts.isEmpty, heading != nil || what.isEmpty { continue }
        var told = facts.isEmpty ? [what] : facts
        if heading != nil, measures.count > 1, let measure = measure(of: unit) {
          told[0] = "\(Self.sentence(Self.name(measure)).dropLast()): \(told[0])"
        }
        // The first sentence says what all panels show.
        if !plot.label.isEmpty { told[0] = "\(plot.label): \(told[0])" }
        if heading == nil, !facts.isEmpty { told.insert(what, at: 0) }
        for sentence in told where seen.insert(sentence).inserted { sentences.append(sentence) }
      }
    }
    // A thousand words would not help a reader.
    let limit = 12
    if sentences.count > limit { sentences = Array(sentences.prefix(limit)) + ["And \(sentences.count - limit) more."] }
    return sentences.joined(separator: " ")
  }

  private func describe(_ unit: Unit, _ plot: PlotDrawing) -> (what: String, facts: [String]) {
    let measure = measure(of: unit)
    let dimension = dimension(of: unit, beside: measure)
    guard let measure else { return ("", []) }
    let parts = unit.channels.filter { Channel.grouping.contains($0.channel) && $0.isDiscrete }
    var what = "\(Self.noun(unit.mark.type)): \(Self.name(measure))"
    if let dimension { what += " by \(Self.name(dimension))" }
    if let part = parts.first(where: { $0.column != dimension?.column }) {
      what += unit.stacked == nil ? ", for each \(Self.name(part))" : ", stacked by \(Self.name(part))"
    }
    let facts = facts(unit, measure, dimension, parts.first { $0.column != dimension?.column })
    return (Self.sentence(what), facts)
  }

  /// All values if there are few; the extremes if there are many, and the sums of parts.
  private func facts(
    _ unit: Unit, _ measure: ChannelDefinition, _ dimension: ChannelDefinition?, _ part: ChannelDefinition?
  ) -> [String] {
    guard let column = measure.column else { return [] }
    let values = unit.table.column(column).map(\.quantity)
    let rows = values.indices.filter { values[$0] != nil }
    if rows.isEmpty { return [] }
    let label = { (row: Int) -> String in
      let second = unit.mark.type == .rect ? unit[.y] : nil
      let names = [dimension, second, part].compactMap { definition -> String? in
        guard let definition, let column = definition.column else { return nil }
        let cell = unit.table.column(column)[row]
        if definition.type == .quantitative, let number = cell.quantity {
          return FieldText.amount(number, definition, model)
        }
        return FieldText.plain(cell, definition)
      }
      return names.joined(separator: ", ")
    }
    let number = { (value: Double) in FieldText.amount(value, measure, model) }
    if rows.count <= 8 {
      return [rows.map { "\(label($0)) \(number(values[$0] ?? 0))".trimmed }.joined(separator: "; ") + "."]
    }
    var sentences: [String] = []
    if let partColumn = part?.column, measure.aggregate?.isSum ?? (unit.stacked != nil), let part {
      let sums = Aggregate(
        outputs: [.init(operation: .sum, field: column, name: " sum")], groupby: [partColumn]
      ).apply(unit.table)
      let totals = zip(sums.column(partColumn), sums.column(" sum"))
      if sums.rowCount <= 8 {
        let words = totals.map { "\(FieldText.plain($0, part)) \(number($1.quantity ?? 0))" }
        sentences.append(Self.sentence("In all " + words.joined(separator: "; ")))
      }
    }
    let low = rows.min { (values[$0] ?? 0) < (values[$1] ?? 0) } ?? rows[0]
    let high = rows.max { (values[$0] ?? 0) < (values[$1] ?? 0) } ?? rows[0]
    let ends = [low, high].map { row in
      let place = label(row)
      return number(values[row] ?? 0) + (place.isEmpty ? "" : ", \(place)")
    }
    sentences.append(Self.sentence("Lowest: \(ends[0]); highest: \(ends[1])"))
    return sentences
  }

  private func measure(of unit: Unit) -> ChannelDefinition? {
    if unit.mark.type == .rect, let color = unit[.color], color.type == .quantitative { return color }
    if let channel = unit.measureChannel, let definition = unit[channel], definition.column != nil { return definition }
    return [Channel.y, .x, .color, .size].lazy.compactMap { unit[$0] }.first {
      $0.column != nil && $0.type == .quantitative
    }
  }

  private func dimension(of unit: Unit, beside measure: ChannelDefinition?) -> ChannelDefinition? {
    [Channel.x, .y].lazy.compactMap { unit[$0] }.first { $0.column != nil && $0.channel != measure?.channel }
  }

  private static func noun(_ mark: MarkType) -> String {
    switch mark {
    case .bar: "Bars"
    case .line, .trail: "Lines"
    case .area: "Areas"
    case .point, .circle, .square: "Points"
    case .rect: "Heat map"
    case .rule, .tick: "Marks"
    case .text: "Numbers"
    }
  }

  private static func name(_ definition: ChannelDefinition) -> String {
    let given = definition.options.title?.value?.words ?? definition.options.axis?.value?.title?.value?.words
    if let given, !given.isEmpty { return given }
    if definition.aggregate == .count { return "number of rows" }
    let name = ColumnWords.words(definition.field ?? "")
    switch definition.aggregate {
    case nil, .sum?: return name
    case let operation?: return "\(operation.rawValue) \(name)"
    }
  }

  private static func sentence(_ words: String) -> String {
    guard let first = words.first else { return "" }
    let text = first.uppercased() + words.dropFirst()
    return text.hasSuffix(".") ? text : text + "."
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}

extension FieldText {
  /// A name or a date in running text.
  static func plain(_ cell: Cell, _ definition: ChannelDefinition) -> String {
    let isTime = definition.type == .temporal || definition.timeUnit != nil
    guard isTime, let time = cell.time else {
      if let format = definition.options.axis?.value?.format.flatMap(NumberFormat.init), let number = cell.quantity {
        return format.string(number)
      }
      return cell == .null ? "none" : ColumnWords.value(cell.string)
    }
    if let unit = definition.timeUnit, !unit.parts.contains(.year) { return TimeFormat.string(time, unit.format) }
    let civil = CivilTime(time)
    return TimeFormat.string(time, civil.hour == 0 && civil.minute == 0 ? "%-d %b" : "%-d %b %H:%M")
  }

  /// A number as its column's name tells, in its axis' format, or to three digits.
  static func amount(_ value: Double, _ definition: ChannelDefinition, _ model: Model) -> String {
    if definition.aggregate != .count, let known = ColumnWords.amount(value, definition.field ?? "") { return known }
    let format = definition.options.axis?.value?.format ?? definition.options.legend?.value?.format
    if let format, let parsed = NumberFormat(format) { return parsed.string(value) }
    if abs(value) >= 1000 { return NumberFormat.grouped.with(precision: 0).string(value) }
    var short = NumberFormat()
    short.type = "r"
    short.precision = 3
    short.trim = true
    return short.string(value)
  }
}

extension NumberFormat {
  func with(precision: Int) -> NumberFormat {
    var copy = self
    copy.precision = precision
    return copy
  }
}
