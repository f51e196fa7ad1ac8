import Domain

/// Cells with JavaScript's conversions, which Vega-Lite uses. A figure's numbers are all reals (`DataTable.ofReals`),
/// and a time is text until it is parsed.
extension Cell {
  /// As a number, converted like JavaScript's unary plus; nil for null and for text that is not a number.
  var quantity: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value.isNaN ? nil : value
    case .money(let money): money.dollars
    case .boolean(let value): value ? 1 : 0
    case .text(let text): Double(text)
    case .null, .instant: nil
    }
  }

  /// JavaScript's conversion for arithmetic: null is 0, text that is not a number is NaN.
  var coerced: Double {
    switch self {
    case .null: 0
    case .text(let text): text.isEmpty ? 0 : Double(text) ?? .nan
    default: quantity ?? .nan
    }
  }

  /// As text, with numbers as JavaScript prints them.
  var string: String {
    switch self {
    case .null: "null"
    case .integer, .real, .money: Decimals.plain(quantity ?? .nan)
    case .text, .instant, .boolean: plain
    }
  }

  var isText: Bool {
    switch self {
    case .text, .instant: true
    case .null, .integer, .real, .money, .boolean: false
    }
  }

  var isValid: Bool {
    switch self {
    case .null: false
    case .real(let value): !value.isNaN
    default: true
    }
  }

  /// A time in milliseconds since 1970: a number as it is, text as ISO 8601.
  var time: Double? {
    switch self {
    case .instant(let instant): Double(instant.milliseconds)
    case .text(let text): CivilTime.parse(text)
    default: quantity
    }
  }

  /// The order of a sorted axis: nulls first, numbers by value, text by code units.
  static func ascending(_ left: Cell, _ right: Cell) -> Bool { compare(left, right) < 0 }

  static func compare(_ left: Cell, _ right: Cell) -> Int {
    switch (left, right) {
    case (.null, .null): return 0
    case (.null, _): return -1
    case (_, .null): return 1
    case (.instant(let left), .instant(let right)): return left < right ? -1 : left > right ? 1 : 0
    case (.text(let left), .text(let right)):
      return left == right ? 0 : left.utf16.lexicographicallyPrecedes(right.utf16) ? -1 : 1
    default:
      guard let first = left.quantity, let second = right.quantity else {
        let (first, second) = (left.string, right.string)
        return first == second ? 0 : first < second ? -1 : 1
      }
      return first < second ? -1 : first > second ? 1 : 0
    }
  }
}
