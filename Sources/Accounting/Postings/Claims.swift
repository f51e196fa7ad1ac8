import Domain

extension Money {
  /// Divides an amount in proportion to claims that are no integers: they are scaled to 53 bits first. The parts add up
  /// to the amount; without any claim the last takes all.
  func divided(byClaims claims: [Double]) -> [Money] {
    let largest = claims.max() ?? 0
    guard largest > 0 else { return claims.indices.map { $0 == claims.count - 1 ? self : .zero } }
    let scale = 9_007_199_254_740_992.0 / largest
    return divided(by: claims.map { Int128(($0 * scale).rounded()) })
  }
}
