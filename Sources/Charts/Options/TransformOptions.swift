/// A step of a spec's `transform` list; its name decides which of these properties it may have.
struct TransformOptions: Options {
  var filter: Expression?
  var calculate: Expression?
  var aggregate: [OutputOptions]?
  var joinaggregate: [OutputOptions]?
  var bin: BinOptions.Given?
  var timeUnit: TimeUnit?
  var window: [OutputOptions]?
  var fold: [String]?
  var stack: String?
  var names: [String]?
  var groupby: [String]?
  var field: String?
  var sort: [SortKeyOptions]?
  var frame: [Nullable<Double>]?
  var ignorePeers: Bool?
  var offset: Stack.Offset?

  static let fields: [Field<Self>] = [
    Field("filter", \.filter, .predicate), Field("calculate", \.calculate, .expression),
    Field("aggregate", \.aggregate, .list(.options())),
    Field("joinaggregate", \.joinaggregate, .list(.options())),
    Field("bin", \.bin, .bin), Field("timeUnit", \.timeUnit, .timeUnit),
    Field("window", \.window, .list(.options())),
    Field("fold", \.fold, .list(.string)), Field("stack", \.stack, .string),
    Field("as", \.names, .names),
    Field("groupby", \.groupby, .list(.string)), Field("field", \.field, .string),
    Field("sort", \.sort, .list(.options())), Field("frame", \.frame, .list(.orNull(.number))),
    Field("ignorePeers", \.ignorePeers, .boolean), Field("offset", \.offset, .word()),
  ]

  static let elsewhere = Dictionary(
    uniqueKeysWithValues: [
      "density", "extent", "flatten", "impute", "loess", "lookup", "pivot", "quantile",
      "regression", "sample",
    ].map { ($0, "compute it in the query") })
}

/// `{"op": "sum", "field": "cost_usd", "as": "cost"}`
struct OutputOptions: Options {
  var op: String?
  var field: String?
  var name: String?
  var param: Double?

  static let fields: [Field<Self>] = [
    Field("op", \.op, .string), Field("field", \.field, .string), Field("as", \.name, .string),
    Field("param", \.param, .number),
  ]
}

/// `{"field": "day", "order": "descending"}`
struct SortKeyOptions: Options {
  var field: String?
  var order: Nullable<Order>?

  static let fields: [Field<Self>] = [
    Field("field", \.field, .string), Field("order", \.order, .orNull(.word())),
  ]
}

/// One test of a field, or several joined.
struct PredicateOptions: Options {
  var and: [Expression]?
  var or: [Expression]?
  var not: Expression?
  var field: String?
  var timeUnit: TimeUnit?
  var equal, lt, lte, gt, gte: Constant?
  var range: [Constant]?
  var oneOf: [Constant]?
  var valid: Bool?

  static let fields: [Field<Self>] = [
    Field("and", \.and, .list(.predicate)), Field("or", \.or, .list(.predicate)),
    Field("not", \.not, .predicate),
    Field("field", \.field, .string), Field("timeUnit", \.timeUnit, .timeUnit),
    Field("equal", \.equal, .constant),
    Field("lt", \.lt, .constant), Field("lte", \.lte, .constant), Field("gt", \.gt, .constant),
    Field("gte", \.gte, .constant), Field("range", \.range, .list(.constant)),
    Field("oneOf", \.oneOf, .list(.constant)), Field("valid", \.valid, .boolean),
  ]

  static let elsewhere = ["param": "a page has no selections"]
}

extension Reader<[String]> {
  /// One name, or the names of a start and an end.
  static var names: Reader {
    Reader("a text or a list of texts") { json, path throws(FigureError) in
      if let name = json.string { return [name] }
      return try Reader<[String]>.list(.string).read(json, path)
    }
  }
}

extension Reader<Expression> {
  /// A filter: an expression, a field's predicate, or `and`, `or`, `not` of such.
  static var predicate: Reader {
    Reader("a text or an object") { json, path throws(FigureError) in
      if let text = json.string { return try Expression(parsing: text, path: path) }
      guard json.members != nil else { return nil }
      return try Expression(try PredicateOptions(json, path), path)
    }
  }
}

extension Expression {
  init(_ options: PredicateOptions, _ path: String) throws(FigureError) {
    for (tests, sign) in [(options.and, "&&"), (options.or, "||")] {
      guard let tests else { continue }
      self = tests.dropFirst().reduce(tests.first ?? .literal(.boolean(sign == "&&"))) {
        .binary(sign, $0, $1)
      }
      return
    }
    if let inner = options.not {
      self = .unary("!", inner)
      return
    }
    guard let name = options.field else {
      throw FigureError(path, "use an expression or {\"field\": …}")
    }
    self = try Self.comparison(name, options, path)
  }

  private static func comparison(_ name: String, _ options: PredicateOptions, _ path: String)
    throws(FigureError)
    -> Expression
  {
    // Text compared with a number is a time if the field has a unit.
    let isTime = options.timeUnit != nil
    let field: Expression = isTime ? .call(.time, [.field(name)]) : .field(name)
    let value = { (constant: Constant) -> Expression in
      isTime ? .call(.time, [.literal(constant.value)]) : .literal(constant.value)
    }
    for (other, sign) in [
      (options.equal, "==="), (options.lt, "<"), (options.lte, "<="), (options.gt, ">"),
      (options.gte, ">="),
    ] {
      if let other { return .binary(sign, field, value(other)) }
    }
    if let range = options.range, range.count == 2 {
      let tests = zip([">=", "<="], range).filter { $0.1 != .null }.map {
        Expression.binary($0.0, field, value($0.1))
      }
      return tests.count == 2
        ? .binary("&&", tests[0], tests[1]) : tests.first ?? .literal(.boolean(true))
    }
    if let list = options.oneOf {
      let tests = list.map { Expression.binary("===", field, value($0)) }
      return tests.dropFirst().reduce(tests.first ?? .literal(.boolean(false))) {
        .binary("||", $0, $1)
      }
    }
    if let valid = options.valid {
      let test = Expression.call(.isValid, [field])
      return valid ? test : .unary("!", test)
    }
    throw FigureError(path, "use equal, lt, lte, gt, gte, range, oneOf or valid")
  }
}
