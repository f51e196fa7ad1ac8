import CSimdJSON
import CZlib

#if canImport(Glibc)
  import Glibc
#endif

/// The bytes of a file or of standard input as UTF-8: unpacked if they are gzip, and decoded if they are UTF-16, as
/// PowerShell writes it. Both are recognised by their first bytes.
///
/// A class only because it owns a file descriptor and zlib's state.
final class ByteInput {
  /// Why the bytes ended early, if they did.
  private(set) var fault: String?
  /// A hash of the bytes as stored in the file, complete once `read` has returned 0.
  private(set) var contentHash: UInt64 = 0
  private(set) var packedBytes: Int64 = 0

  private let descriptor: Int32
  /// How many seconds to wait for more; nil: forever.
  private let patience: Double?
  private var stream = z_stream()
  private var isPacked: Bool?
  private var packed: UnsafeMutableRawBufferPointer
  private var available = 0..<0
  private var atEnd = false
  private var memberEnded = false

  private var encoding: TextEncoding?
  private var decoder: UTF16Decoder?
  /// Decoded bytes that have not been read yet.
  private var text: ArraySlice<UInt8> = []

  private static let chunk = 1 << 18

  /// - Parameter path: a file, or `-` for standard input.
  init(path: String) throws(CollectionError) {
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CollectionError(path: path, reason: String(cString: strerror(errno))) }
    patience = nil
    packed = .allocate(byteCount: Self.chunk, alignment: 16)
  }

  /// - Parameters:
  ///   - descriptor: open for reading; closed here.
  ///   - decodes: whether UTF-16 is converted to UTF-8; otherwise the bytes are unchanged.
  ///   - patience: how many seconds to wait for more bytes.
  init(descriptor: Int32, decodes: Bool = true, patience: Double? = nil) {
    self.descriptor = descriptor
    self.patience = patience
    if !decodes { encoding = .utf8(mark: 0) }
    packed = .allocate(byteCount: Self.chunk, alignment: 16)
  }

  deinit {
    if isPacked == true { inflateEnd(&stream) }
    if descriptor != STDIN_FILENO { close(descriptor) }
    packed.deallocate()
  }

  /// Fills the buffer with as many bytes as there are; 0 at the end, or if reading fails (see `fault`).
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    if encoding == nil { recognize() }
    if case .foreign = encoding { return 0 }
    var filled = 0
    while filled < buffer.count {
      if text.isEmpty, decoder != nil { decode() }
      if text.isEmpty {
        if decoder != nil { break }
        return filled + readBytes(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      }
      let count = min(text.count, buffer.count - filled)
      let room = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      text.prefix(count).withUnsafeBytes { room.copyMemory(from: $0) }
      text = text.dropFirst(count)
      filled += count
    }
    return filled
  }

  /// Detects the encoding from the first bytes, and keeps those that are text.
  private func recognize() {
    var head = [UInt8](repeating: 0, count: TextEncoding.head)
    let count = head.withUnsafeMutableBytes { readBytes(into: $0) }
    head.removeLast(head.count - count)
    let encoding = TextEncoding(head)
    self.encoding = encoding
    switch encoding {
    case .utf8(let mark): text = head[mark...]
    case .utf16(let bigEndian, let mark):
      var made = UTF16Decoder(bigEndian: bigEndian)
      var decoded: [UInt8] = []
      made.decode(head[mark...], into: &decoded)
      decoder = made
      text = decoded[...]
    case .foreign(let reason): fault = reason
    }
  }

  /// Decodes some more bytes; none at the end.
  private func decode() {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var decoded: [UInt8] = []
    let count = bytes.withUnsafeMutableBytes { readBytes(into: $0) }
    decoder?.decode(bytes[..<count], into: &decoded)
    if count == 0 {
      let isWhole = decoder?.isDamaged == false
      decoder?.finish(into: &decoded)
      if isWhole, decoder?.isDamaged == true { fault = fault ?? "is UTF-16 that breaks off inside a character" }
    }
    text = decoded[...]
  }

  /// Whether damaged characters were replaced.
  var isDamaged: Bool { decoder?.isDamaged ?? false }

  /// Unpacked bytes of any kind.
  private func readBytes(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    if isPacked == nil {
      refill()
      isPacked = available.count >= 2 && packed[0] == 0x1f && packed[1] == 0x8b
      if isPacked == true, !startInflating() { return 0 }
    }
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = isPacked == true ? inflate(into: rest) : copy(into: rest)
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Reads to the end without unpacking, for the hash.
  func readPacked() { while !atEnd { refill() } }

  private func refill() { available = 0..<readChunk(into: packed) }

  /// Reads one chunk; it is shorter only at the end. Chunks are the same however the input is read, for the hash.
  private func readChunk(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard let start = buffer.baseAddress else { return 0 }
    var count = 0
    while count < Self.chunk {
      if let patience, !isReady(within: patience) {
        fault = "nothing came for \(Int(patience)) seconds"
        break
      }
      let got = Glibc.read(descriptor, start + count, Self.chunk - count)
      if got < 0 {
        if errno == EINTR { continue }
        fault = "cannot be read further: \(String(cString: strerror(errno)))"
        break
      }
      if got == 0 { break }
      count += got
    }
    atEnd = count < Self.chunk
    packedBytes += Int64(count)
    contentHash = csimdjson_hash(start.assumingMemoryBound(to: UInt8.self), count, contentHash)
    return count
  }

  private func isReady(within patience: Double) -> Bool {
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while true {
      let count = poll(&wait, 1, Int32(patience * 1000))
      if count >= 0 || errno != EINTR { return count != 0 }
    }
  }

  private func copy(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    if available.isEmpty {
      if atEnd { return 0 }
      if buffer.count >= Self.chunk { return readChunk(into: buffer) }
      refill()
    }
    let count = min(available.count, buffer.count)
    if count == 0 { return 0 }
    buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: packed[available.prefix(count)]))
    available = (available.lowerBound + count)..<available.upperBound
    return count
  }

  private func startInflating() -> Bool {
    // 16 more than the window size: gzip only.
    let code = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    if code != Z_OK {
      fault = "gzip cannot be unpacked: zlib error \(code)"
      isPacked = false
    }
    return code == Z_OK
  }

  /// Some unpacked bytes; several packed members in sequence are one text.
  private func inflate(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard let start = buffer.baseAddress, let input = packed.baseAddress, fault == nil else { return 0 }
    while true {
      if available.isEmpty {
        if atEnd {
          if !memberEnded { fault = "gzip breaks off" }
          return 0
        }
        refill()
        continue
      }
      if memberEnded {
        inflateReset(&stream)
        memberEnded = false
      }
      stream.next_in = (input + available.lowerBound).assumingMemoryBound(to: UInt8.self)
      stream.avail_in = UInt32(available.count)
      stream.next_out = start.assumingMemoryBound(to: UInt8.self)
      let room = UInt32(clamping: buffer.count)
      stream.avail_out = room
      let code = CZlib.inflate(&stream, Z_NO_FLUSH)
      available = (available.upperBound - Int(stream.avail_in))..<available.upperBound
      memberEnded = code == Z_STREAM_END
      if code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR {
        fault = "gzip is damaged"
      }
      let count = Int(room - stream.avail_out)
      if count > 0 || fault != nil { return count }
    }
  }
}
