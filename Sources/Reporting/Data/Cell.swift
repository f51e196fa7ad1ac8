import Domain

/// One value of a query's row. Columns named `*_usd` arrive as exact money, so that printed parts can add up.
package enum Cell: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case money(Money)

  /// For bars, shares and sorting; nil for null and for text.
  package var number: Double? {
    switch self {
    case .null, .text: nil
    case .integer(let value): Double(value)
    case .real(let value): value.isFinite ? value : nil
    case .money(let money): money.dollars
    }
  }

  package var isNull: Bool { self == .null }

  /// What a condition in a report asks: null, zero and the empty text are false.
  package var isTrue: Bool {
    switch self {
    case .null: false
    case .integer(let value): value != 0
    case .real(let value): value != 0
    case .text(let text): !text.isEmpty
    case .money(let money): money != .zero
    }
  }

  /// The value as it is, without a format: what `{{totals.jobs}}` prints.
  package var plain: String {
    switch self {
    case .null: ""
    case .integer(let value): String(value)
    case .real(let value): value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    case .text(let text): text
    case .money(let money): money.description
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
