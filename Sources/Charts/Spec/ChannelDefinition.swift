import Base

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
  /// The spec's object: scale, axis, legend, sort, format and all else that later stages read.
  var json: JSON
  /// The field as the data has it.
  var field: String?
  /// The column to read, once time units, bins and aggregates are taken.
  var column: String?
  /// Where the interval that starts at `column` ends, for bins and time units.
  var endColumn: String?
  var type: FieldType
  var aggregate: AggregateOperation?
  var bin: Bin?
  /// The data is binned already.
  var isBinned = false
  var timeUnit: TimeUnit?
  var value: JSON?
  var datum: Value?
  var conditions: [Condition] = []

  /// A field or a constant in data's units.
  var isData: Bool { column != nil || datum != nil }
  var isDiscrete: Bool { column != nil && (!type.isContinuous) }
  /// A measure: numbers or times that are not in bins.
  var isMeasure: Bool { isData && type.isContinuous && bin == nil && !isBinned }
  var interval: Bool { bin != nil || timeUnit != nil }

  /// The words for it, where the spec gives none.
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
  init(_ json: JSON, _ channel: Channel, path: String) throws(FigureError) {
    self.channel = channel
    self.path = path
    self.json = json
    field = json["field"]?.string
    aggregate = try json["aggregate"]?.string.map { name throws(FigureError) in
      guard let operation = AggregateOperation(rawValue: name) else {
        let known = AggregateOperation.allCases.map(\.rawValue)
        throw FigureError("\(path).aggregate", "no such operation\(Spelling.hint(name, among: known))")
      }
      return operation
    }
    switch json["bin"] {
    case .boolean(true)?, .object?:
      if json["bin"]?["binned"]?.boolean == true {
        isBinned = true
      } else {
        bin = json["bin"].map { Bin($0, channel: channel) }
      }
    case .string("binned")?: isBinned = true
    default: break
    }
    timeUnit = try json["timeUnit"].map { unit throws(FigureError) in try TimeUnit(unit, path: "\(path).timeUnit") }
    value = json["value"]
    type = .nominal
    datum = json["datum"].map { datum in CivilTime(datum).map { .number($0.time) } ?? Value(datum) }
    type = try Self.type(json, channel, path, self)
    if type == .temporal, let text = datum, let time = text.time { datum = .number(time) }
    try checkFormats()
    let clauses = json["condition"].map { $0.array ?? [$0] } ?? []
    for (index, clause) in clauses.enumerated() {
      let place = "\(path).condition" + (clauses.count > 1 ? "[\(index)]" : "")
      guard let test = clause["test"] else {
        throw FigureError(place, "only conditions with a \"test\" are supported (a page has no selections)")
      }
      let definition = try ChannelDefinition(clause, channel, path: place)
      conditions.append(
        Condition(test: try Transform.predicate(test, path: "\(place).test"), definition: .definition(definition)))
    }
    name()
  }

  /// Vega-Lite draws nothing at all where a time's format meets what is no time.
  private func checkFormats() throws(FigureError) {
    if type == .temporal || timeUnit != nil { return }
    for (owner, object) in [
      ("", json), (".axis", json["axis"]), (".legend", json["legend"]), (".header", json["header"]),
    ] {
      guard let format = object?["format"]?.string, object?["formatType"]?.string != "time", NumberFormat(format) == nil
      else { continue }
      throw FigureError(
        "\(path)\(owner).format", "\"\(format)\" is for times; say \"type\": \"temporal\" or \"formatType\": \"time\"")
    }
  }

  private static func type(
    _ json: JSON, _ channel: Channel, _ path: String, _ definition: ChannelDefinition
  ) throws(FigureError) -> FieldType {
    if let name = json["type"]?.string {
      guard let type = FieldType(rawValue: name) else {
        let known = FieldType.allCases.map(\.rawValue)
        throw FigureError(
          "\(path).type", "no such type\(Spelling.hint(name, among: known)); use \(known.joined(separator: ", "))")
      }
      return type
    }
    if definition.aggregate != nil || definition.bin != nil || definition.isBinned { return .quantitative }
    if definition.timeUnit != nil { return .temporal }
    if channel == .order || json["sort"]?.array != nil { return .ordinal }
    if json["datum"]?.members != nil { return .temporal }
    if case .number? = definition.datum { return .quantitative }
    switch json["scale"]?["type"]?.string {
    case "linear", "log", "pow", "sqrt", "symlog", "quantize", "threshold", "quantile": return .quantitative
    case "time", "utc": return .temporal
    default: return .nominal
    }
  }

  /// The names that Vega-Lite gives to computed columns, so that expressions written for it keep working.
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
