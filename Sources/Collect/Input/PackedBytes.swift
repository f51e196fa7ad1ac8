/// Bytes that may be gzip or UTF-16, as UTF-8.
enum PackedBytes {
  /// The most that an object may contain, unpacked.
  static let limit = 1 << 30

  /// Unpacks gzip, including gzip inside gzip: Firehose packs what log subscriptions have already packed.
  ///
  /// - Throws: `CollectionError` if the bytes are truncated or contain too much.
  static func unpacked(_ bytes: [UInt8], named name: String) throws -> [UInt8] {
    var bytes = bytes
    var layers = 0
    while bytes.starts(with: [0x1f, 0x8b]) {
      layers += 1
      if layers > 3 { throw CollectionError(path: name, reason: "is packed more than three times") }
      bytes = try read(bytes, named: name, decodes: false)
    }
    let isPlain = TextEncoding(Array(bytes.prefix(TextEncoding.head))) == .utf8(mark: 0)
    return isPlain ? bytes : try read(bytes, named: name, decodes: true)
  }

  private static func read(_ bytes: [UInt8], named name: String, decodes: Bool) throws -> [UInt8] {
    let input = try ByteInput(bytes, named: name, decodes: decodes)
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
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
