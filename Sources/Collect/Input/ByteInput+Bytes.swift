#if canImport(Glibc)
  import Glibc
#endif

extension ByteInput {
  /// Bytes in memory, gzip or not. They are written to an unnamed file, so that they are read as files are.
  ///
  /// - Parameter decodes: whether UTF-16 is converted to UTF-8.
  /// - Throws: `CollectionError` if there is no room for the file.
  convenience init(_ bytes: [UInt8], named name: String, decodes: Bool = true) throws(CollectionError) {
    guard let file = tmpfile() else { throw CollectionError(path: name, reason: String(cString: strerror(errno))) }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0 else {
      throw CollectionError(path: name, reason: "no room for a temporary file")
    }
    rewind(file)
    self.init(descriptor: dup(fileno(file)), decodes: decodes)
  }
}
