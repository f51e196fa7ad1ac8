extension ExpressionParser {
  /// The text as numbers, strings, names and operators.
  func scan() throws(FigureError) -> [Symbol] {
    var symbols: [Symbol] = []
    var rest = Array(text)[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first.isNumber || (first == "." && rest.dropFirst().first?.isNumber == true) {
        symbols.append(.number(try Self.number(&rest, self)))
      } else if first == "'" || first == "\"" {
        symbols.append(.string(try Self.string(&rest, self)))
      } else if first.isLetter || first == "_" || first == "$" {
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
        rest = rest.dropFirst(name.count)
        symbols.append(.name(String(name)))
      } else {
        let sign = [3, 2, 1].map { String(rest.prefix($0)) }.first(where: Self.signs.contains)
        guard let sign else { throw error("\"\(first)\" is not understood") }
        rest = rest.dropFirst(sign.count)
        symbols.append(.sign(sign))
      }
    }
    return symbols
  }

  private static let signs: Set<String> = [
    "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")", "[",
    "]", ",", ".",
  ]

  private static func number(
    _ rest: inout ArraySlice<Character>, _ parser: ExpressionParser
  ) throws(FigureError) -> Double {
    var text = ""
    while let next = rest.first,
      next.isNumber || next == "." || next == "e" || next == "E"
        || ("+-".contains(next) && "eE".contains(text.last ?? " "))
    {
      text.append(next)
      rest.removeFirst()
    }
    guard let number = Double(text) else { throw parser.error("\"\(text)\" is not a number") }
    return number
  }

  private static func string(
    _ rest: inout ArraySlice<Character>, _ parser: ExpressionParser
  ) throws(FigureError) -> String {
    let quote = rest.removeFirst()
    var text = ""
    while let next = rest.popFirst() {
      if next == quote { return text }
      guard next == "\\" else {
        text.append(next)
        continue
      }
      guard let escaped = rest.popFirst() else { break }
      text.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped)
    }
    throw parser.error("a text has no closing quote")
  }
}
