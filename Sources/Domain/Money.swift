/// An amount of money, exact to the nanodollar: 10⁻⁹ of the currency of the place in which it was charged, see
/// `Currency`.
///
/// Money is rounded in two places only: a charge is rounded once, half to even, and a charge is divided by
/// largest remainder so that its parts add up to it (`Money.divided(by:)`). Source: method page, §1.
package struct Money: Hashable, Comparable, Sendable {
  /// 10⁻⁹ of the currency, whichever it is.
  package var nanodollars: Int64

  package init(nanodollars: Int64) { self.nanodollars = nanodollars }

  package static let zero = Money(nanodollars: 0)
  package static func < (a: Money, b: Money) -> Bool { a.nanodollars < b.nanodollars }
  /// Sums and differences are clamped at nine billion dollars; such a ledger fails its checks.
  package static func + (a: Money, b: Money) -> Money { Money(nanodollars: sum(a.nanodollars, b.nanodollars)) }
  package static func - (a: Money, b: Money) -> Money { Money(nanodollars: difference(a.nanodollars, b.nanodollars)) }
  package static prefix func - (a: Money) -> Money { .zero - a }
  package static func += (a: inout Money, b: Money) { a = a + b }
  package static func -= (a: inout Money, b: Money) { a = a - b }

  /// For charts and percentages only. Yuan where the amount is in CNY.
  package var dollars: Double { Double(nanodollars) / 1e9 }
}

extension Money: CustomStringConvertible {
  /// The decimal with up to nine places and no trailing zeros, as JSON output writes it: `18365.478654586`.
  package var description: String { decimalString(nanodollars, places: 9) }
}

/// A price per unit and hour, in nanodollars per hour. Quoted decimals are read without going through `Double`.
package struct Rate: Hashable, Comparable, Sendable {
  /// For one unit: an instance, a vCPU, a GiB.
  package var nanodollarsPerHour: Int64

  package init(nanodollarsPerHour: Int64) { self.nanodollarsPerHour = nanodollarsPerHour }
  package static func < (a: Rate, b: Rate) -> Bool { a.nanodollarsPerHour < b.nanodollarsPerHour }

  /// Reads a decimal as AWS quotes it, such as `0.0416000000` or `3.5E-7`; digits beyond nine places are rounded once,
  /// half to even. Nil for anything else, for negative rates and for rates beyond `Int64`.
  package init?(decimal text: String) {
    guard let value = parseDecimal(text, places: 9), value >= 0 else { return nil }
    self.init(nanodollarsPerHour: value)
  }

  /// The cost of `milliseconds` at this rate, in nanodollars × milliseconds per hour. Exact; add up such costs and
  /// divide once by `millisecondsPerHour`.
  package func cost(milliseconds: Int64) -> Int128 { Int128(nanodollarsPerHour) * Int128(milliseconds) }
}

/// The sum; the largest or smallest `Int64` if it does not fit.
@inlinable package func sum(_ a: Int64, _ b: Int64) -> Int64 {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? (b < 0 ? .min : .max) : sum
}

/// The difference; the largest or smallest `Int64` if it does not fit.
@inlinable package func difference(_ a: Int64, _ b: Int64) -> Int64 {
  let (difference, overflow) = a.subtractingReportingOverflow(b)
  return overflow ? (b < 0 ? .max : .min) : difference
}

/// The product; the largest or smallest `Int64` if it does not fit.
@inlinable package func product(_ a: Int64, _ b: Int64) -> Int64 {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return overflow ? ((a < 0) == (b < 0) ? .max : .min) : product
}

/// What rates, and the instance-hours of charges, are divided by.
package let millisecondsPerHour: Int64 = 3_600_000
/// Every UTC day has as many: POSIX time counts no leap seconds.
package let millisecondsPerDay: Int64 = 86_400_000

/// `numerator ÷ denominator`, rounded half to even.
package func dividedHalfToEven(_ numerator: Int128, by denominator: Int128) -> Int128 {
  precondition(denominator > 0)
  var (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
  if remainder < 0 {
    quotient -= 1
    remainder += denominator
  }
  let twice = remainder * 2
  if twice > denominator || (twice == denominator && quotient & 1 == 1) { quotient += 1 }
  return quotient
}

extension Money {
  /// Divides this amount in proportion to `weights`: each part is rounded down, then the remaining nanodollars go to
  /// the largest remainders, ties to the earlier position. The parts add up to `self` exactly.
  ///
  /// Weights must not be negative; if all are zero, the first part takes everything.
  /// - Complexity: O(n log n) in the number of weights.
  package func divided(by weights: [Int128]) -> [Money] {
    guard !weights.isEmpty else { return [] }
    let total = weights.reduce(0, +)
    guard total > 0 else {
      return weights.indices.map { $0 == 0 ? self : .zero }
    }
    if nanodollars < 0 { return (-self).divided(by: weights).map { -$0 } }
    var parts = [Int64](repeating: 0, count: weights.count)
    var remainders = [Int128](repeating: 0, count: weights.count)
    var left = nanodollars
    for index in weights.indices {
      precondition(weights[index] >= 0, "a weight is negative")
      let (high, low) = Int128(nanodollars).multipliedFullWidth(by: weights[index])
      let (quotient, remainder) = total.dividingFullWidth((high, low))
      parts[index] = Int64(quotient)
      remainders[index] = remainder
      left -= Int64(quotient)
    }
    if left > 0 {
      let order = weights.indices.sorted {
        remainders[$0] != remainders[$1] ? remainders[$0] > remainders[$1] : $0 < $1
      }
      for index in order.prefix(Int(left)) { parts[index] += 1 }
    }
    return parts.map(Money.init(nanodollars:))
  }
}
