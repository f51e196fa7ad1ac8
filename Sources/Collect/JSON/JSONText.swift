import CSimdJSON

#if canImport(Glibc)
  import Glibc
#endif

/// UTF-8 text in the parser's memory. Valid until the parser parses again.
struct JSONText {
  let start: UnsafePointer<UInt8>
  let count: Int

  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
  var string: String { String(decoding: buffer, as: UTF8.self) }
  var isEmpty: Bool { count == 0 }

  @inline(__always) static func == (text: JSONText, literal: StaticString) -> Bool {
    text.count == literal.utf8CodeUnitCount && memcmp(text.start, literal.utf8Start, text.count) == 0
  }

  @inline(__always) static func == (a: JSONText, b: JSONText) -> Bool {
    a.count == b.count && memcmp(a.start, b.start, a.count) == 0
  }

  /// For `switch`.
  @inline(__always) static func ~= (literal: StaticString, text: JSONText) -> Bool { text == literal }

  func hasPrefix(_ literal: StaticString) -> Bool {
    count >= literal.utf8CodeUnitCount && memcmp(start, literal.utf8Start, literal.utf8CodeUnitCount) == 0
  }

  func firstIndex(of byte: UInt8, from offset: Int = 0) -> Int? {
    guard offset < count, let found = memchr(start + offset, Int32(byte), count - offset) else { return nil }
    return found - UnsafeMutableRawPointer(mutating: start)
  }

  func lastIndex(of byte: UInt8) -> Int? {
    var index = count - 1
    while index >= 0, start[index] != byte { index -= 1 }
    return index < 0 ? nil : index
  }

  /// A half-open part of the text; offsets must be within it.
  func slice(_ from: Int, _ to: Int) -> JSONText { JSONText(start: start + from, count: to - from) }
  func dropFirst(_ n: Int) -> JSONText { slice(min(n, count), count) }

  /// The part after the last slash: the name in an ARN or in a log stream's name.
  var afterLastSlash: JSONText { lastIndex(of: UInt8(ascii: "/")).map { dropFirst($0 + 1) } ?? self }

  @inline(__always) func hash(seed: UInt64) -> UInt64 { csimdjson_hash(start, count, seed) }
}
