/// The character encoding of a file, from its first bytes.
enum TextEncoding: Equatable {
  /// UTF-8, or text without any other sign, after a byte order mark of this length.
  case utf8(mark: Int)
  case utf16(bigEndian: Bool, mark: Int)
  /// Anything else: what it is, and what to do.
  case foreign(String)

  /// How many of the first bytes are examined.
  static let head = 64

  init(_ head: [UInt8]) {
    if let foreign = Self.foreign(head) {
      self = .foreign(foreign)
    } else if head.starts(with: [0xef, 0xbb, 0xbf]) {
      self = .utf8(mark: 3)
    } else if head.starts(with: [0xff, 0xfe]) {
      self = .utf16(bigEndian: false, mark: 2)
    } else if head.starts(with: [0xfe, 0xff]) {
      self = .utf16(bigEndian: true, mark: 2)
    } else if let bigEndian = Self.unmarked16(head) {
      self = .utf16(bigEndian: bigEndian, mark: 0)
    } else {
      self = .utf8(mark: 0)
    }
  }

  private static func foreign(_ head: [UInt8]) -> String? {
    func convert(_ name: String, _ iconv: String) -> String {
      "is \(name), which batchcost does not read: convert it, for example with iconv -f \(iconv) -t UTF-8"
    }
    func unpack(_ name: String, _ command: String) -> String {
      "is packed with \(name): unpack it with \(command) first"
    }
    // The mark of UTF-32 LE begins with the mark of UTF-16 LE.
    let marks: [([UInt8], String)] = [
      ([0xff, 0xfe, 0, 0], convert("UTF-32", "UTF-32LE")), ([0, 0, 0xfe, 0xff], convert("UTF-32", "UTF-32BE")),
      ([0x2b, 0x2f, 0x76], convert("UTF-7", "UTF-7")), ([0x84, 0x31, 0x95, 0x33], convert("GB 18030", "GB18030")),
      ([0xdd, 0x73, 0x66, 0x73], convert("UTF-EBCDIC", "UTF-EBCDIC")),
      // `{"` and `[{` in mainframe code pages.
      ([0xc0, 0x7f], convert("EBCDIC", "IBM1047")), ([0xad, 0xc0], convert("EBCDIC", "IBM1047")),
      ([0x50, 0x4b, 0x03, 0x04], unpack("ZIP", "unzip")), ([0x28, 0xb5, 0x2f, 0xfd], unpack("Zstandard", "zstd -d")),
      ([0x42, 0x5a, 0x68], unpack("bzip2", "bunzip2")), ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], unpack("xz", "unxz")),
      ([0x1f, 0x8b], "is gzip inside gzip: unpack it with gunzip once"),
    ]
    if let mark = marks.first(where: { head.starts(with: $0.0) }) { return mark.1 }
    guard head.count >= 4 else { return nil }
    switch (head[0], head[1], head[2], head[3]) {
    case (let first, 0, 0, 0) where first != 0: return convert("UTF-32", "UTF-32LE")
    case (0, 0, 0, let last) where last != 0: return convert("UTF-32", "UTF-32BE")
    default: return nil
    }
  }

  /// The byte order of UTF-16 without a mark: in text that begins with ASCII, every other byte is zero. Nil for
  /// anything else.
  private static func unmarked16(_ head: [UInt8]) -> Bool? {
    let units = head.count / 2
    guard units >= 2 else { return nil }
    let (even, odd) = (head.zeros(at: 0), head.zeros(at: 1))
    if odd * 4 >= units * 3, even == 0 { return false }
    if even * 4 >= units * 3, odd == 0 { return true }
    return nil
  }
}

extension [UInt8] {
  /// Zeros among the even or the odd bytes of whole 16-bit units.
  fileprivate func zeros(at parity: Int) -> Int {
    stride(from: parity, to: count / 2 * 2, by: 2).count { self[$0] == 0 }
  }
}

/// Converts UTF-16 to UTF-8, piece by piece.
struct UTF16Decoder {
  private let bigEndian: Bool
  /// A byte that waits for the second byte of its unit.
  private var half: UInt8?
  private var high: UInt16?
  /// Whether there were unpaired surrogates; they became U+FFFD.
  private(set) var isDamaged = false

  init(bigEndian: Bool) { self.bigEndian = bigEndian }

  mutating func decode(_ bytes: some Sequence<UInt8>, into text: inout [UInt8]) {
    for byte in bytes {
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      add(bigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first), to: &text)
    }
  }

  /// Ends the text: a byte that is still waiting is damage.
  mutating func finish(into text: inout [UInt8]) {
    if half != nil || high != nil { replace(&text) }
    (half, high) = (nil, nil)
  }

  private mutating func add(_ unit: UInt16, to text: inout [UInt8]) {
    if let high {
      self.high = nil
      if 0xdc00...0xdfff ~= unit {
        let scalar = 0x10000 + (UInt32(high & 0x3ff) << 10 | UInt32(unit & 0x3ff))
        text.append(contentsOf: [
          UInt8(0xf0 | scalar >> 18), UInt8(0x80 | scalar >> 12 & 0x3f), UInt8(0x80 | scalar >> 6 & 0x3f),
          UInt8(0x80 | scalar & 0x3f),
        ])
        return
      }
      replace(&text)
    }
    switch unit {
    case 0..<0x80: text.append(UInt8(unit))
    case 0x80..<0x800: text.append(contentsOf: [UInt8(0xc0 | unit >> 6), UInt8(0x80 | unit & 0x3f)])
    case 0xd800...0xdbff: high = unit
    case 0xdc00...0xdfff: replace(&text)
    default:
      text.append(contentsOf: [
        UInt8(0xe0 | unit >> 12), UInt8(0x80 | unit >> 6 & 0x3f), UInt8(0x80 | unit & 0x3f),
      ])
    }
  }

  private mutating func replace(_ text: inout [UInt8]) {
    text.append(contentsOf: [0xef, 0xbf, 0xbd])
    isDamaged = true
  }
}
