/// The part of an input that is in memory: complete documents, with room for the parser at the end.
///
/// A class only because it owns memory.
final class Window {
  /// The position in the input of the first byte here.
  private(set) var offset = 0
  private(set) var isEnd = false

  private let input: ByteInput
  private let size: Int
  private let limit: Int
  private var memory: UnsafeMutableRawBufferPointer
  private var filled = 0

  /// - Parameters:
  ///   - size: how much is read at a time.
  ///   - limit: the most to keep in memory if one document is larger than `size`.
  init(_ input: ByteInput, size: Int, limit: Int) {
    self.input = input
    self.size = size
    self.limit = limit
    memory = .allocate(byteCount: size + JSONParser.padding, alignment: 64)
  }

  deinit { memory.deallocate() }

  /// Bytes up to the last position at which a document can end; all bytes at the end of the input, or if no document
  /// ends within the limit.
  func fill() -> UnsafeRawBufferPointer {
    var searched = 0
    while true {
      let room = memory.count - JSONParser.padding
      filled += input.read(into: UnsafeMutableRawBufferPointer(rebasing: memory[filled..<room]))
      isEnd = filled < room
      if isEnd { return bytes(filled) }
      if let end = lastBoundary(after: searched) { return bytes(end) }
      if room >= limit { return bytes(filled) }
      searched = max(0, filled - 1)
      grow(to: min(room * 2, limit) + JSONParser.padding)
    }
  }

  /// All bytes that fit, complete documents or not; more room than before if nothing was dropped since.
  func fillRaw() -> UnsafeRawBufferPointer {
    let room = memory.count - JSONParser.padding
    if filled == room, room < limit { grow(to: min(room * 2, limit) + JSONParser.padding) }
    let end = memory.count - JSONParser.padding
    filled += input.read(into: UnsafeMutableRawBufferPointer(rebasing: memory[filled..<end]))
    isEnd = filled < end
    return bytes(filled)
  }

  /// The first bytes, before anything is read.
  func peek() -> UnsafeRawBufferPointer { filled == 0 ? fillRaw() : bytes(filled) }

  /// Drops bytes that were read, and moves the rest to the front.
  func drop(_ count: Int) {
    memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[count..<filled]))
    filled -= count
    offset += count
  }

  private func bytes(_ count: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

  /// Where the last line that opens a document starts.
  private func lastBoundary(after start: Int) -> Int? {
    var index = filled - 2
    while index >= start {
      if memory[index] == UInt8(ascii: "\n"),
        opensDocument(UnsafeRawBufferPointer(rebasing: memory[..<filled]), index + 1)
      {
        return index + 1
      }
      index -= 1
    }
    return nil
  }

  private func grow(to capacity: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<filled]))
    memory.deallocate()
    memory = larger
  }
}

/// A document at the start of a line opens with a brace: AWS's answers are objects, and lists inside them are indented
/// or on the same line. In an exported log, a time comes before it.
func opensDocument(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
  guard index < bytes.count else { return false }
  return bytes[index] == UInt8(ascii: "{") || endOfLogTime(bytes, index) != nil
}

/// The position after the time before an event's object: `2026-05-04T11:15:01.000Z `, as in exports of CloudWatch Logs,
/// or `2026-05-04T11:15:01.000000+00:00 stream ` or `2026-05-04T11:15:01 `, as `aws logs tail` prints; nil for anything
/// else, or if no object follows.
func endOfLogTime(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int? {
  for pattern in ["0000-00-00T00:00:00.000Z {", "0000-00-00T00:00:00 {"] as [StaticString] {
    if let end = end(of: pattern, in: bytes, at: start) { return end - 1 }
  }
  guard var index = end(of: "0000-00-00T00:00:00.000000+00:00 ", in: bytes, at: start) else { return nil }
  // The name of a stream has no spaces.
  while index < bytes.count, bytes[index] > 0x20 { index += 1 }
  guard index + 1 < bytes.count, bytes[index] == 0x20, bytes[index + 1] == UInt8(ascii: "{") else { return nil }
  return index + 1
}

/// - Parameter pattern: 0 stands for any digit.
private func end(of pattern: StaticString, in bytes: UnsafeRawBufferPointer, at start: Int) -> Int? {
  let count = pattern.utf8CodeUnitCount
  guard start + count <= bytes.count, bytes[start] == UInt8(ascii: "1") || bytes[start] == UInt8(ascii: "2") else {
    return nil
  }
  for offset in 0..<count {
    let (expected, byte) = (pattern.utf8Start[offset], bytes[start + offset])
    if expected == UInt8(ascii: "0") ? !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte != expected {
      return nil
    }
  }
  return start + count
}
