/// Time of attempts and of unused capacity, and the part of it without a price, in milliseconds. An hour of an instance
/// counts for each that has a part of it.
struct PricedTime: Equatable, Sendable {
  var billed: Int64 = 0
  var unpriced: Int64 = 0

  /// Whether the cost of the time is known, so that it can be compared with that of another: at least 99 % of it has a
  /// price. The view `priced_day` says the same in SQL.
  var isPriced: Bool { unpriced * 100 <= billed }

  static func += (sum: inout PricedTime, part: PricedTime) {
    sum.billed += part.billed
    sum.unpriced += part.unpriced
  }
}
