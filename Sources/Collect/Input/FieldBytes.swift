#if canImport(Glibc)
  import Glibc
#endif

/// Comparing a field in place in the buffer.
extension UnsafeRawBufferPointer {
  @inline(__always) static func == (bytes: Self, literal: StaticString) -> Bool {
    guard bytes.count == literal.utf8CodeUnitCount, let base = bytes.baseAddress else {
      return bytes.isEmpty && literal.utf8CodeUnitCount == 0
    }
    return memcmp(base, literal.utf8Start, bytes.count) == 0
  }

  @inline(__always) static func ~= (literal: StaticString, bytes: Self) -> Bool { bytes == literal }

  func hasPrefix(_ literal: StaticString) -> Bool {
    guard count >= literal.utf8CodeUnitCount, let baseAddress else { return literal.utf8CodeUnitCount == 0 }
    return memcmp(baseAddress, literal.utf8Start, literal.utf8CodeUnitCount) == 0
  }

  func contains(_ literal: StaticString) -> Bool {
    guard let baseAddress else { return false }
    let length = literal.utf8CodeUnitCount
    var from = 0
    while from + length <= count,
      let found = memchr(baseAddress + from, Int32(literal.utf8Start[0]), count - from - length + 1)
    {
      if memcmp(found, literal.utf8Start, length) == 0 { return true }
      from = UnsafeRawPointer(found) - baseAddress + 1
    }
    return false
  }

  /// Whether it is a word for a missing value: of SQL, Hive and Athena, Python, pandas and R.
  var isMissing: Bool {
    switch self {
    case "NULL", "null", "\\N", "None", "NA", "N/A", "<NA>", "(null)", "-": true
    default: false
    }
  }

  var string: String { String(decoding: self, as: UTF8.self) }

  /// The part after the last such byte; everything if there is none.
  func afterLast(_ byte: UInt8) -> Self {
    guard let index = lastIndex(of: byte) else { return self }
    return Self(rebasing: self[(index + 1)...])
  }

  /// FNV-1a, for sets of ids.
  var fnv: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in self { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}
