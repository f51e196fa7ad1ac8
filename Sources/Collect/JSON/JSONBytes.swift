extension JSONValue {
  /// The value as JSON.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, smallKeys: false)
    return bytes
  }

  /// The value as JSON with a lowercase first letter in the names of all members except tags: Step Functions writes the
  /// API's names with a capital.
  var withSmallKeys: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, smallKeys: true)
    return bytes
  }

  /// The parser's depth limit also limits the recursion.
  private func append(to bytes: inout [UInt8], smallKeys: Bool) {
    if let text {
      appendQuoted(text.buffer, to: &bytes)
    } else if isObject {
      bytes.append(UInt8(ascii: "{"))
      for (index, (key, value)) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        let start = bytes.count
        appendQuoted(key.buffer, to: &bytes)
        if smallKeys, bytes[start + 1] >= UInt8(ascii: "A"), bytes[start + 1] <= UInt8(ascii: "Z") {
          bytes[start + 1] |= 0x20
        }
        bytes.append(UInt8(ascii: ":"))
        value.append(to: &bytes, smallKeys: smallKeys && !(key == "Tags"))
      }
      bytes.append(UInt8(ascii: "}"))
    } else if isArray {
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.append(to: &bytes, smallKeys: smallKeys)
      }
      bytes.append(UInt8(ascii: "]"))
    } else if let bool {
      bytes.append(contentsOf: (bool ? "true" : "false").utf8)
    } else if let integer {
      bytes.append(contentsOf: String(integer).utf8)
    } else if let number {
      bytes.append(contentsOf: String(number).utf8)
    } else {
      bytes.append(contentsOf: "null".utf8)
    }
  }
}
