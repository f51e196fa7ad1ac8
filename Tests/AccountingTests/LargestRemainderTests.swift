import Domain
import TestSupport
import Testing

@testable import Accounting

@Suite struct LargestRemainderTests {
  @Test("The fast division equals the exact one: 20,000 amounts and weights of every size")
  func exact() {
    var division = LargestRemainder()
    forAll(seeds: 20_000) { seed, random in
      let bits = Int.random(in: 0...62, using: &random)
      let amount = Int64.random(in: 0...(1 << Int64.random(in: 0...62, using: &random)), using: &random)
      let weights = (0..<Int.random(in: 1...40, using: &random)).map { _ in
        Bool.random(using: &random)
          ? UInt64.random(in: 0...(1 << UInt64(bits)), using: &random) : UInt64(1) << UInt64(bits)
      }
      division.divide(amount, by: weights)
      let expected = Money(nanodollars: amount).divided(by: weights.map { Int128($0) }).map(\.nanodollars)
      #expect(division.parts == expected, "seed \(seed): \(amount) by \(weights)")
    }
  }
}
