import Base

extension Expression {
  /// - Throws: the error, with its position in the text.
  init(parsing text: String, path: String) throws(FigureError) {
    var parser = ExpressionParser(text, path: path)
    self = try parser.whole()
  }
}

struct ExpressionParser {
  enum Symbol: Equatable {
    case number(Double)
    case string(String)
    case name(String)
    case sign(String)
  }

  private let path: String
  let text: String
  private var symbols: [Symbol] = []
  private var place = 0
  private var depth = 0

  init(_ text: String, path: String) {
    self.text = text
    self.path = path
  }

  mutating func whole() throws(FigureError) -> Expression {
    symbols = try scan()
    let expression = try conditional()
    if place < symbols.count { throw error("\(words(symbols[place])) is not expected here") }
    return expression
  }

  private mutating func conditional() throws(FigureError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    if depth > 50 { throw error("nested too deeply") }
    let test = try binary(0)
    guard accept("?") else { return test }
    let first = try conditional()
    try expect(":")
    return .conditional(test, first, try conditional())
  }

  private static let levels: [[String]] = [
    ["||"], ["&&"], ["==", "!=", "===", "!=="], ["<", ">", "<=", ">="], ["+", "-"], ["*", "/", "%"],
  ]

  private mutating func binary(_ level: Int) throws(FigureError) -> Expression {
    if level == Self.levels.count { return try unary() }
    var left = try binary(level + 1)
    while case .sign(let sign)? = peek, Self.levels[level].contains(sign) {
      place += 1
      left = .binary(sign, left, try binary(level + 1))
    }
    return left
  }

  private mutating func unary() throws(FigureError) -> Expression {
    if case .sign(let sign)? = peek, ["!", "-", "+"].contains(sign) {
      place += 1
      depth += 1
      defer { depth -= 1 }
      if depth > 50 { throw error("nested too deeply") }
      return .unary(sign, try unary())
    }
    return try member(of: try primary())
  }

  private mutating func member(of expression: Expression) throws(FigureError) -> Expression {
    guard case .sign(".")? = peek else { return expression }
    guard place + 1 < symbols.count, symbols[place + 1] == .name("length") else {
      throw error("only datum has members (and text has .length)")
    }
    place += 2
    return .call(.length, [expression])
  }

  private mutating func primary() throws(FigureError) -> Expression {
    guard let symbol = peek else { throw error("it ends too early") }
    place += 1
    switch symbol {
    case .number(let number): return .literal(.real(number))
    case .string(let string): return .literal(.text(string))
    case .sign("("):
      let inner = try conditional()
      try expect(")")
      return inner
    case .sign("["): return .list(try arguments(until: "]"))
    case .sign: throw error("\(words(symbol)) is not expected here")
    case .name(let name): return try named(name)
    }
  }

  private mutating func named(_ name: String) throws(FigureError) -> Expression {
    switch name {
    case "true": return .literal(.boolean(true))
    case "false": return .literal(.boolean(false))
    case "null", "undefined": return .literal(.null)
    case "NaN": return .literal(.real(.nan))
    case "PI": return .literal(.real(.pi))
    case "E": return .literal(.real(Math.exp(1)))
    case "datum": return .field(try fieldName())
    default: break
    }
    guard accept("(") else {
      if ["width", "height"].contains(name) { return .name(name) }
      throw error("\"\(name)\" is unknown (fields are written datum.\(name))")
    }
    guard let function = Expression.Function(rawValue: name) else {
      throw error(
        "there is no function \"\(name)\"\(Spelling.hint(name, among: Expression.Function.allCases.map(\.rawValue)))")
    }
    if function.isImpure { throw error("\(name)() is not supported: the same data must give the same figure") }
    return .call(function, try arguments(until: ")"))
  }

  private mutating func fieldName() throws(FigureError) -> String {
    if accept(".") {
      guard case .name(let name)? = peek else { throw error("a field's name is missing after \"datum.\"") }
      place += 1
      return name
    }
    if accept("[") {
      guard case .string(let name)? = peek else { throw error("a field's name in quotes is missing after \"datum[\"") }
      place += 1
      try expect("]")
      return name
    }
    throw error("datum needs a field: datum.name or datum['name']")
  }

  private mutating func arguments(until end: String) throws(FigureError) -> [Expression] {
    var arguments: [Expression] = []
    if accept(end) { return [] }
    repeat { arguments.append(try conditional()) } while accept(",")
    try expect(end)
    return arguments
  }

  private var peek: Symbol? { place < symbols.count ? symbols[place] : nil }

  private mutating func accept(_ sign: String) -> Bool {
    guard peek == .sign(sign) else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ sign: String) throws(FigureError) {
    if !accept(sign) { throw error("\"\(sign)\" is missing") }
  }

  private func words(_ symbol: Symbol) -> String {
    switch symbol {
    case .number(let number): Decimals.plain(number)
    case .string(let string): "'\(string)'"
    case .name(let name): "\"\(name)\""
    case .sign(let sign): "\"\(sign)\""
    }
  }

  func error(_ message: String) -> FigureError {
    FigureError(path, "in the expression \"\(text)\": \(message)")
  }
}
