import Domain

/// The 32 hexadecimal digits of an ECS task id as two integers; other ids are hashed.
package struct TaskKey: Hashable, Sendable, PackedKey {
  var high: UInt64
  var low: UInt64

  /// - Parameter bytes: the id in small letters, without the ARN around it.
  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var (high, low): (UInt64, UInt64) = (0, 0)
    for (position, byte) in bytes.enumerated() {
      let digit: UInt64
      switch byte {
      case 48...57: digit = UInt64(byte) - 48
      case 97...102: digit = UInt64(byte) - 87
      default: digit = 16
      }
      if digit == 16 || bytes.count != 32 {
        (high, low) = Self.hashed(bytes)
        break
      }
      if position < 16 { high = high << 4 | digit } else { low = low << 4 | digit }
    }
    (self.high, self.low) = (high, low)
  }

  package var word: UInt64 { high ^ low &* 0xFF51_AFD7_ED55_8CCD }

  /// FNV-1a, twice with different offsets.
  private static func hashed(_ bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64) {
    var (high, low): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x8422_2325_CBF2_9CE4)
    for byte in bytes {
      high = (high ^ UInt64(byte)) &* 0x100_0000_01B3
      low = (low ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return (high, low)
  }
}
