extension Transform {
  static let names = [
    "filter", "calculate", "aggregate", "joinaggregate", "bin", "timeUnit", "window", "fold", "stack",
  ]

  init(_ json: JSON, path: String) throws(FigureError) {
    let groupby = json["groupby"]?.array?.compactMap(\.string) ?? []
    if let filter = json["filter"] {
      self = .filter(try Self.predicate(filter, path: "\(path).filter"))
    } else if let text = json["calculate"]?.string {
      self = .calculate(
        try Expression(parsing: text, path: "\(path).calculate"), as: try Self.name(json["as"], "\(path).as"))
    } else if let list = json["aggregate"]?.array {
      self = .aggregate(Aggregate(outputs: try Self.outputs(list, "\(path).aggregate"), groupby: groupby))
    } else if let list = json["joinaggregate"]?.array {
      self = .joinAggregate(Aggregate(outputs: try Self.outputs(list, "\(path).joinaggregate"), groupby: groupby))
    } else if let bin = json["bin"] {
      let field = try Self.name(json["field"], "\(path).field")
      let names = try Self.names(json["as"], "\(path).as")
      self = .bin(
        Bin(bin, channel: nil), field: field, start: names[0], end: names.count > 1 ? names[1] : "\(names[0])_end")
    } else if let unit = json["timeUnit"] {
      let field = try Self.name(json["field"], "\(path).field")
      self = .timeUnit(
        try TimeUnit(unit, path: "\(path).timeUnit"), field: field, name: try Self.name(json["as"], "\(path).as"))
    } else if let list = json["window"]?.array {
      self = .window(try Self.window(list, json, path, groupby))
    } else if let list = json["fold"]?.array {
      let names = json["as"]?.array?.compactMap(\.string) ?? []
      self = .fold(
        list.compactMap(\.string), key: names.first ?? "key", value: names.count > 1 ? names[1] : "value")
    } else if let field = json["stack"]?.string {
      let names = try Self.names(json["as"], "\(path).as")
      self = .stack(
        Stack(
          field: field, groupby: groupby, sort: Self.sort(json["sort"]),
          offset: Stack.Offset(rawValue: json["offset"]?.string ?? "zero") ?? .zero, start: names[0],
          end: names.count > 1 ? names[1] : "\(names[0])_end"))
    } else {
      throw FigureError(path, "not a transform that is supported (use \(Self.names.joined(separator: ", ")))")
    }
  }

  static func sort(_ json: JSON?) -> [SortKey] {
    (json?.array ?? []).compactMap { key in
      key["field"]?.string.map { SortKey(field: $0, descending: key["order"]?.string == "descending") }
    }
  }

  /// One name, or the names of a start and an end.
  private static func names(_ json: JSON?, _ path: String) throws(FigureError) -> [String] {
    if let names = json?.array?.compactMap(\.string), !names.isEmpty { return names }
    return [try name(json, path)]
  }

  private static func name(_ json: JSON?, _ path: String) throws(FigureError) -> String {
    guard let name = json?.string else { throw FigureError(path, "a name is missing") }
    return name
  }

  private static func outputs(_ list: [JSON], _ path: String) throws(FigureError) -> [Aggregate.Output] {
    var outputs: [Aggregate.Output] = []
    for (index, item) in list.enumerated() {
      let place = "\(path)[\(index)]"
      guard let operation = AggregateOperation(rawValue: item["op"]?.string ?? "") else {
        throw FigureError(
          "\(place).op", "use one of \(AggregateOperation.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      let field = item["field"]?.string
      if field == nil, operation != .count { throw FigureError("\(place).field", "a name is missing") }
      outputs.append(.init(operation: operation, field: field, name: try name(item["as"], "\(place).as")))
    }
    return outputs
  }

  private static func window(
    _ list: [JSON], _ json: JSON, _ path: String, _ groupby: [String]
  ) throws(FigureError) -> Window {
    var window = Window(outputs: [], groupby: groupby, sort: sort(json["sort"]))
    for (index, item) in list.enumerated() {
      let place = "\(path).window[\(index)]"
      guard let operation = Window.Operation(item["op"]?.string ?? "") else {
        throw FigureError("\(place).op", "not an operation of windows")
      }
      window.outputs.append(
        .init(
          operation: operation, field: item["field"]?.string, parameter: Int(bounded: item["param"]?.number ?? 1),
          name: try name(item["as"], "\(place).as")))
    }
    if let frame = json["frame"]?.array, frame.count == 2 {
      window.frame = (frame[0].number.map { Int(bounded: $0) }, frame[1].number.map { Int(bounded: $0) })
    }
    window.ignorePeers = json["ignorePeers"]?.boolean ?? false
    return window
  }

  /// A filter: an expression, a field's predicate, or `and`, `or`, `not` of such.
  static func predicate(_ json: JSON, path: String) throws(FigureError) -> Expression {
    if let text = json.string { return try Expression(parsing: text, path: path) }
    for (name, sign) in [("and", "&&"), ("or", "||")] {
      guard let list = json[name]?.array else { continue }
      var tests: [Expression] = []
      for (index, item) in list.enumerated() { tests.append(try predicate(item, path: "\(path).\(name)[\(index)]")) }
      guard let first = tests.first else { return .literal(.boolean(name == "and")) }
      return tests.dropFirst().reduce(first) { .binary(sign, $0, $1) }
    }
    if let inner = json["not"] { return .unary("!", try predicate(inner, path: "\(path).not")) }
    guard let name = json["field"]?.string else { throw FigureError(path, "use an expression or {\"field\": …}") }
    let unit: TimeUnit? = try json["timeUnit"].map { unit throws(FigureError) in
      try TimeUnit(unit, path: "\(path).timeUnit")
    }
    // Text compared with a number stands for a time where the field has a unit.
    let field: Expression = unit == nil ? .field(name) : .call(.time, [.field(name)])
    let value = { (json: JSON) -> Expression in
      unit != nil ? .call(.time, [.literal(Value(json))]) : .literal(Value(json))
    }
    for (key, sign) in [("equal", "==="), ("lt", "<"), ("lte", "<="), ("gt", ">"), ("gte", ">=")] {
      if let other = json[key] { return .binary(sign, field, value(other)) }
    }
    if let range = json["range"]?.array, range.count == 2 {
      let tests = zip([">=", "<="], range).filter { $0.1 != .null }.map { Expression.binary($0.0, field, value($0.1)) }
      return tests.count == 2 ? .binary("&&", tests[0], tests[1]) : tests.first ?? .literal(.boolean(true))
    }
    if let list = json["oneOf"]?.array {
      let tests = list.map { Expression.binary("===", field, value($0)) }
      return tests.dropFirst().reduce(tests.first ?? .literal(.boolean(false))) { .binary("||", $0, $1) }
    }
    if let valid = json["valid"]?.boolean {
      let test = Expression.call(.isValid, [field])
      return valid ? test : .unary("!", test)
    }
    throw FigureError(path, "use equal, lt, lte, gt, gte, range, oneOf or valid")
  }
}

extension Bin {
  /// `true`, or an object of parameters; a legend and a facet take fewer bins than an axis.
  init(_ json: JSON, channel: Channel?) {
    maxbins = json["maxbins"]?.number ?? (channel == nil || channel == .x || channel == .y ? 10 : 6)
    maxbins = max(1, min(1000, maxbins))
    step = json["step"]?.number.flatMap { $0 > 0 ? $0 : nil }
    minstep = max(0, json["minstep"]?.number ?? 0)
    base = max(2, json["base"]?.number ?? 10)
    nice = json["nice"]?.boolean ?? true
    if let limits = json["extent"]?.array?.compactMap(\.number), limits.count == 2 { extent = (limits[0], limits[1]) }
  }
}

extension TimeUnit {
  init(_ json: JSON, path: String) throws(FigureError) {
    guard let name = json.string ?? json["unit"]?.string, let unit = TimeUnit(name) else {
      throw FigureError(path, "no such unit of time (use such as yearmonthdate, hours, yearweek)")
    }
    self = unit
    step = max(1, Int(bounded: json["step"]?.number ?? 1))
  }
}
