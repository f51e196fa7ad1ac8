/// Time of attempts and of unused capacity, and the part of it without a price, in milliseconds. An hour of an instance
/// counts for each that has a part of it. For the cost of jobs, time on unknown hosts has no price either.
package struct PricedTime: Equatable, Sendable {
  /// Milliseconds, with those that have no price.
  package var billed: Int64
  /// Milliseconds of `billed` that have no price.
  package var unpriced: Int64

  /// A cost is known if at most one part in this many has no price. The view `priced_rule` says the same in SQL.
  package static let parts: Int64 = 100

  package init(billed: Int64 = 0, unpriced: Int64 = 0) { (self.billed, self.unpriced) = (billed, unpriced) }

  /// Whether the cost of the time is known, so that it can be compared with that of another.
  package var isPriced: Bool { unpriced * Self.parts <= billed }

  /// From 0 to 1.
  package var unpricedShare: Double { billed > 0 ? Double(unpriced) / Double(billed) : 0 }

  package static func += (sum: inout PricedTime, part: PricedTime) {
    sum.billed += part.billed
    sum.unpriced += part.unpriced
  }
}
