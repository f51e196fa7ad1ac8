import Base
import CZlib

#if canImport(Glibc)
  import Glibc
#endif

/// A file to write to, gzipped if its name ends in `.gz`. It gets its name when it is complete: readers never see half
/// of it.
///
/// A class because it owns a file and zlib's state.
package final class PackedFile {
  private let destination: Destination
  private let file: Int32
  private var stream = z_stream()
  private let isPacked: Bool
  private var isOpen = true
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// Begins an unfinished file beside the target, which stays as it is.
  package init(path: String) throws(FileError) {
    destination = Destination(path)
    isPacked = path.hasSuffix(".gz")
    file = try destination.open()
    // 16 more than the window size: gzip, without time and name, so that equal rows give equal bytes.
    if isPacked,
      deflateInit2_(
        &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        != Z_OK
    {
      throw FileError(path, reason: "zlib does not start")
    }
  }

  deinit {
    if isPacked { deflateEnd(&stream) }
    if isOpen {
      Glibc.close(file)
      destination.discard()
    }
  }

  /// Does nothing visible until `close`; without it, all is discarded.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    if isPacked { try pack(bytes, Z_NO_FLUSH) } else { try put(bytes[...]) }
  }

  /// Completes the file.
  package func close() throws(FileError) {
    if isPacked { try pack([], Z_FINISH) }
    isOpen = false
    guard Glibc.close(file) == 0 else {
      let code = errno
      destination.discard()
      throw FileError(destination.path, code: code)
    }
    try destination.keep()
  }

  private func pack(_ bytes: [UInt8], _ flush: Int32) throws(FileError) {
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

  private func put(_ bytes: ArraySlice<UInt8>) throws(FileError) {
    let code = writeAll(bytes, to: file)
    if code != 0 { throw FileError(destination.path, code: code) }
  }
}
