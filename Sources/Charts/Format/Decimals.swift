import Glibc

/// The digits of numbers, rounded as JavaScript rounds them.
enum Decimals {
  /// `toFixed`: exact decimal expansion, halves away from zero.
  static func fixed(_ value: Double, _ digits: Int) -> String { printed("%.*f", value, digits) }

  /// The shortest text that reads back as the same number, as JavaScript prints it.
  static func plain(_ value: Double) -> String {
    if !value.isFinite { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    let text = "\(value)"
    guard let mark = text.firstIndex(of: "e"), let power = Int(text[text.index(after: mark)...]) else { return text }
    if power >= 21 || power < -7 {
      let mantissa = text[..<mark].hasSuffix(".0") ? text[..<mark].dropLast(2) : text[..<mark]
      return "\(mantissa)e\(power < 0 ? "-" : "+")\(abs(power))"
    }
    let (digits, _) = parts(value)
    return placed(digits, point: power + 1)
  }

  static func exponential(_ value: Double, _ digits: Int) -> String {
    let text = printed("%.*e", value, digits)
    guard let mark = text.firstIndex(of: "e"), let power = Int(text[text.index(after: mark)...]) else { return text }
    return "\(text[..<mark])e\(power < 0 ? "-" : "+")\(abs(power))"
  }

  /// `toPrecision`.
  static func general(_ value: Double, _ digits: Int) -> String {
    let digits = max(1, digits)
    let (significant, power) = parts(value, digits)
    if power < -6 || power >= digits { return exponential(value, digits - 1) }
    return placed(significant, point: power + 1)
  }

  /// Significant digits in decimal notation.
  static func rounded(_ value: Double, _ digits: Int) -> String {
    let (significant, power) = parts(value, max(1, digits))
    return placed(significant, point: power + 1)
  }

  /// Significant digits and an SI prefix.
  static func prefixed(_ value: Double, _ digits: Int) -> (String, String) {
    let prefixes = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"]
    if value == 0 { return (rounded(0, digits), "") }
    let (significant, power) = parts(value, max(1, digits))
    let third = max(-8, min(8, Int(bounded: (Double(power) / 3).rounded(.down))))
    let point = power - third * 3 + 1
    let text =
      point > 0
      ? placed(significant, point: point)
      : "0." + String(repeating: "0", count: -point) + parts(value, max(1, digits + point - 1)).digits
    return (text, prefixes[8 + third])
  }

  /// Without trailing zeros in the fraction.
  static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    let mark = text.firstIndex(of: "e") ?? text.endIndex
    var mantissa = text[..<mark]
    while mantissa.last == "0" { mantissa.removeLast() }
    if mantissa.last == "." { mantissa.removeLast() }
    return String(mantissa + text[mark...])
  }

  /// The significant digits (all, or `count`), and the power of ten of the first.
  static func parts(_ value: Double, _ count: Int? = nil) -> (digits: String, power: Int) {
    let text: String
    if let count { text = printed("%.*e", value, count - 1) } else { text = shortest(value) }
    guard let mark = text.firstIndex(of: "e"), let power = Int(text[text.index(after: mark)...]) else {
      return (text, 0)
    }
    return (text[..<mark].filter(\.isNumber), power)
  }

  private static func shortest(_ value: Double) -> String {
    for digits in 0...16 {
      let text = printed("%.*e", value, digits)
      if Double(text) == value { return text }
    }
    return printed("%.*e", value, 16)
  }

  /// Digits with the decimal point after the first `point` of them.
  private static func placed(_ digits: String, point: Int) -> String {
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
    if digits.count <= point { return digits + String(repeating: "0", count: point - digits.count) }
    return digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// C's conversion; exact halves, which C rounds to even, are rounded up as in JavaScript.
  private static func printed(_ format: String, _ value: Double, _ digits: Int) -> String {
    var value = value
    if format.hasSuffix("f"), digits <= 3 {
      let scale = pow(10, Double(digits))
      let scaled = value * scale
      // An exact half (0.5, 0.125, 2.5): the next larger number rounds up.
      if scaled - scaled.rounded(.down) == 0.5, scaled / scale == value { value = value.nextUp }
    }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
      let length = withVaList([Int32(digits), value]) { vsnprintf(buffer.baseAddress, 400, format, $0) }
      let bytes = buffer.prefix(max(0, min(399, Int(length)))).map { UInt8(bitPattern: $0) }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
