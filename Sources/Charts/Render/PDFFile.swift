/// The outer structure of a PDF, as far as it is needed to amend it: its table of objects and its trailer.
struct PDFFile {
  let bytes: [UInt8]
  /// Byte offset by object number, without free objects.
  private(set) var offsets: [Int: Int] = [:]
  private(set) var startOfTable: Int
  private(set) var size = 0
  private(set) var root = 0
  private(set) var info: Int?

  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard let mark = Self.find("startxref", in: bytes, backwardsFrom: bytes.count) else { return nil }
    startOfTable = 0
    guard let start = number(at: mark + 9), start < bytes.count,
      Self.matches("xref", bytes, at: start)
    else { return nil }
    startOfTable = start
    guard let trailer = readTable(from: start + 4) else { return nil }
    let text = String(decoding: bytes[trailer..<mark], as: UTF8.self)
    guard let size = Self.reference("/Size", in: text), let root = Self.reference("/Root", in: text) else { return nil }
    self.size = size
    self.root = root
    info = Self.reference("/Info", in: text)
  }

  /// The content between `obj` and `endobj`, if it is text.
  func object(_ number: Int) -> String? {
    guard let start = offsets[number], let end = Self.find("endobj", in: bytes, forwardsFrom: start),
      let open = Self.find("obj", in: bytes, forwardsFrom: start)
    else { return nil }
    let body = bytes[(open + 3)..<end]
    return body.allSatisfy { $0 < 128 } ? String(decoding: body, as: UTF8.self) : nil
  }

  /// The objects whose text contains a pattern, in file order.
  func objects(containing pattern: String) -> [(number: Int, body: String)] {
    offsets.sorted { $0.value < $1.value }.compactMap { number, offset in
      // Streams are long and never structure elements: look only at the first bytes of an object.
      guard let hit = Self.find(pattern, in: bytes, forwardsFrom: offset, limit: 200), let body = object(number),
        hit < offset + body.utf8.count + 12
      else { return nil }
      return (number, body)
    }
  }

  private mutating func readTable(from start: Int) -> Int? {
    guard let trailer = Self.find("trailer", in: bytes, forwardsFrom: start) else { return nil }
    let fields = String(decoding: bytes[start..<trailer], as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard fields.count > 2, let first = Int(fields[0]), let count = Int(fields[1]),
      fields.count == 2 + 3 * count
    else { return nil }
    for index in 0..<count where fields[2 + 3 * index + 2] == "n" {
      offsets[first + index] = Int(fields[2 + 3 * index])
    }
    return trailer
  }

  private func number(at start: Int) -> Int? {
    var value: Int?
    for byte in bytes[start...] {
      if byte >= 48, byte <= 57 { value = (value ?? 0) * 10 + Int(byte - 48) } else if value != nil { break }
    }
    return value
  }

  private static func reference(_ key: String, in text: String) -> Int? {
    let words = text.split { $0.isWhitespace || $0 == "<" || $0 == ">" }
    guard let place = words.firstIndex(where: { $0 == key }), place + 1 < words.count else { return nil }
    return Int(words[place + 1])
  }

  private static func matches(_ pattern: StaticString, _ bytes: [UInt8], at start: Int) -> Bool {
    start + pattern.utf8CodeUnitCount <= bytes.count
      && pattern.withUTF8Buffer { $0.elementsEqual(bytes[start..<start + $0.count]) }
  }

  private static func find(_ pattern: String, in bytes: [UInt8], forwardsFrom start: Int, limit: Int = .max) -> Int? {
    let wanted = Array(pattern.utf8)
    let last = min(bytes.count - wanted.count, start.addingReportingOverflow(limit).overflow ? .max : start + limit)
    var place = start
    while place <= last {
      if bytes[place] == wanted[0], bytes[place..<place + wanted.count].elementsEqual(wanted) { return place }
      place += 1
    }
    return nil
  }

  private static func find(_ pattern: String, in bytes: [UInt8], backwardsFrom end: Int) -> Int? {
    let wanted = Array(pattern.utf8)
    var place = end - wanted.count
    while place >= 0 {
      if bytes[place..<place + wanted.count].elementsEqual(wanted) { return place }
      place -= 1
    }
    return nil
  }
}

/// A file with new versions of some of its objects appended.
struct PDFUpdate {
  private let file: PDFFile
  private var added: [(number: Int, offset: Int)] = []
  private var body: [UInt8]

  init(_ file: PDFFile) {
    self.file = file
    body = file.bytes
    if body.last != UInt8(ascii: "\n") { body.append(UInt8(ascii: "\n")) }
  }

  mutating func replace(_ number: Int, with text: String) {
    added.append((number, body.count))
    body.append(contentsOf: "\(number) 0 obj\(text)endobj\n".utf8)
  }

  var bytes: [UInt8] {
    let start = body.count
    var text = "xref\n"
    for (number, offset) in added.sorted(by: { $0.number < $1.number }) {
      let digits = String(offset)
      text += "\(number) 1\n\(String(repeating: "0", count: max(0, 10 - digits.count)))\(digits) 00000 n \n"
    }
    text += "trailer\n<< /Size \(file.size) /Root \(file.root) 0 R"
    if let info = file.info { text += " /Info \(info) 0 R" }
    text += " /Prev \(file.startOfTable) >>\nstartxref\n\(start)\n%%EOF\n"
    return body + Array(text.utf8)
  }
}
