/// One value of a table, with what its column's name says of it: `*_nanodollars` are money, `*_at_ms` are instants.
package enum Cell: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  /// Exact, so that printed parts can add up.
  case money(Money)
  case instant(Instant)
  /// What an expression gives, or a figure's own data; SQLite keeps it as 0 or 1.
  case boolean(Bool)
}

extension Cell {
  package var isNull: Bool { self == .null }

  /// Integers, reals and money.
  package var isNumber: Bool {
    switch self {
    case .integer, .real, .money: true
    case .null, .text, .instant, .boolean: false
    }
  }

  /// For bars, shares and sorting, money in dollars; nil where it is no number, or no finite one.
  package var number: Double? {
    switch self {
    case .null, .text, .instant, .boolean: nil
    case .integer(let value): Double(value)
    case .real(let value): value.isFinite ? value : nil
    case .money(let money): money.dollars
    }
  }

  /// What a condition asks: null, zero, no number and the empty text are false.
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

  /// The value in full: money with up to nine places, times in ISO 8601, reals in the shortest form that reads back; empty
  /// where it is unknown.
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

  /// Adds two values of a column; nil where they have no sum, and where either is unknown.
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
