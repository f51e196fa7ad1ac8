import Foundation

/// The lines of a stream, a message each; empty ones are passed over.
package struct MessageLines {
  /// No question needs more.
  private static let limit = 4 << 20

  private let input: FileHandle
  private var buffer = Data()

  package init(_ input: FileHandle) { self.input = input }

  /// - Returns: nil at the end of the stream.
  /// - Throws: `TooLong` for a line without end; what the system says where the stream cannot be read.
  package mutating func next() throws -> Data? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Data(buffer[..<end])
        buffer = Data(buffer[(end + 1)...])
        if !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { return line }
        continue
      }
      guard buffer.count <= Self.limit else { throw TooLong() }
      // Whatever is there: a read of a whole block would wait for more than one message.
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
