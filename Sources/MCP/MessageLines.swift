import Foundation

/// The lines of a stream, one message each; empty lines are skipped.
package struct MessageLines {
  /// No request needs more.
  private static let limit = 4 << 20

  private let input: FileHandle
  private var buffer = Data()

  package init(_ input: FileHandle) { self.input = input }

  /// - Returns: nil at the end of the stream.
  /// - Throws: `TooLong` for a line without end; the system's error if the stream cannot be read.
  package mutating func next() throws -> Data? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Data(buffer[..<end])
        buffer = Data(buffer[(end + 1)...])
        if !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { return line }
        continue
      }
      guard buffer.count <= Self.limit else { throw TooLong() }
      // Reads what is available: reading a whole block would wait for further messages.
      let more = input.availableData
      if more.isEmpty {
        defer { buffer = Data() }
        return buffer.isEmpty ? nil : buffer
      }
      buffer.append(more)
    }
  }

  struct TooLong: Error, CustomStringConvertible {
    var description: String { "standard input: a line of more than \(limit >> 20) MiB is no message" }
  }
}
