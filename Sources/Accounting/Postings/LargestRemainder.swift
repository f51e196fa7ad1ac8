import Domain

/// `Money.divided(by:)` for 64-bit weights, with buffers that are reused between divisions.
struct LargestRemainder {
  /// Adds up to the amount divided last, in the order of its weights.
  private(set) var parts: [Int64] = []
  private var remainders: [UInt64] = []

  /// Each part is rounded down; the remaining nanodollars go to the largest remainders, ties to the earlier part. If
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
    parts.append(contentsOf: repeatElement(0, count: weights.count))
    remainders.removeAll(keepingCapacity: true)
    remainders.append(contentsOf: repeatElement(0, count: weights.count))
    parts.withUnsafeMutableBufferPointer { parts in
      remainders.withUnsafeMutableBufferPointer { remainders in
        Self.divide(UInt64(amount), by: weights, total, into: parts, remainders)
      }
    }
  }

  private static func divide(
    _ amount: UInt64, by weights: [UInt64], _ total: UInt64, into parts: UnsafeMutableBufferPointer<Int64>,
    _ remainders: UnsafeMutableBufferPointer<UInt64>
  ) {
    // A quotient below 2^50 computed with doubles is off by at most one, and a product corrects it: a third of the time
    // of a 128-bit division.
    let isSmall = amount < 1 << 50 && total < 1 << 62
    let scale = Double(amount) / Double(total)
    var left = amount
    for index in weights.indices {
      let weight = weights[index]
      var (quotient, remainder): (UInt64, UInt64)
      if isSmall {
        quotient = UInt64(Double(weight) * scale)
        remainder = amount &* weight &- quotient &* total
        if Int64(bitPattern: remainder) < 0 {
          quotient -= 1
          remainder &+= total
        } else if remainder >= total {
          quotient += 1
          remainder &-= total
        }
      } else {
        (quotient, remainder) = total.dividingFullWidth(amount.multipliedFullWidth(by: weight))
      }
      parts[index] = Int64(quotient)
      remainders[index] = remainder
      left -= quotient
    }
    // At most one nanodollar per part is left over.
    while left > 0 {
      var best = 0
      for index in remainders.indices where remainders[index] > remainders[best] { best = index }
      parts[best] += 1
      remainders[best] = 0
      left -= 1
    }
  }
}
