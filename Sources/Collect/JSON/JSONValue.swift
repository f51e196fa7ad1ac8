/// A value on the parser's tape: a position, not a copy. Valid until the parser parses again.
struct JSONValue {
  let tape: UnsafePointer<UInt64>
  let strings: UnsafePointer<UInt8>
  let index: Int

  @inline(__always) private var word: UInt64 { tape[index] }
  @inline(__always) private var tag: UInt8 { UInt8(truncatingIfNeeded: word >> 56) }
  @inline(__always) private var payload: UInt64 { word & 0x00FF_FFFF_FFFF_FFFF }

  /// The position of the next value: containers are skipped in one step.
  @inline(__always) var after: Int {
    switch tag {
    case UInt8(ascii: "{"), UInt8(ascii: "["): Int(UInt32(truncatingIfNeeded: word))
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): index + 2
    default: index + 1
    }
  }

  @inline(__always) func at(_ index: Int) -> JSONValue { JSONValue(tape: tape, strings: strings, index: index) }

  var isNull: Bool { tag == UInt8(ascii: "n") }
  var isObject: Bool { tag == UInt8(ascii: "{") }
  var isArray: Bool { tag == UInt8(ascii: "[") }

  /// The text without escapes; nil if it is not a string.
  @inline(__always) var text: JSONText? {
    guard tag == UInt8(ascii: "\"") else { return nil }
    let start = strings + Int(payload)
    let count = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
    return JSONText(start: start + 4, count: Int(count))
  }

  var bool: Bool? {
    switch tag {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }

  /// The integer; nil if it is not one, or does not fit.
  @inline(__always) var integer: Int64? {
    tag == UInt8(ascii: "l") ? Int64(bitPattern: tape[index + 1]) : wholeNumber
  }

  /// An integer written with more digits than `Int64` holds, or with a fraction of zero.
  private var wholeNumber: Int64? {
    switch tag {
    case UInt8(ascii: "u"): Int64(exactly: tape[index + 1])
    case UInt8(ascii: "d"): Int64(exactly: Double(bitPattern: tape[index + 1]))
    default: nil
    }
  }

  var number: Double? {
    switch tag {
    case UInt8(ascii: "l"): Double(Int64(bitPattern: tape[index + 1]))
    case UInt8(ascii: "u"): Double(tape[index + 1])
    case UInt8(ascii: "d"): Double(bitPattern: tape[index + 1])
    default: nil
    }
  }

  /// The decimal in a text, or in a number as other programs write it: `0.17` for `"0.1700000000"`.
  var decimal: String? { text?.string ?? number.map { "\($0)" } }

  /// The members of an object in document order; none if it is not an object.
  @inline(__always) var members: JSONMembers {
    isObject ? JSONMembers(value: at(index + 1), end: after - 1) : JSONMembers(value: self, end: index)
  }

  /// The elements of an array; none if it is not an array.
  @inline(__always) var elements: JSONElements {
    isArray ? JSONElements(value: at(index + 1), end: after - 1) : JSONElements(value: self, end: index)
  }

  /// The elements of the member with that name; none if there is no such member, or it is not an array.
  func elements(of key: StaticString) -> JSONElements { self[key]?.elements ?? .none }

  /// The members of the member with that name; none if there is no such member, or it is not an object.
  func members(of key: StaticString) -> JSONMembers {
    self[key]?.members ?? JSONMembers(value: self, end: index)
  }

  var firstElement: JSONValue? {
    var elements = elements
    return elements.next()
  }

  /// The first member with that name, for the few places that need only one.
  subscript(key: StaticString) -> JSONValue? {
    for (name, value) in members where name == key { return value }
    return nil
  }
}

struct JSONMembers: Sequence, IteratorProtocol {
  fileprivate(set) var value: JSONValue
  let end: Int

  @inline(__always) mutating func next() -> (JSONText, JSONValue)? {
    guard value.index < end, let key = value.text else { return nil }
    let found = value.at(value.index + 1)
    value = value.at(found.after)
    return (key, found)
  }
}

struct JSONElements: Sequence, IteratorProtocol {
  fileprivate(set) var value: JSONValue?
  fileprivate(set) var end = 0

  static var none: JSONElements { JSONElements() }

  @inline(__always) mutating func next() -> JSONValue? {
    guard let found = value, found.index < end else { return nil }
    value = found.at(found.after)
    return found
  }
}
