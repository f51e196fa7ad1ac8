/// An amount on a bill, exact to 10⁻¹⁸ of its currency: exports write ten decimals, or whatever a `Double` prints.
///
/// Stored as nanodollars and a remainder, two integers that a database can add up.
package struct ExactMoney: Hashable, Comparable, Sendable {
  /// 10⁻¹⁸ of the currency.
  package var attodollars: Int128

  package init(attodollars: Int128) { self.attodollars = attodollars }

  /// As a database stores it.
  ///
  /// - Parameter rest: attodollars beyond the nanodollars, of either sign.
  package init(nanodollars: Int64, rest: Int64 = 0) {
    attodollars = Int128(nanodollars) * Self.attodollarsPerNanodollar + Int128(rest)
  }

  package static let zero = ExactMoney(attodollars: 0)
  /// A nanodollar is 10⁻⁹ of the currency, an attodollar 10⁻¹⁸.
  package static let attodollarsPerNanodollar: Int128 = 1_000_000_000

  package static func < (a: ExactMoney, b: ExactMoney) -> Bool { a.attodollars < b.attodollars }
  package static func + (a: ExactMoney, b: ExactMoney) -> ExactMoney {
    ExactMoney(attodollars: a.attodollars + b.attodollars)
  }
  package static func - (a: ExactMoney, b: ExactMoney) -> ExactMoney {
    ExactMoney(attodollars: a.attodollars - b.attodollars)
  }
  package static func += (a: inout ExactMoney, b: ExactMoney) { a.attodollars += b.attodollars }

  /// Rounded to the nanodollar, half to even.
  package var rounded: Money {
    Money(nanodollars: Int64(clamping: dividedHalfToEven(attodollars, by: Self.attodollarsPerNanodollar)))
  }

  /// The remainder after rounding: at most half a nanodollar, of either sign.
  package var rest: Int64 {
    Int64(clamping: attodollars - Int128(rounded.nanodollars) * Self.attodollarsPerNanodollar)
  }
}

extension ExactMoney {
  /// Divides this amount as `Money` is divided; what is less than a nanodollar stays with the first part.
  package func divided(by weights: [Int128]) -> [ExactMoney] {
    rounded.divided(by: weights).enumerated().map { index, part in
      ExactMoney(nanodollars: part.nanodollars, rest: index == 0 ? rest : 0)
    }
  }
}

extension ExactMoney: CustomStringConvertible {
  /// The decimal with up to 18 places and no trailing zeros.
  package var description: String {
    let magnitude = String(attodollars.magnitude)
    let padded = String(repeating: "0", count: max(0, 19 - magnitude.count)) + magnitude
    var fraction = padded.suffix(18)
    while fraction.last == "0" { fraction.removeLast() }
    let whole = (attodollars < 0 ? "-" : "") + padded.dropLast(18)
    return fraction.isEmpty ? whole : "\(whole).\(fraction)"
  }
}

extension ExactMoney {
  /// Reads a decimal (`-1.7280000000`, `3.7650239e-06`) byte by byte; digits beyond 10⁻¹⁸ are rounded half to even. Nil
  /// for anything else, and for amounts beyond nine billion dollars.
  package init?(decimal bytes: UnsafeRawBufferPointer) {
    var index = 0
    let count = bytes.count
    guard count > 0, count <= 64 else { return nil }
    var isNegative = false
    if bytes[0] == 0x2D || bytes[0] == 0x2B {
      isNegative = bytes[0] == 0x2D
      index = 1
    }
    var mantissa: UInt64 = 0
    var wide: Int128 = 0
    var digits = 0
    var decimals = 0
    var hasPoint = false
    scan: while index < count {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39:
        digits += 1
        if digits <= 18 {
          mantissa = mantissa &* 10 &+ UInt64(byte &- 0x30)
        } else {
          if digits == 19 { wide = Int128(mantissa) }
          // Digits past the 36th cannot change the result.
          if digits > 36 { return nil }
          wide = wide * 10 + Int128(byte - 0x30)
        }
        if hasPoint { decimals += 1 }
      case 0x2E:
        if hasPoint { return nil }
        hasPoint = true
      case 0x45, 0x65: break scan
      default: return nil
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    var exponent = 0
    if index < count {
      guard let parsed = Self.exponent(bytes, index + 1) else { return nil }
      exponent = parsed
    }
    guard
      let value = Self.scaled(digits > 18 ? wide : Int128(mantissa), by: 18 - decimals + exponent),
      value < Self.limit
    else { return nil }
    attodollars = isNegative ? -value : value
  }

  private static let limit = Int128(9_000_000_000) * 1_000_000_000_000_000_000

  private static func exponent(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int? {
    var index = start
    guard index < bytes.count else { return nil }
    let isNegative = bytes[index] == 0x2D
    if isNegative || bytes[index] == 0x2B { index += 1 }
    guard index < bytes.count, bytes.count - index <= 3 else { return nil }
    var value = 0
    while index < bytes.count {
      guard (0x30...0x39).contains(bytes[index]) else { return nil }
      value = value * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    return isNegative ? -value : value
  }

  private static func scaled(_ value: Int128, by power: Int) -> Int128? {
    if power >= 0 {
      if value == 0 { return 0 }
      if power > 28 { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: powerOfTen(power))
      return overflow ? nil : product
    }
    if power < -37 { return 0 }
    return dividedHalfToEven(value, by: powerOfTen(-power))
  }

  private static func powerOfTen(_ power: Int) -> Int128 {
    var result: Int128 = 1
    for _ in 0..<power { result *= 10 }
    return result
  }
}
