#if canImport(Glibc)
  import Glibc
#endif

/// Reads comma-separated rows (RFC 4180) directly from a buffer: fields are positions, not copies.
///
/// A class only because it owns memory.
final class CSVReader {
  /// Why the rows ended early, if they did.
  private(set) var fault: String?
  /// Fields of the current row.
  private(set) var count = 0
  /// Rows so far, including the header.
  private(set) var row = 0

  /// What stands between fields.
  var separator: UInt8

  private let input: ByteInput
  private let limit: Int
  private var memory: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var position = 0
  private var atEnd = false
  private let starts: UnsafeMutablePointer<Int32>
  private let ends: UnsafeMutablePointer<Int32>

  static let maximumColumns = 4096

  /// - Parameters:
  ///   - size: how much is read at a time.
  ///   - limit: the longest row.
  init(_ input: ByteInput, separator: UInt8 = UInt8(ascii: ","), size: Int = 1 << 20, limit: Int = 1 << 24) {
    self.input = input
    self.separator = separator
    self.limit = limit
    memory = .allocate(byteCount: size, alignment: 64)
    starts = .allocate(capacity: Self.maximumColumns)
    ends = .allocate(capacity: Self.maximumColumns)
  }

  deinit {
    memory.deallocate()
    starts.deallocate()
    ends.deallocate()
  }

  /// The first bytes of the input, for recognising it; call before reading any row.
  func peek() -> UnsafeRawBufferPointer {
    if filled == 0 { refill() }
    return UnsafeRawBufferPointer(rebasing: memory[..<filled])
  }

  /// Moves to the next non-empty row; false at the end or if rows cannot be read further (see `fault`).
  func next() -> Bool {
    while fault == nil {
      switch scan() {
      case .row:
        if count == 1, starts[0] == ends[0] { continue }
        row += 1
        return true
      case .end:
        fault = fault ?? input.fault
        return false
      case .more: refill()
      }
    }
    return false
  }

  /// The field's bytes without surrounding quotes; quotes inside are still doubled. Empty beyond the last field, and for
  /// the words that databases and data frames write for a missing value.
  @inline(__always)
  subscript(column: Int) -> UnsafeRawBufferPointer {
    guard column >= 0, column < count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let field = UnsafeRawBufferPointer(rebasing: memory[Int(starts[column])..<Int(ends[column])])
    return (1...6).contains(field.count) && field.isMissing ? UnsafeRawBufferPointer(start: nil, count: 0) : field
  }

  /// The field as text, with inner quotes undone.
  func text(_ column: Int) -> String {
    let bytes = self[column]
    let quote = UInt8(ascii: "\"")
    guard bytes.contains(quote) else { return bytes.string }
    // Works on bytes: a combining mark after a quote makes them one character.
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var isSecond = false
    for byte in bytes {
      isSecond = byte == quote && !isSecond
      if byte != quote || isSecond { text.append(byte) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: Scanning

  private enum Scan { case row, more, end }

  private func scan() -> Scan {
    guard let base = memory.baseAddress?.assumingMemoryBound(to: UInt8.self), position < filled else {
      return atEnd ? .end : .more
    }
    let (filled, separator) = (filled, separator)
    var index = position
    var fields = 0
    while true {
      if fields == Self.maximumColumns {
        fault = "row \(row + 1) has more than \(Self.maximumColumns) columns"
        return .end
      }
      var start = index
      var end: Int
      if index < filled, base[index] == UInt8(ascii: "\"") {
        guard let close = closingQuote(base, index + 1) else {
          if atEnd { fault = "row \(row + 1) breaks off inside quotes" }
          return atEnd ? .end : .more
        }
        start = index + 1
        end = close
        index = close + 1
        while index < filled, base[index] != separator, base[index] != UInt8(ascii: "\n") { index += 1 }
      } else {
        while index < filled, base[index] != separator, base[index] != UInt8(ascii: "\n") { index += 1 }
        end = index
      }
      let isLast = index >= filled
      if isLast && !atEnd { return .more }
      if isLast || base[index] == UInt8(ascii: "\n"), end == index, end > start, base[end - 1] == UInt8(ascii: "\r") {
        end -= 1
      }
      starts[fields] = Int32(truncatingIfNeeded: start)
      ends[fields] = Int32(truncatingIfNeeded: end)
      fields += 1
      if isLast || base[index] == UInt8(ascii: "\n") {
        position = min(index + 1, filled)
        count = fields
        return .row
      }
      index += 1
    }
  }

  private func closingQuote(_ base: UnsafePointer<UInt8>, _ start: Int) -> Int? {
    var index = start
    while index < filled, let found = memchr(base + index, 0x22, filled - index) {
      let close = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if close + 1 >= filled { return atEnd ? close : nil }
      if base[close + 1] != 0x22 { return close }
      index = close + 2
    }
    return nil
  }

  private func refill() {
    let kept = filled - position
    if position > 0, kept > 0 {
      memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[position..<filled]))
    }
    filled = kept
    position = 0
    if filled == memory.count {
      guard memory.count < limit else {
        fault = "row \(row + 1) is longer than \(limit >> 20) MiB"
        return
      }
      grow()
    }
    let got = input.read(into: UnsafeMutableRawBufferPointer(rebasing: memory[filled...]))
    atEnd = got < memory.count - filled
    filled += got
  }

  private func grow() {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: memory.count * 2, alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<filled]))
    memory.deallocate()
    memory = larger
  }
}
