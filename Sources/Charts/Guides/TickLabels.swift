import Domain

/// The labels of a scale's ticks.
struct TickLabels {
  var source: ScaleSource
  var scale: Scale
  var count: Double
  var format: String?
  var formatType: FormatType?
  var expression: Expression?

  func text(_ value: Cell, index: Int, of total: Int) -> String {
    let label = plain(value)
    guard let expression else { return label }
    let share = total > 1 ? Double(index) / Double(total - 1) : 0
    return expression.value(["value": value, "label": .text(label), "index": .real(share)]).shown
  }

  private func plain(_ value: Cell) -> String {
    let definition = source.definition
    let isNormalized = source.uses.contains {
      $0.unit.stacked?.offset == .normalize && $0.unit.stacked?.channel == source.channel
    }
    let format = format ?? (isNormalized ? ".0%" : nil)
    let isTime =
      formatType.map { $0 == .time }
      ?? (source.kind.isTime || definition?.type == .temporal || definition?.timeUnit != nil)
    if isTime, let time = value.time {
      if let format = format ?? definition?.timeUnit?.format { return TimeFormat.string(time, format) }
      return TimeFormat.tick(time)
    }
    if value.isText, let format { return NumberFormat(format)?.string(value.coerced) ?? value.shown }
    guard let number = value.quantity, case .real = value else { return value.shown }
    guard case .continuous(let scale) = scale else {
      return format.flatMap { NumberFormat($0) }?.string(number)
        ?? (source.kind.isDiscrete ? value.shown : Decimals.plain(number))
    }
    guard let format, let parsed = NumberFormat(format) else { return scale.label(number, count: count) }
    return scale.label(number, count: count, format: parsed)
  }
}

extension Cell {
  /// As a label: nothing for a null.
  var shown: String { self == .null ? "null" : string }
}

/// The style of labels or a title; colour, weight and opacity may depend on a condition.
struct LabelStyle {
  private let color: Conditional<Ink>?
  private let size: Conditional<Double>?
  private let weight: Conditional<Weight>?
  private let opacity: Conditional<Double>?
  private let italic: Bool
  private let config: Config

  init(_ axis: AxisOptions, _ config: Config) {
    self.init(
      axis.labelColor, axis.labelFontSize, axis.labelFontWeight, axis.labelOpacity,
      italic: axis.labelFontStyle == "italic", config)
  }

  init(titleOf axis: AxisOptions, _ config: Config) {
    self.init(plain: axis.titleColor, axis.titleFontSize, axis.titleFontWeight, config)
  }

  init(_ legend: LegendOptions, _ config: Config) {
    self.init(
      legend.labelColor, legend.labelFontSize.map { Conditional($0) }, legend.labelFontWeight, nil,
      italic: false,
      config)
  }

  init(titleOf legend: LegendOptions, _ config: Config) {
    self.init(plain: legend.titleColor, legend.titleFontSize, legend.titleFontWeight, config)
  }

  init(_ header: HeaderOptions, _ config: Config) {
    self.init(plain: header.labelColor, header.labelFontSize, header.labelFontWeight, config)
  }

  init(titleOf header: HeaderOptions, _ config: Config) {
    self.init(plain: header.titleColor, header.titleFontSize, header.titleFontWeight, config)
  }

  private init(plain color: Ink?, _ size: Double?, _ weight: Weight?, _ config: Config) {
    self.init(
      color.map { Conditional($0) }, size.map { Conditional($0) }, weight.map { Conditional($0) },
      nil, italic: false,
      config)
  }

  private init(
    _ color: Conditional<Ink>?, _ size: Conditional<Double>?, _ weight: Conditional<Weight>?,
    _ opacity: Conditional<Double>?, italic: Bool, _ config: Config
  ) {
    self.color = color
    self.size = size
    self.weight = weight
    self.opacity = opacity
    self.italic = italic
    self.config = config
  }

  func style(_ value: Cell = .null, _ label: String = "", _ index: Int = 0) -> TextStyle {
    let fields: [String: Cell] = [
      "value": value, "label": .text(label), "index": .real(Double(index)),
    ]
    let size = max(config.smallestText, size?.value(fields) ?? 10)
    return TextStyle(
      size: size, weight: (weight?.value(fields) ?? .plain).number,
      italic: italic,
      color: (config.color(color?.value(fields)) ?? .black).opacity(opacity?.value(fields) ?? 1),
      family: config.family)
  }
}

extension Conditional {
  /// The value when fields have these values.
  func value(_ fields: [String: Cell]) -> Wrapped? {
    clauses.first { $0.test.value(fields).isTrue }?.value ?? otherwise
  }
}
