#if canImport(Glibc)
  import Glibc
#endif

extension ByteInput {
  /// Bytes that lie in memory, gzip or not. They go to a file without a name, so that they are read as files are.
  ///
  /// - Parameter decodes: whether UTF-16 becomes UTF-8.
  /// - Throws: `CollectionError` where there is no room for it.
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
