/// The text of an escaped JSON string.
enum JSONString {
  /// An invalid escape stays as it is; half a surrogate pair becomes U+FFFD.
  static func unescaped(_ escaped: ArraySlice<UInt8>) -> String {
    var units: [UInt16] = []
    var text = ""
    var rest = escaped
    func hex(_ digits: ArraySlice<UInt8>) -> UInt16? {
      digits.count == 4 ? UInt16(String(decoding: digits, as: UTF8.self), radix: 16) : nil
    }
    func flush() {
      text += String(decoding: units, as: UTF16.self)
      units = []
    }
    while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")), backslash + 1 < rest.endIndex {
      if backslash > rest.startIndex {
        flush()
        text += String(decoding: rest[..<backslash], as: UTF8.self)
      }
      let kind = rest[backslash + 1]
      rest = rest[(backslash + 2)...]
      switch kind {
      case UInt8(ascii: "n"): units.append(0x0A)
      case UInt8(ascii: "t"): units.append(0x09)
      case UInt8(ascii: "r"): units.append(0x0D)
      case UInt8(ascii: "b"): units.append(0x08)
      case UInt8(ascii: "f"): units.append(0x0C)
      case UInt8(ascii: "u"):
        guard let unit = hex(rest.prefix(4)) else { continue }
        units.append(unit)
        rest = rest.dropFirst(4)
      default: units.append(UInt16(kind))
      }
    }
    flush()
    return text + String(decoding: rest, as: UTF8.self)
  }
}
