/// A copy of a document without what makes it unreadable: bytes that are not UTF-8, control characters, numbers too
/// large for an integer.
struct Repair {
  private var copy: [UInt8]
  private let start: Int
  private let count: Int
  private var firstInvalid: Int?
  private var firstControl: Int?
  private var firstNumber: Int?

  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    start = range.lowerBound
    count = range.count
    copy = Array(bytes[range])
    copy.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    replaceInvalid()
    replaceTokens()
  }

  private var isUseful: Bool { firstInvalid != nil || firstControl != nil || firstNumber != nil }

  /// The repaired document; nil if nothing could be repaired, or not enough.
  func parse(_ parser: JSONParser) -> JSONValue? {
    guard isUseful else { return nil }
    return copy.withUnsafeBytes { try? parser.parse(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }

  func report(offset: Int, to findings: inout Findings) {
    let before = findings.offset
    func add(_ check: Finding.Check, _ index: Int?, _ message: String) {
      guard let index else { return }
      findings.move(to: offset + start + index)
      findings.add(check, "", message)
    }
    add(.unreadable, firstInvalid, "has bytes that are not UTF-8; they were replaced by question marks")
    add(.unreadable, firstControl, "has control characters; they were replaced by spaces")
    add(.absurdValue, firstNumber, "has a number that is too large; it was left out")
    findings.move(to: before)
  }

  private mutating func replaceInvalid() {
    var index = 0
    while index < count {
      let length = validLength(at: index)
      if length == 0 {
        firstInvalid = firstInvalid ?? index
        copy[index] = UInt8(ascii: "?")
        index += 1
      } else {
        index += length
      }
    }
  }

  /// The number of bytes of the character here; 0 if it is not UTF-8.
  private func validLength(at index: Int) -> Int {
    let lead = copy[index]
    if lead < 0x80 { return 1 }
    let length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
    guard (0xc2...0xf4).contains(lead), index + length <= count else { return 0 }
    for next in 1..<length where copy[index + next] & 0xc0 != 0x80 { return 0 }
    let second = copy[index + 1]
    switch lead {
    case 0xe0: return second >= 0xa0 ? length : 0
    case 0xed: return second < 0xa0 ? length : 0
    case 0xf0: return second >= 0x90 ? length : 0
    case 0xf4: return second < 0x90 ? length : 0
    default: return length
    }
  }

  private mutating func replaceTokens() {
    var index = 0
    var isText = false
    while index < count {
      let byte = copy[index]
      if isText {
        if byte == UInt8(ascii: "\\") {
          index += 2
          continue
        }
        if byte == UInt8(ascii: "\"") { isText = false }
        if byte < 0x20 { blank(index) }
      } else if byte == UInt8(ascii: "\"") {
        isText = true
      } else if byte < 0x20, byte != 0x09, byte != 0x0a, byte != 0x0d {
        blank(index)
      } else if isDigit(byte) {
        index = replaceNumber(at: index)
        continue
      }
      index += 1
    }
  }

  private mutating func blank(_ index: Int) {
    firstControl = firstControl ?? index
    copy[index] = UInt8(ascii: " ")
  }

  /// Skips a number; one with more than 18 digits, or with a three-digit exponent, becomes null.
  private mutating func replaceNumber(at start: Int) -> Int {
    var end = start
    var exponent: Int?
    while end < count, isDigit(copy[end]) || [0x2e, 0x2b, 0x2d, 0x65, 0x45].contains(copy[end]) {
      if copy[end] | 0x20 == UInt8(ascii: "e") { exponent = end }
      end += 1
    }
    let isLarge = end - start > 18 && !copy[start..<end].contains(UInt8(ascii: "."))
    guard isLarge || exponent.map({ end - $0 > 3 }) == true, end - start >= 4 else { return end }
    var first = start
    if first > 0, copy[first - 1] == UInt8(ascii: "-") { first -= 1 }
    firstNumber = firstNumber ?? first
    for index in first..<end { copy[index] = UInt8(ascii: " ") }
    for (index, byte) in "null".utf8.enumerated() { copy[first + index] = byte }
    return end
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
