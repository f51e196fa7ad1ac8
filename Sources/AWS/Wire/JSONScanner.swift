/// Finds a string member of the outermost object of a JSON document without building anything: page tokens and error
/// codes in documents of megabytes that others will parse.
///
/// - Complexity: one pass over the bytes.
struct JSONScanner {
  private let bytes: [UInt8]
  private var position = 0

  /// The value of the outermost member `name`; nil if it is absent or not a string.
  /// - Throws: `Malformed` if the document is not a complete object.
  static func string(_ name: String, in bytes: [UInt8]) throws(Malformed) -> String? {
    try strings([name], in: bytes)[name]
  }

  /// The outermost string members with these names.
  static func strings(_ names: Set<String>, in bytes: [UInt8]) throws(Malformed) -> [String: String] {
    var scanner = JSONScanner(bytes: bytes)
    return try scanner.members(names)
  }

  struct Malformed: Error { let offset: Int }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func members(_ names: Set<String>) throws(Malformed) -> [String: String] {
    var found: [String: String] = [:]
    try expect(UInt8(ascii: "{"))
    if peek() == UInt8(ascii: "}") { return found }
    repeat {
      guard peek() == UInt8(ascii: "\"") else { throw malformed }
      let name = text(try quoted())
      try expect(UInt8(ascii: ":"))
      if peek() == UInt8(ascii: "\"") {
        let value = try quoted()
        if names.contains(name) { found[name] = text(value) }
      } else {
        try skipValue()
      }
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
    return found
  }

  private var malformed: Malformed { Malformed(offset: position) }

  /// The next byte that is not white space, without consuming it; nil at the end.
  private mutating func peek() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return bytes[position]
      }
    }
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(Malformed) {
    guard take(byte) else { throw malformed }
  }

  /// The text between the quotes, still escaped.
  private mutating func quoted() throws(Malformed) -> ArraySlice<UInt8> {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        return bytes[start..<position]
      case UInt8(ascii: "\\"): position += 2
      default: position += 1
      }
    }
    throw malformed
  }

  /// Skips an object, an array, a number or a word.
  private mutating func skipValue() throws(Malformed) {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
      case UInt8(ascii: ",") where depth == 0: return
      case UInt8(ascii: "\""):
        _ = try quoted()
        continue
      default: break
      }
      position += 1
    }
    throw malformed
  }

  private func text(_ escaped: ArraySlice<UInt8>) -> String {
    guard escaped.contains(UInt8(ascii: "\\")) else { return String(decoding: escaped, as: UTF8.self) }
    return JSONString.unescaped(escaped)
  }
}
