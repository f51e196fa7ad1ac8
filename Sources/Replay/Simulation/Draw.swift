/// Random numbers that depend on things, not on their order: the same seed gives a job's second attempt the same pull
/// whatever else happens, so that two scenarios differ only in their changes, and the number of threads does not
/// matter.
struct Draw: Sendable {
  let seed: UInt64

  enum What: UInt64 {
    case boot = 1
    case pull, scheduling, tail, reclaim, idle, idleLife, choice, retry, diversion, onDemand, shortage, zone, duration
  }

  /// At least 0, less than 1.
  @inline(__always)
  func share(_ what: What, _ first: Int, _ second: Int = 0) -> Double {
    var word = seed &* 0x9E37_79B9_7F4A_7C15 &+ what.rawValue
    word = Self.mixed(word ^ UInt64(bitPattern: Int64(first)) &* 0xD6E8_FEB8_6659_FD93)
    word = Self.mixed(word &+ UInt64(bitPattern: Int64(second)) &* 0xA076_1D64_78BD_642F)
    return Double(word >> 11) * 0x1p-53
  }

  /// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
  @inline(__always)
  private static func mixed(_ word: UInt64) -> UInt64 {
    var z = word &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
