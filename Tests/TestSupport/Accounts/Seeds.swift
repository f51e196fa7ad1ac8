/// A small generator whose whole state is its seed, so that a failure can be replayed (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Runs a property for many seeds. A failure's message must name its seed.
package func forAll(seeds count: Int, from first: UInt64 = 1, _ body: (UInt64, inout SeededGenerator) throws -> Void)
  rethrows
{
  for seed in first..<(first + UInt64(count)) {
    var generator = SeededGenerator(seed: seed)
    try body(seed, &generator)
  }
}
