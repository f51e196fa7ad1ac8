/// Why a text is not JSON, and where.
package struct JSONError: Error, Equatable, CustomStringConvertible {
  package var line: Int
  package var column: Int
  package var message: String

  package var description: String { "\(line):\(column): \(message)" }
}

extension JSON {
  /// Reads one JSON value (RFC 8259), at most 64 levels deep.
  package init(parsing text: String) throws(JSONError) {
    var parser = JSONParser(bytes: Array(text.utf8))
    self = try parser.document()
  }
}

struct JSONParser {
  let bytes: [UInt8]
  var place = 0
  var depth = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSON {
    let value = try value()
    skipSpace()
    if place < bytes.count { throw error("nothing may follow the value") }
    return value
  }

  private mutating func value() throws(JSONError) -> JSON {
    skipSpace()
    guard place < bytes.count else { throw error("a value is missing") }
    switch bytes[place] {
    case UInt8(ascii: "{"): return try nested { parser throws(JSONError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(_ body: (inout JSONParser) throws(JSONError) -> JSON) throws(JSONError) -> JSON {
    depth += 1
    defer { depth -= 1 }
    if depth > 64 { throw error("nested more than 64 levels deep") }
    place += 1
    return try body(&self)
  }

  private mutating func object() throws(JSONError) -> JSON {
    var members: [Member] = []
    if accept("}") { return .object([]) }
    repeat {
      skipSpace()
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { throw error("a name in quotes is missing") }
      let start = place
      let name = try string()
      if members.contains(where: { $0.name == name }) {
        place = start
        throw error("\"\(name)\" is given twice")
      }
      if !accept(":") { throw error("a colon is missing after \"\(name)\"") }
      members.append(Member(name, try value()))
    } while accept(",")
    if !accept("}") { throw error("a comma or a closing brace is missing") }
    return .object(members)
  }

  private typealias Member = JSON.Member

  private mutating func array() throws(JSONError) -> JSON {
    var elements: [JSON] = []
    if accept("]") { return .array([]) }
    repeat { elements.append(try value()) } while accept(",")
    if !accept("]") { throw error("a comma or a closing bracket is missing") }
    return .array(elements)
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[place...].starts(with: word.utf8) else { throw error("not a JSON value") }
    place += word.utf8.count
    return value
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = place
    let allowed = Array("+-.0123456789eE".utf8)
    while place < bytes.count, allowed.contains(bytes[place]) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    guard let first = text.first, first == "-" || first.isNumber, let number = Double(text), number.isFinite else {
      place = start
      throw error("not a JSON value")
    }
    return .number(number)
  }

  private mutating func string() throws(JSONError) -> String {
    place += 1
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") { try escape(into: &text) } else { text.append(byte) }
    }
    throw error("a string has no end")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    guard place < bytes.count else { throw error("a string has no end") }
    let letter = bytes[place]
    place += 1
    switch letter {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "u"):
      var unit = try hexadecimal()
      if unit & 0xFC00 == 0xD800, bytes[place...].starts(with: Array("\\u".utf8)) {
        place += 2
        unit = 0x10000 + (unit & 0x3FF) << 10 + (try hexadecimal() & 0x3FF)
      }
      text.append(contentsOf: String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    default: throw error("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    guard place + 4 <= bytes.count,
      let value = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits are missing") }
    place += 4
    return value
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func skipSpace() {
    while place < bytes.count, bytes[place] == 32 || (9...13).contains(bytes[place]) { place += 1 }
  }

  private func error(_ message: String) -> JSONError {
    let before = bytes[..<min(place, bytes.count)]
    let line = before.reduce(1) { $1 == 10 ? $0 + 1 : $0 }
    let column = before.count - (before.lastIndex(of: 10).map { $0 + 1 } ?? 0) + 1
    return JSONError(line: line, column: column, message: message)
  }
}
