import Domain

/// `Money.divided(by:)` for weights of 64 bits, with buffers that are kept from one division to the next.
struct LargestRemainder {
  /// Add up to the amount divided last, in the order of its weights.
  private(set) var parts: [Int64] = []
  private var remainders: [UInt64] = []

  /// Each part is rounded down; the nanodollars left over go to the largest remainders, the earlier of equals first. If
  /// all weights are zero, the first part takes everything. The amount must not be negative.
  mutating func divide(_ amount: Int64, by weights: [UInt64]) {
    parts.removeAll(keepingCapacity: true)
    var total: UInt64 = 0
    var isWide = false
    for weight in weights {
      let (sum, overflow) = total.addingReportingOverflow(weight)
      total = sum
      isWide = isWide || overflow
    }
    if isWide {
      parts = Money(nanodollars: amount).divided(by: weights.map { Int128($0) }).map(\.nanodollars)
      return
    }
    guard total > 0, amount > 0 else {
      for index in weights.indices { parts.append(index == 0 ? amount : 0) }
      return
    }
    remainders.removeAll(keepingCapacity: true)
    var left = amount
    let magnitude = UInt64(amount)
    for weight in weights {
      let (quotient, remainder) = total.dividingFullWidth(magnitude.multipliedFullWidth(by: weight))
      parts.append(Int64(quotient))
      remainders.append(remainder)
      left -= Int64(quotient)
    }
    // At most one nanodollar a part is left over.
    while left > 0 {
      var best = 0
      for index in remainders.indices where remainders[index] > remainders[best] { best = index }
      parts[best] += 1
      remainders[best] = 0
      left -= 1
    }
  }
}
