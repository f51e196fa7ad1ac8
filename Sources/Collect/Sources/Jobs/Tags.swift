import Store

/// Tags as text that does not depend on their order: a JSON object with sorted keys.
struct TagText {
  private var pairs: [(key: [UInt8], value: [UInt8])] = []

  /// `resourceArn`, which Batch puts among a job's tags, is not a tag.
  mutating func add(_ key: JSONText, _ value: JSONText) {
    if !(key == "resourceArn") { pairs.append((Array(key.buffer), Array(value.buffer))) }
  }

  mutating func add(_ key: String, _ value: String) { pairs.append((Array(key.utf8), Array(value.utf8))) }

  /// Nil if there are none.
  mutating func object() -> [UInt8]? {
    if pairs.isEmpty { return nil }
    pairs.sort { $0.key.lexicographicallyPrecedes($1.key) }
    var text: [UInt8] = [UInt8(ascii: "{")]
    for (index, pair) in pairs.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      appendQuoted(pair.key, to: &text)
      text.append(UInt8(ascii: ":"))
      appendQuoted(pair.value, to: &text)
    }
    text.append(UInt8(ascii: "}"))
    return text
  }
}

func appendQuoted(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
  bytes.append(UInt8(ascii: "\""))
  for byte in text {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0..<0x20: bytes.append(contentsOf: "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
    default: bytes.append(byte)
    }
  }
  bytes.append(UInt8(ascii: "\""))
}

extension Page {
  /// The tags of a Batch resource, `{"team": "grid"}`, as a tag set.
  mutating func tagSet(_ value: JSONValue) -> Int? {
    scratch.removeAll(keepingCapacity: true)
    for (key, member) in value.members {
      guard let text = member.text else { return slowTagSet(value) }
      if key == "resourceArn" { continue }
      // Neither is ever 0xff, so adjacent texts stay separate.
      scratch.append(contentsOf: key.buffer)
      scratch.append(0xff)
      scratch.append(contentsOf: text.buffer)
      scratch.append(0xff)
    }
    if scratch.isEmpty { return nil }
    let raw = scratch.withUnsafeBufferPointer { rawTags.index(.tagSet, JSONText(bytes: $0)) }
    if raw == tagSets.count { tagSets.append(slowTagSet(value)) }
    return tagSets[raw]
  }

  private mutating func slowTagSet(_ value: JSONValue) -> Int? {
    tags(value)?.withUnsafeBufferPointer { reference(.tagSet, JSONText(bytes: $0)) }
  }

  /// The tags of a Batch resource as JSON.
  mutating func tags(_ value: JSONValue) -> [UInt8]? {
    var tags = TagText()
    for (key, value) in value.members {
      if let text = value.text {
        tags.add(key, text)
      } else if !value.isNull {
        findings.add(.wrongType, "tags.\(key.string)", "is not text")
      }
    }
    return tags.object()
  }

  /// The tags of an EC2 resource, `[{"Key": "team", "Value": "grid"}]`, as JSON; CloudTrail writes the names in
  /// lowercase.
  mutating func pairedTags(_ value: JSONValue?) -> [UInt8]? {
    var tags = TagText()
    guard let value else { return nil }
    for tag in value.elements {
      if let key = (tag["Key"] ?? tag["key"])?.text, let value = (tag["Value"] ?? tag["value"])?.text {
        tags.add(key, value)
      }
    }
    return tags.object()
  }

  mutating func put<Column: TableColumns>(_ column: Column, bytes: [UInt8]?) {
    guard let bytes else { return put(column, nil as JSONText?) }
    bytes.withUnsafeBufferPointer { put(column, JSONText(bytes: $0)) }
  }
}
