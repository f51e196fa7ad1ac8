import Base

/// The properties of a scale.
struct ScaleOptions: Options {
  var type: ScaleKind?
  var domain: [Constant]?
  var domainMin: Constant?
  var domainMax: Constant?
  var domainMid: Double?
  var range: Range?
  var rangeMin: Double?
  var rangeMax: Double?
  var scheme: Scheme?
  var nice: Nice?
  var zero: Bool?
  var reverse: Bool?
  var padding: Double?
  var paddingInner: Double?
  var paddingOuter: Double?
  var align: Double?
  var round: Bool?
  var clamp: Bool?
  var base: Double?
  var exponent: Double?
  var constant: Double?

  enum Range: Equatable, Sendable {
    case list([Constant])
    /// `"width"`, `"category"`
    case name(String)
    /// The width of one step of a band scale.
    case step(Double?)

    var list: [Constant]? { if case .list(let list) = self { list } else { nil } }
  }

  struct Scheme: Equatable, Sendable {
    var name: String?
    var count: Double?
  }

  /// Whether the ends of the domain are rounded.
  enum Nice: Equatable, Sendable {
    case flag(Bool)
    case ticks(TickCount)
  }

  static let fields: [Field<Self>] = [
    Field("type", \.type, .scaleKind), Field("domain", \.domain, .list(.constant)),
    Field("domainMin", \.domainMin, .constant), Field("domainMax", \.domainMax, .constant),
    Field("domainMid", \.domainMid, .number), Field("range", \.range, .range),
    Field("rangeMin", \.rangeMin, .number),
    Field("rangeMax", \.rangeMax, .number), Field("scheme", \.scheme, .scheme),
    Field("nice", \.nice, .nice),
    Field("zero", \.zero, .boolean), Field("reverse", \.reverse, .boolean),
    Field("padding", \.padding, .number),
    Field("paddingInner", \.paddingInner, .number), Field("paddingOuter", \.paddingOuter, .number),
    Field("align", \.align, .number), Field("round", \.round, .boolean),
    Field("clamp", \.clamp, .boolean),
    Field("base", \.base, .number), Field("exponent", \.exponent, .number),
    Field("constant", \.constant, .number),
  ]

  static let elsewhere = [
    "interpolate": "colours are joined in sRGB", "bins": "use bin on the encoding",
    "domainRaw": "use domain",
  ]
}

private struct StepOptions: Options {
  var step: Double?
  static let fields: [Field<Self>] = [Field("step", \.step, .number)]
}

private struct SchemeOptions: Options {
  var name: String?
  var count: Double?
  static let fields: [Field<Self>] = [
    Field("name", \.name, .string), Field("count", \.count, .number),
  ]
}

extension Reader<ScaleKind> {
  static var scaleKind: Reader {
    Reader("a text") { json, path throws(FigureError) in
      guard let name = json.string else { return nil }
      if let kind = ScaleKind(rawValue: name) { return kind }
      throw FigureError(
        path, "no such scale\(Spelling.hint(name, among: ScaleKind.allCases.map(\.rawValue)))")
    }
  }
}

extension Reader<ScaleOptions.Range> {
  static var range: Reader {
    Reader("a list, a text or an object") { json, path throws(FigureError) in
      if let name = json.string { return .name(name) }
      if json.members != nil { return .step(try StepOptions(json, path).step) }
      return try Reader<[Constant]>.list(.constant).read(json, path).map { .list($0) }
    }
  }
}

extension Reader<ScaleOptions.Scheme> {
  static var scheme: Reader {
    Reader("a text or an object") { json, path throws(FigureError) in
      if let name = json.string { return .init(name: name) }
      guard json.members != nil else { return nil }
      let options = try SchemeOptions(json, path)
      return .init(name: options.name, count: options.count)
    }
  }
}

extension Reader<ScaleOptions.Nice> {
  static var nice: Reader {
    Reader("true or false, a number, a text or an object") { json, path throws(FigureError) in
      if let flag = json.boolean { return .flag(flag) }
      return try Reader<TickCount>.tickCount.read(json, path).map { .ticks($0) }
    }
  }
}
