import Base

/// A number format in d3's syntax: `[[fill]align][sign][symbol][0][width][,][.precision][~][type]`.
struct NumberFormat: Equatable {
  var fill: Character = " "
  var align: Character = ">"
  var sign: Character = "-"
  var symbol: Character?
  var zero = false
  var width: Int?
  var comma = false
  var precision: Int?
  var trim = false
  var type: Character?

  /// Nil if the text is not a format.
  init?(_ specifier: String) {
    var rest = Array(specifier)[...]
    if rest.count > 1, "<>=^".contains(rest[rest.startIndex + 1]) {
      fill = rest.removeFirst()
      align = rest.removeFirst()
    } else if let first = rest.first, "<>=^".contains(first) {
      align = rest.removeFirst()
    }
    if let first = rest.first, "-+( ".contains(first) { sign = rest.removeFirst() }
    if let first = rest.first, "$#".contains(first) { symbol = rest.removeFirst() }
    if rest.first == "0" {
      zero = true
      rest.removeFirst()
    }
    width = Self.digits(&rest)
    if rest.first == "," {
      comma = true
      rest.removeFirst()
    }
    if rest.first == "." {
      rest.removeFirst()
      guard let digits = Self.digits(&rest) else { return nil }
      precision = digits
    }
    if rest.first == "~" {
      trim = true
      rest.removeFirst()
    }
    if let first = rest.first {
      guard first.isLetter || first == "%" else { return nil }
      type = rest.removeFirst()
    }
    guard rest.isEmpty else { return nil }
    if type == "n" {
      comma = true
      type = "g"
    } else if let letter = type, !"%bcdefgoprsXx".contains(letter) {
      return nil
    }
    if zero || (fill == "0" && align == "=") {
      zero = true
      fill = "0"
      align = "="
    }
  }

  private static func digits(_ rest: inout ArraySlice<Character>) -> Int? {
    var value: Int?
    while let digit = rest.first?.wholeNumberValue, rest.first?.isASCII == true {
      value = min(100, (value ?? 0) * 10 + digit)
      rest.removeFirst()
    }
    return value
  }

  func string(_ value: Double) -> String {
    let plain = type == nil
    let type = type ?? "g"
    let digits = precision.map { "gprs".contains(type) ? max(1, min(21, $0)) : max(0, min(20, $0)) } ?? (plain ? 12 : 6)
    var negative = value < 0 || (value == 0 && value.sign == .minus)
    let size = abs(value)
    var suffix = type == "%" || type == "p" ? "%" : ""
    var text: String
    if value.isNaN { return padded("NaN", negative: false, suffix: suffix) }
    if !size.isFinite {
      text = "Infinity"
    } else {
      switch type {
      case "%": text = Decimals.fixed(size * 100, digits)
      case "b": text = String(Int(bounded: size.jsRounded), radix: 2)
      case "c": text = Decimals.plain(size)
      case "d": text = Decimals.fixed(size.jsRounded, 0)
      case "e": text = Decimals.exponential(size, digits)
      case "f": text = Decimals.fixed(size, digits)
      case "g": text = Decimals.general(size, digits)
      case "o": text = String(Int(bounded: size.jsRounded), radix: 8)
      case "p": text = Decimals.rounded(size * 100, digits)
      case "r": text = Decimals.rounded(size, digits)
      case "s": (text, suffix) = Decimals.prefixed(size, digits)
      case "X": text = String(Int(bounded: size.jsRounded), radix: 16, uppercase: true)
      default: text = String(Int(bounded: size.jsRounded), radix: 16)
      }
    }
    if trim || plain { text = Decimals.trimmed(text) }
    // A negative number that rounds to zero has no sign.
    if negative, Double(text) == 0, sign != "+" { negative = false }
    return padded(text, negative: negative, suffix: suffix)
  }

  private func padded(_ text: String, negative: Bool, suffix: String = "") -> String {
    var prefix = negative ? (sign == "(" ? "(" : "\u{2212}") : (sign == "-" || sign == "(" ? "" : String(sign))
    if symbol == "$" { prefix += ChartLocale.current.currency }
    if symbol == "#", let type, "boxX".contains(type) { prefix += "0" + type.lowercased() }
    let end = suffix + (negative && sign == "(" ? ")" : "")
    let locale = ChartLocale.current
    var body = locale.decimal == "." ? text : text.replacing(".", with: locale.decimal)
    if comma, !zero { body = Self.grouped(body, locale.group, width: .max) }
    let length = prefix.count + body.count + end.count
    let padding = String(repeating: fill, count: max(0, (width ?? 0) - length))
    if comma, zero {
      body = Self.grouped(
        padding + body, locale.group, width: padding.isEmpty ? .max : (width ?? 0) - prefix.count - end.count)
      return prefix + body + end
    }
    switch align {
    case "<": return prefix + body + end + padding
    case "=": return prefix + padding + body + end
    case "^":
      let half = padding.count / 2
      return padding.prefix(half) + prefix + body + end + padding.dropFirst(half)
    default: return padding + prefix + body + end
    }
  }

  /// With thousands separators, at most `width` characters.
  private static func grouped(_ text: String, _ mark: String, width: Int) -> String {
    let whole = text.prefix { $0.isNumber }
    let rest = text.dropFirst(whole.count)
    let grouped = Digits(group: mark).grouped(whole).suffix(max(0, width - rest.count))
    return String(grouped.hasPrefix(mark) ? grouped.dropFirst(mark.count) : grouped) + rest
  }
}
