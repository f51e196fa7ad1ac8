/// One value of a table. Its type follows from the column's name: `*_nanodollars` is money, `*_at_ms` is an instant.
package enum Cell: Hashable, Sendable {
  /// Unknown, or does not apply: never 0.
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  /// Exact, so that printed parts add up.
  case money(Money)
  case instant(Instant)
  /// The result of an expression, or part of a figure's own data; SQLite stores it as 0 or 1.
  case boolean(Bool)
}

extension Cell {
  /// Unknown, or not applicable: never zero.
  package var isNull: Bool { self == .null }

  /// Integers, reals and money.
  package var isNumber: Bool {
    switch self {
    case .integer, .real, .money: true
    case .null, .text, .instant, .boolean: false
    }
  }

  /// For bars, shares and sorting, with money in dollars; nil if it is not a finite number.
  package var number: Double? {
    switch self {
    case .null, .text, .instant, .boolean: nil
    case .integer(let value): Double(value)
    case .real(let value): value.isFinite ? value : nil
    case .money(let money): money.dollars
    }
  }

  /// Its value as a condition: null, zero, values that are not numbers, and empty text are false.
  package var isTrue: Bool {
    switch self {
    case .null: false
    case .integer(let value): value != 0
    case .real(let value): value != 0 && !value.isNaN
    case .text(let text): !text.isEmpty
    case .money(let money): money != .zero
    case .instant: true
    case .boolean(let value): value
    }
  }

  /// The full value: money with up to nine places, times in ISO 8601, reals in the shortest form that reads back; empty
  /// if unknown.
  package var plain: String {
    switch self {
    case .null: ""
    case .integer(let value): String(value)
    case .real(let value): value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    case .text(let text): text
    case .money(let money): money.description
    case .instant(let instant): instant.description
    case .boolean(let value): value ? "true" : "false"
    }
  }

  /// Adds two values of a column; nil if they have no sum, or if either is unknown.
  package func adding(_ other: Cell) -> Cell? {
    switch (self, other) {
    case (.money(let a), .money(let b)):
      let (sum, overflow) = a.nanodollars.addingReportingOverflow(b.nanodollars)
      return overflow ? nil : .money(Money(nanodollars: sum))
    case (.integer(let a), .integer(let b)):
      let (sum, overflow) = a.addingReportingOverflow(b)
      return overflow ? nil : .integer(sum)
    case (.integer, .real), (.real, .integer), (.real, .real):
      return number.flatMap { a in other.number.map { .real(a + $0) } }
    default: return nil
    }
  }
}
