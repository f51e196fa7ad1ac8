/// Rows of a delimited text file: comma or tab, quoted or not (RFC 4180), with a line of column names first.
struct Delimited {
  private(set) var columns: [String: Int]
  private let bytes: UnsafeRawBufferPointer
  private let separator: UInt8
  private var position: Int

  /// Nil if the first line does not have all of these columns.
  init?(_ bytes: UnsafeRawBufferPointer, having required: [String]) {
    // A line of names is short and is not JSON: most files are excluded by their first byte.
    let head = bytes.prefix(1 << 16)
    guard let first = head.first, first != UInt8(ascii: "{"), first != UInt8(ascii: "["),
      let end = head.firstIndex(of: UInt8(ascii: "\n"))
    else { return nil }
    self.bytes = bytes
    position = 0
    separator = head[..<end].contains(9) ? 9 : UInt8(ascii: ",")
    columns = [:]
    guard let names = next() else { return nil }
    // nvidia-smi has a space after each comma.
    let found = Dictionary(zip(names.map(\.spaceless), names.indices), uniquingKeysWith: { first, _ in first })
    guard required.allSatisfy({ found[$0] != nil }) else { return nil }
    columns = found
  }

  /// The cells of the next line; nil at the end.
  mutating func next() -> [String]? {
    guard position < bytes.count else { return nil }
    var cells: [String] = []
    var cell: [UInt8] = []
    var quoted = false
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if quoted {
        if byte != UInt8(ascii: "\"") {
          cell.append(byte)
        } else if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
          cell.append(byte)
          position += 1
        } else {
          quoted = false
        }
      } else if byte == UInt8(ascii: "\""), cell.isEmpty {
        quoted = true
      } else if byte == separator {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
      } else if byte == UInt8(ascii: "\n") {
        break
      } else if byte != UInt8(ascii: "\r") {
        cell.append(byte)
      }
    }
    cells.append(String(decoding: cell, as: UTF8.self))
    return cells
  }
}
