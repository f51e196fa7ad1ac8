/// Finds where values start and end in bytes that are not one complete document, using only strings and brackets.
struct JSONScanner {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// A list in a document, with its complete elements.
  struct List {
    let kind: KnownList
    var elements: [Range<Int>] = []
    /// Where an element without an end starts.
    var brokenAt: Int?
  }

  /// The position after an object or list; nil if it has no end, or if none starts here.
  /// - Complexity: O(n)
  func end(ofValueAt start: Int, limit: Int? = nil) -> Int? {
    let limit = limit ?? bytes.count
    guard start < limit, bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[") else { return nil }
    var depth = 0
    var index = start
    while index < limit {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        guard let end = end(ofTextAt: index, limit: limit) else { return nil }
        index = end
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The lists of known kinds in the object at the start of the range; nil if it is not an object.
  func lists(inObjectAt range: Range<Int>) -> [List]? {
    guard let first = range.first, bytes[first] == UInt8(ascii: "{") else { return nil }
    var lists: [List] = []
    var index = skip(first + 1, range.upperBound)
    while let member = member(at: index, limit: range.upperBound) {
      let key = JSONText(bytes: UnsafeRawBufferPointer(rebasing: bytes[member.key]).bytes)
      index = member.value
      if let kind = KnownList(key), index < range.upperBound, bytes[index] == UInt8(ascii: "[") {
        let (list, end) = elements(of: kind, at: index, limit: range.upperBound)
        lists.append(list)
        guard let end else { break }
        index = end
      } else {
        guard let end = end(ofAnyValueAt: index, limit: range.upperBound) else { break }
        index = end
      }
      index = skip(index, range.upperBound)
      if index < range.upperBound, bytes[index] == UInt8(ascii: ",") { index = skip(index + 1, range.upperBound) }
    }
    return lists
  }

  private func elements(of kind: KnownList, at start: Int, limit: Int) -> (List, end: Int?) {
    var list = List(kind: kind)
    var index = skip(start + 1, limit)
    while index < limit {
      if bytes[index] == UInt8(ascii: "]") { return (list, index + 1) }
      guard let end = end(ofAnyValueAt: index, limit: limit) else {
        list.brokenAt = index
        return (list, nil)
      }
      list.elements.append(index..<end)
      index = skip(end, limit)
      if index < limit, bytes[index] == UInt8(ascii: ",") { index = skip(index + 1, limit) }
    }
    list.brokenAt = limit
    return (list, nil)
  }

  /// A member of an object: its name without quotes, and where its value begins; nil if it breaks off before that.
  func member(at start: Int, limit: Int? = nil) -> (key: Range<Int>, value: Int)? {
    let limit = limit ?? bytes.count
    guard start < limit, bytes[start] == UInt8(ascii: "\""), let end = end(ofTextAt: start, limit: limit) else {
      return nil
    }
    let colon = skip(end, limit)
    guard colon < limit, bytes[colon] == UInt8(ascii: ":") else { return nil }
    let value = skip(colon + 1, limit)
    return value < limit ? ((start + 1)..<(end - 1), value) : nil
  }

  /// The position after a value of any kind; nil if it breaks off.
  func end(ofAnyValueAt start: Int, limit: Int) -> Int? {
    guard start < limit else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return end(ofValueAt: start, limit: limit)
    case UInt8(ascii: "\""): return end(ofTextAt: start, limit: limit)
    default:
      var index = start
      while index < limit {
        switch bytes[index] {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): return index > start ? index : nil
        default: index += 1
        }
      }
      return nil
    }
  }

  private func end(ofTextAt start: Int, limit: Int) -> Int? {
    var index = start + 1
    while index < limit {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "\""): return index + 1
      default: index += 1
      }
    }
    return nil
  }

  private func skip(_ start: Int, _ limit: Int) -> Int {
    var index = start
    while index < limit, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[index]) { index += 1 }
    return index
  }
}

extension UnsafeRawBufferPointer {
  var bytes: UnsafeBufferPointer<UInt8> { bindMemory(to: UInt8.self) }
}
