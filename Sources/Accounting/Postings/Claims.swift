import Domain

/// Claims on an amount that are not integers: they are scaled to 53 bits, and the amount is divided by largest
/// remainder. Without any claim, the last takes everything.
struct Claims {
  private var claims: [Double] = []
  private var weights: [UInt64] = []
  private var division = LargestRemainder()
  /// The parts of the amount divided last, in the order of the claims.
  var parts: [Int64] { division.parts }

  mutating func begin() { claims.removeAll(keepingCapacity: true) }

  mutating func add(_ claim: Double) { claims.append(claim) }

  mutating func divide(_ amount: Int64) {
    weights.removeAll(keepingCapacity: true)
    let largest = claims.max() ?? 0
    if largest > 0 {
      let scale = 9_007_199_254_740_992.0 / largest
      for claim in claims { weights.append(UInt64((claim * scale).rounded())) }
    } else {
      for index in claims.indices { weights.append(index == claims.count - 1 ? 1 : 0) }
    }
    division.divide(amount, by: weights)
  }
}
