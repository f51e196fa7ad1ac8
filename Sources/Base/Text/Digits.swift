/// Digits with thousands separators and a fixed number of decimals: `8,067.44`.
package struct Digits: Sendable, Equatable {
  /// The thousands separator.
  package var group: String
  /// The decimal separator.
  package var decimal: String
  /// The sign of negative numbers: U+2212, as wide as a plus.
  package var minus: String

  package init(group: String = ",", decimal: String = ".", minus: String = "\u{2212}") {
    self.group = group
    self.decimal = decimal
    self.minus = minus
  }

  /// `5,826`; the minus is U+2212.
  package static let english = Digits()

  package func whole(_ value: Int64) -> String { fixed(value, places: 0) }

  /// `value` counts units of 10^-places: `fixed(806_744, places: 2)` is `8,067.44`.
  package func fixed(_ value: Int64, places: Int) -> String {
    let digits = value.magnitude.padded(to: places + 1)
    let sign = value < 0 ? minus : ""
    let whole = grouped(digits.dropLast(places))
    return places == 0 ? sign + whole : sign + whole + decimal + digits.suffix(places)
  }

  /// Rounds half away from zero. Numbers that do not fit in 64 bits are written as infinity.
  package func fixed(_ value: Double, places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard scaled.isFinite, abs(scaled) < 9e18 else { return value < 0 ? minus + "∞" : "∞" }
    return fixed(Int64(scaled), places: places)
  }

  /// Digits with thousands separators.
  package func grouped(_ digits: Substring) -> String {
    if digits.utf8.count <= 3 { return String(digits) }
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += group }
      text.append(digit)
    }
    return text
  }
}

extension BinaryInteger {
  /// The number, padded with zeros to at least this many digits: `7.padded(to: 2)` is `07`.
  package func padded(to width: Int) -> String {
    let digits = String(magnitude)
    return (self < 0 ? "-" : "") + String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}
