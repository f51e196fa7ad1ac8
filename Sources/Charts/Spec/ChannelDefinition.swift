import Domain

/// An encoding: what a channel shows.
struct ChannelDefinition: Equatable {
  struct Condition: Equatable {
    var test: Expression
    var definition: Box
  }

  /// A definition within a definition.
  indirect enum Box: Equatable {
    case definition(ChannelDefinition)

    var value: ChannelDefinition {
      switch self {
      case .definition(let definition): definition
      }
    }
  }

  var channel: Channel
  var path: String
  /// The spec's options: scale, axis, legend, sort, format.
  var options: ChannelOptions
  /// The field's name in the data.
  var field: String?
  /// The column to read, after time units, bins and aggregates.
  var column: String?
  /// The column with the end of the interval that starts at `column`, for bins and time units.
  var endColumn: String?
  var type: FieldType
  var aggregate: AggregateOperation?
  var bin: Bin?
  /// The data is binned already.
  var isBinned = false
  var timeUnit: TimeUnit?
  var value: Constant?
  /// The value of a channel of colours.
  var ink: Ink?
  var datum: Cell?
  var conditions: [Condition] = []

  /// A field, or a constant in the data's units.
  var isData: Bool { column != nil || datum != nil }
  var isDiscrete: Bool { column != nil && (!type.isContinuous) }
  /// A measure: numbers or times that are not binned.
  var isMeasure: Bool { isData && type.isContinuous && bin == nil && !isBinned }
  var interval: Bool { bin != nil || timeUnit != nil }

  /// The default title.
  var title: String {
    if aggregate == .count { return "Count of Records" }
    let name = field ?? ""
    if let aggregate {
      return "\(aggregate.rawValue.prefix(1).uppercased())\(aggregate.rawValue.dropFirst()) of \(name)"
    }
    if bin != nil { return "\(name) (binned)" }
    if let timeUnit { return "\(name) (\(timeUnit.name))" }
    return name
  }
}

extension ChannelDefinition {
  init(_ options: ChannelOptions, _ channel: Channel, path: String) throws(FigureError) {
    self.channel = channel
    self.path = path
    self.options = options
    field = options.field
    aggregate = options.aggregate
    switch options.bin {
    case .binned?: isBinned = true
    case .options(let options)?: bin = Bin(options, channel: channel)
    default: break
    }
    timeUnit = options.timeUnit
    value = options.value
    type = .nominal
    datum = options.datum.map { constant in
      if case .time(let time) = constant { .real(time.time) } else { constant.value }
    }
    type = inferredType
    if type == .temporal, let text = datum, let time = text.time { datum = .real(time) }
    if channel.isColor, let name = value?.text {
      ink = try Reader<Ink>.color.value(.string(name), "\(path).value")
    }
    try checkFormats()
    let clauses = options.condition ?? []
    for (index, clause) in clauses.enumerated() {
      let place = "\(path).condition" + (clauses.count > 1 ? "[\(index)]" : "")
      let definition = try ChannelDefinition(clause.options.options, channel, path: place)
      conditions.append(
        Condition(test: clause.test, definition: .definition(definition)))
    }
    name()
  }

  /// Vega-Lite draws nothing at all if a time's format meets a value that is not a time.
  private func checkFormats() throws(FigureError) {
    if type == .temporal || timeUnit != nil { return }
    for (owner, format, formatType) in [
      ("", options.format, options.formatType), (".axis", options.axis?.value?.format, options.axis?.value?.formatType),
      (".legend", options.legend?.value?.format, options.legend?.value?.formatType),
      (".header", options.header?.value?.format, options.header?.value?.formatType),
    ] {
      guard let format, formatType != .time, NumberFormat(format) == nil
      else { continue }
      throw FigureError(
        "\(path)\(owner).format", "\"\(format)\" is for times; say \"type\": \"temporal\" or \"formatType\": \"time\"")
    }
  }

  private var inferredType: FieldType {
    if let type = options.type {
      return type
    }
    if aggregate != nil || bin != nil || isBinned { return .quantitative }
    if timeUnit != nil { return .temporal }
    if channel == .order { return .ordinal }
    if case .list? = options.sort { return .ordinal }
    if case .time? = options.datum { return .temporal }
    if case .real? = datum { return .quantitative }
    switch options.scale?.value?.type {
    case .linear?, .log?, .pow?, .sqrt?, .symlog?, .quantize?, .threshold?, .quantile?: return .quantitative
    case .time?, .utc?: return .temporal
    default: return .nominal
    }
  }

  /// Vega-Lite's names for computed columns, so that expressions written for it keep working.
  private mutating func name() {
    if aggregate == .count {
      column = "__count"
    } else if let field {
      if let aggregate {
        column = "\(aggregate.rawValue)_\(field)"
      } else if let bin {
        column =
          bin.step.map { "bin_step_\(Decimals.plain($0))_\(field)" }
          ?? "bin_maxbins_\(Decimals.plain(bin.maxbins))_\(field)"
        endColumn = column.map { "\($0)_end" }
      } else if let timeUnit {
        column = timeUnit.parts.map(\.rawValue).joined() + "_\(field)"
        endColumn = column.map { "\($0)_end" }
      } else {
        column = field
      }
    }
  }
}
