#if canImport(Glibc)
  import Glibc
#endif

/// Bytes that may be gzip, unpacked.
enum PackedBytes {
  /// What an object may hold, unpacked.
  static let limit = 1 << 30

  /// - Throws: `CollectionError` where the bytes break off or hold more than may be.
  static func unpacked(_ bytes: [UInt8], named name: String) throws -> [UInt8] {
    guard bytes.starts(with: [0x1f, 0x8b]) else { return bytes }
    guard let file = tmpfile() else { throw CollectionError(path: name, reason: String(cString: strerror(errno))) }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0 else {
      throw CollectionError(path: name, reason: "no room for a temporary file")
    }
    rewind(file)
    let input = ByteInput(descriptor: dup(fileno(file)))
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = chunk.withUnsafeMutableBytes { input.read(into: $0) }
      if count == 0 { break }
      result += chunk[..<count]
      if result.count > limit { throw CollectionError(path: name, reason: "holds more than \(limit >> 20) MiB") }
    }
    if let fault = input.fault { throw CollectionError(path: name, reason: fault) }
    return result
  }
}
