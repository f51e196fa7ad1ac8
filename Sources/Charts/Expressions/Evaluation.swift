extension Expression {
  /// The value for one row of a table.
  func value(_ table: DataTable, _ row: Int, _ names: [String: Value] = [:]) -> Value {
    evaluate { name in
      table.index(name).map { table.columns[$0][row] } ?? .null
    } names: {
      names[$0] ?? .null
    }
  }

  /// The value in a world where fields have these values.
  func value(_ fields: [String: Value]) -> Value {
    evaluate {
      fields[$0] ?? .null
    } names: { _ in
      .null
    }
  }

  func evaluate(field: (String) -> Value, names: (String) -> Value) -> Value {
    switch self {
    case .literal(let value): return value
    case .field(let name): return field(name)
    case .name(let name): return names(name)
    case .list: return .null
    case .unary(let sign, let operand):
      let value = operand.evaluate(field: field, names: names)
      if sign == "!" { return .boolean(!value.isTrue) }
      let number = value.coerced
      return .number(sign == "-" ? -number : number)
    case .conditional(let test, let first, let second):
      return (test.evaluate(field: field, names: names).isTrue ? first : second).evaluate(field: field, names: names)
    case .binary(let sign, let left, let right):
      let first = left.evaluate(field: field, names: names)
      if sign == "&&" { return first.isTrue ? right.evaluate(field: field, names: names) : first }
      if sign == "||" { return first.isTrue ? first : right.evaluate(field: field, names: names) }
      return Self.apply(sign, first, right.evaluate(field: field, names: names))
    case .call(let function, let arguments):
      if function == .if, arguments.count > 1 {
        let chosen =
          arguments[0].evaluate(field: field, names: names).isTrue ? arguments[1] : arguments.dropFirst(2).first
        return chosen?.evaluate(field: field, names: names) ?? .null
      }
      var values: [Value] = []
      for argument in arguments {
        guard case .list(let list) = argument else {
          values.append(argument.evaluate(field: field, names: names))
          continue
        }
        let items = list.map { $0.evaluate(field: field, names: names) }
        if function == .indexof, values.isEmpty {
          let wanted = arguments.dropFirst().first?.evaluate(field: field, names: names)
          return .number(Double(items.firstIndex { $0 == wanted } ?? -1))
        }
        values.append(contentsOf: items)
      }
      return function.apply(values)
    }
  }

  private static func apply(_ sign: String, _ left: Value, _ right: Value) -> Value {
    switch sign {
    case "+":
      if case .text = left { return .text(left.string + right.string) }
      if case .text = right { return .text(left.string + right.string) }
      return .number(left.coerced + right.coerced)
    case "-": return .number(left.coerced - right.coerced)
    case "*": return .number(left.coerced * right.coerced)
    case "/": return .number(left.coerced / right.coerced)
    case "%":
      return .number(left.coerced.truncatingRemainder(dividingBy: right.coerced))
    case "===": return .boolean(left == right)
    case "!==": return .boolean(left != right)
    case "==": return .boolean(isEqual(left, right))
    case "!=": return .boolean(!isEqual(left, right))
    default: return .boolean(isOrdered(sign, left, right))
    }
  }

  private static func isEqual(_ left: Value, _ right: Value) -> Bool {
    if left == right { return true }
    if left == .null || right == .null { return false }
    return left.coerced == right.coerced
  }

  private static func isOrdered(_ sign: String, _ left: Value, _ right: Value) -> Bool {
    if case .text(let first) = left, case .text(let second) = right {
      let order = Value.compare(.text(first), .text(second))
      return sign == "<" ? order < 0 : sign == ">" ? order > 0 : sign == "<=" ? order <= 0 : order >= 0
    }
    let (first, second) = (left.coerced, right.coerced)
    return sign == "<"
      ? first < second : sign == ">" ? first > second : sign == "<=" ? first <= second : first >= second
  }
}

extension Value {
  /// JavaScript's conversion for arithmetic: null is 0, what is no number is NaN.
  var coerced: Double {
    switch self {
    case .null: 0
    case .text(let text): text.isEmpty ? 0 : Double(text) ?? .nan
    default: number ?? .nan
    }
  }
}
