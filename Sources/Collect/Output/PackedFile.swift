import CZlib

#if canImport(Glibc)
  import Glibc
#endif

/// A file to write to, gzipped where its name ends in `.gz`. It takes its name when it is whole: a reader never sees half.
///
/// A class because it owns a file and zlib's state.
package final class PackedFile {
  private let path: String
  private let part: String
  private let file: UnsafeMutablePointer<FILE>
  private var stream = z_stream()
  private let isPacked: Bool
  private var isOpen = true
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// - Parameter path: `-` for standard output, which is not gzipped.
  package init(path: String) throws(CollectionError) {
    self.path = path
    part = path == "-" ? path : path + ".part"
    isPacked = path.hasSuffix(".gz")
    guard let file = path == "-" ? fdopen(dup(STDOUT_FILENO), "wb") : fopen(part, "wb") else {
      throw CollectionError(path: path, reason: String(cString: strerror(errno)))
    }
    self.file = file
    // 16 more than the window: gzip, with no time and no name in it, so that the same rows are the same bytes.
    if isPacked,
      deflateInit2_(
        &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        != Z_OK
    {
      fclose(file)
      throw CollectionError(path: path, reason: "zlib does not start")
    }
  }

  deinit {
    if isPacked { deflateEnd(&stream) }
    if isOpen {
      fclose(file)
      if path != "-" { unlink(part) }
    }
  }

  package func write(_ bytes: [UInt8]) throws(CollectionError) {
    if isPacked { try pack(bytes, Z_NO_FLUSH) } else { try put(bytes[...]) }
  }

  /// Completes the file.
  package func close() throws(CollectionError) {
    if isPacked { try pack([], Z_FINISH) }
    isOpen = false
    guard fclose(file) == 0, path == "-" || rename(part, path) == 0 else {
      throw CollectionError(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private func pack(_ bytes: [UInt8], _ flush: Int32) throws(CollectionError) {
    var input = bytes
    var position = 0
    var isDone = false
    while !isDone {
      let (taken, given, code) = input.withUnsafeMutableBufferPointer { source in
        buffer.withUnsafeMutableBufferPointer { target in
          stream.next_in = source.baseAddress.map { $0 + position }
          stream.avail_in = UInt32(source.count - position)
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          let code = deflate(&stream, flush)
          return (source.count - position - Int(stream.avail_in), target.count - Int(stream.avail_out), code)
        }
      }
      position += taken
      try put(buffer[..<given])
      isDone = flush == Z_FINISH ? code == Z_STREAM_END : position == input.count && given < buffer.count
    }
  }

  private func put(_ bytes: ArraySlice<UInt8>) throws(CollectionError) {
    let written = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    if written != bytes.count { throw CollectionError(path: path, reason: String(cString: strerror(errno))) }
  }
}
