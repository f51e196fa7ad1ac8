#if canImport(Glibc)
  import Glibc
#endif

/// A settings file on disk.
package struct SmallFile {
  /// What a path leads to, links followed.
  package enum Kind: Equatable, Sendable {
    case absent
    /// A link whose target does not exist.
    case dangling
    /// Also where the path cannot be examined: reading it then says why.
    case regular
    /// Not a regular file: `a folder`, `a pipe`, `a device`.
    case other(String)
  }

  package let path: String

  package init(_ path: String) { self.path = path }

  /// Examined at each call.
  package var kind: Kind {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return errno == ENOENT && lstat(path, &status) == 0 ? .dangling : errno == ENOENT ? .absent : .regular
    }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .regular
    case S_IFDIR: .other("a folder")
    case S_IFIFO: .other("a pipe")
    case S_IFSOCK: .other("a socket")
    default: .other("a device")
    }
  }

  /// The whole file.
  ///
  /// - Throws: `FileError`, also if the file is larger than `limit` bytes.
  package func bytes(limit: Int = 16 << 20) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path, code: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { throw FileError(path, code: errno) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      if bytes.count > limit { throw FileError(path, reason: "is larger than \(limit >> 20) MiB") }
    }
  }

  /// The whole file as text.
  ///
  /// - Throws: `FileError`, also if the file is not UTF-8.
  package func text(limit: Int = 16 << 20) throws(FileError) -> String {
    let bytes = try bytes(limit: limit)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw FileError(path, reason: "is UTF-16; save it as UTF-8")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError(path, reason: "is not UTF-8; save it as UTF-8")
    }
    return text
  }
}
