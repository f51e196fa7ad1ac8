import FlyingFox
import FlyingSocks

/// Half of the bytes, then an error, on which the server closes the connection.
struct CutShort: AsyncBufferedSequence {
  typealias Element = UInt8
  let bytes: [UInt8]

  func makeAsyncIterator() -> Iterator { Iterator(rest: bytes.prefix(bytes.count / 2)) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var rest: ArraySlice<UInt8>

    mutating func next() async throws -> UInt8? {
      guard let byte = rest.popFirst() else { throw SocketError.disconnected }
      return byte
    }

    mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
      guard !rest.isEmpty else { throw SocketError.disconnected }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
  }
}

/// All the bytes, one at a time.
struct Dripping: AsyncBufferedSequence {
  typealias Element = UInt8
  let bytes: [UInt8]
  let seconds: Double

  func makeAsyncIterator() -> Iterator { Iterator(rest: bytes[...], seconds: seconds) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var rest: ArraySlice<UInt8>
    let seconds: Double

    mutating func next() async throws -> UInt8? { try await nextBuffer(suggested: 1)?.first }

    mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
      guard !rest.isEmpty else { return nil }
      try await Task.sleep(for: .seconds(seconds))
      defer { rest = rest.dropFirst() }
      return rest.prefix(1)
    }
  }
}

/// A JSON document of one long string, generated while it is sent.
struct Filler: AsyncBufferedSequence {
  typealias Element = UInt8
  let count: Int

  func makeAsyncIterator() -> Iterator { Iterator(count: count) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    let count: Int
    var position = 0
    private static let head = Array("{\"padding\":\"".utf8)
    private static let tail = Array("\"}".utf8)

    init(count: Int) { self.count = Swift.max(count, Self.head.count + Self.tail.count) }

    mutating func next() async throws -> UInt8? { try await nextBuffer(suggested: 1)?.first }

    mutating func nextBuffer(suggested: Int) async throws -> ArraySlice<UInt8>? {
      let end = count - Self.tail.count
      if position == 0 {
        position = Self.head.count
        return Self.head[...]
      }
      if position < end {
        let part = [UInt8](
          repeating: UInt8(ascii: "x"), count: Swift.min(Swift.max(suggested, 1), end - position, 1 << 16))
        position += part.count
        return part[...]
      }
      defer { position = count }
      return position < count ? Self.tail[...] : nil
    }
  }
}

/// Closes a connection before any answer: the server asks its web-socket handler before it writes.
struct HangUp: WSHandler {
  func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
    throw SocketError.disconnected
  }
}
