/// What a name shares with other names of its kind: parts that vary from job to job become `*`.
///
///     align_sample-17 (3)                                        align_sample-*
///     snakejob-align-9a2ef80f-58ee-4571-b499-8d7c4093f6de        snakejob-align-*
///     merge-2fqo3xo7                                             merge-*
///
/// UUIDs, runs of hexadecimal digits, numbers, and mixtures of letters and digits as in random names vary. So does text
/// in brackets at the end, which is left out. A word of letters only never varies, unless the name was cut in it.
enum VaryingParts {
  /// The most letters that Batch takes in a name: clients cut longer ones off.
  private static let longest = 128

  /// The pattern of a name.
  ///
  /// - Parameter keepsNumbers: keep numbers of fewer than eight digits: people number their job definitions, and
  ///   `q_2` is not the same as `q_1`.
  /// - Complexity: O(n)
  static func pattern(of name: UnsafeBufferPointer<UInt8>, keepsNumbers: Bool = false) -> [UInt8] {
    let end = endWithoutBrackets(name)
    var pattern: [UInt8] = []
    pattern.reserveCapacity(end)
    var position = 0
    while position < end {
      guard name[position].isDigit || name[position].isLetter else {
        pattern.append(name[position])
        position += 1
        continue
      }
      if let uuid = endOfUUID(in: name, from: position), uuid <= end {
        star(&pattern)
        position = uuid
        continue
      }
      var stop = position
      while stop < end, name[stop].isDigit || name[stop].isLetter { stop += 1 }
      let token = UnsafeBufferPointer(rebasing: name[position..<stop])
      let isCut = stop == name.count && name.count == longest
      if isCut || isRandom(token) || token.count >= 8 && token.allSatisfy(\.isDigit) {
        star(&pattern)
      } else if keepsNumbers {
        pattern.append(contentsOf: token)
      } else {
        appendWithoutNumbers(token, &pattern)
      }
      position = stop
    }
    return pattern
  }

  static func pattern(of name: String, keepsNumbers: Bool = false) -> String {
    var name = name
    return name.withUTF8 { String(decoding: pattern(of: $0, keepsNumbers: keepsNumbers), as: UTF8.self) }
  }

  /// Where a UUID that begins at `start` ends, with groups joined by `-` or `_`; nil if there is none, or if more
  /// letters or digits follow. At the end of a name that was cut, its beginning is enough.
  static func endOfUUID(in name: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let known = min(name.count - start, 36)
    guard known == 36 || name.count == longest else { return nil }
    for offset in 0..<known {
      let byte = name[start + offset]
      switch offset {
      case 8, 13, 18, 23: if byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") { return nil }
      default: if !byte.isHexadecimal { return nil }
      }
    }
    let end = start + known
    return end < name.count && (name[end].isDigit || name[end].isLetter) ? nil : end
  }

  private static func endWithoutBrackets(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    var end = name.count
    if name.last == UInt8(ascii: ")"), let open = name.lastIndex(of: UInt8(ascii: "(")), open > 0 { end = open }
    while end > 0, name[end - 1] == UInt8(ascii: " ") || name[end - 1] == UInt8(ascii: "_") { end -= 1 }
    return end
  }

  /// Whether letters and digits look like a random name: eight or more, either all hexadecimal and not all of one sort,
  /// or changing between letters and digits at least four times.
  private static func isRandom(_ token: UnsafeBufferPointer<UInt8>) -> Bool {
    guard token.count >= 8 else { return false }
    var changes = 0
    for index in 1..<token.count where token[index].isDigit != token[index - 1].isDigit { changes += 1 }
    return changes >= 4 || changes >= 1 && token.allSatisfy(\.isHexadecimal)
  }

  private static func star(_ pattern: inout [UInt8]) {
    if pattern.last != UInt8(ascii: "*") { pattern.append(UInt8(ascii: "*")) }
  }

  private static func appendWithoutNumbers(_ token: UnsafeBufferPointer<UInt8>, _ pattern: inout [UInt8]) {
    for byte in token {
      if byte.isDigit { star(&pattern) } else { pattern.append(byte) }
    }
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  /// An ASCII letter.
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  var isHexadecimal: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
}
