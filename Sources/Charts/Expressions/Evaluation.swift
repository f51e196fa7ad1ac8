import Domain

extension Expression {
  /// The value for one row of a table.
  func value(_ table: DataTable, _ row: Int, _ names: [String: Cell] = [:]) -> Cell {
    evaluate { name in
      table.index(of: name).map { table.columns[$0][row] } ?? .null
    } names: {
      names[$0] ?? .null
    }
  }

  /// The value when fields have these values.
  func value(_ fields: [String: Cell]) -> Cell {
    evaluate {
      fields[$0] ?? .null
    } names: { _ in
      .null
    }
  }

  func evaluate(field: (String) -> Cell, names: (String) -> Cell) -> Cell {
    switch self {
    case .literal(let value): return value
    case .field(let name): return field(name)
    case .name(let name): return names(name)
    case .list: return .null
    case .unary(let sign, let operand):
      let value = operand.evaluate(field: field, names: names)
      if sign == "!" { return .boolean(!value.isTrue) }
      let number = value.coerced
      return .real(sign == "-" ? -number : number)
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
      var values: [Cell] = []
      for argument in arguments {
        guard case .list(let list) = argument else {
          values.append(argument.evaluate(field: field, names: names))
          continue
        }
        let items = list.map { $0.evaluate(field: field, names: names) }
        if function == .indexof, values.isEmpty {
          let wanted = arguments.dropFirst().first?.evaluate(field: field, names: names)
          return .real(Double(items.firstIndex { $0 == wanted } ?? -1))
        }
        values.append(contentsOf: items)
      }
      return function.apply(values)
    }
  }

  private static func apply(_ sign: String, _ left: Cell, _ right: Cell) -> Cell {
    switch sign {
    case "+":
      if left.isText || right.isText { return .text(left.string + right.string) }
      return .real(left.coerced + right.coerced)
    case "-": return .real(left.coerced - right.coerced)
    case "*": return .real(left.coerced * right.coerced)
    case "/": return .real(left.coerced / right.coerced)
    case "%":
      return .real(left.coerced.truncatingRemainder(dividingBy: right.coerced))
    case "===": return .boolean(isIdentical(left, right))
    case "!==": return .boolean(!isIdentical(left, right))
    case "==": return .boolean(isEqual(left, right))
    case "!=": return .boolean(!isEqual(left, right))
    default: return .boolean(isOrdered(sign, left, right))
    }
  }

  private static func isIdentical(_ left: Cell, _ right: Cell) -> Bool {
    left == right || left.isText && right.isText && left.string == right.string
  }

  private static func isEqual(_ left: Cell, _ right: Cell) -> Bool {
    if isIdentical(left, right) { return true }
    if left == .null || right == .null { return false }
    return left.coerced == right.coerced
  }

  private static func isOrdered(_ sign: String, _ left: Cell, _ right: Cell) -> Bool {
    if left.isText, right.isText {
      let order = Cell.compare(.text(left.string), .text(right.string))
      return sign == "<" ? order < 0 : sign == ">" ? order > 0 : sign == "<=" ? order <= 0 : order >= 0
    }
    let (first, second) = (left.coerced, right.coerced)
    return sign == "<"
      ? first < second : sign == ">" ? first > second : sign == "<=" ? first <= second : first >= second
  }
}
