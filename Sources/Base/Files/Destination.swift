#if canImport(Glibc)
  import Glibc
#endif

/// Writes a file beside its target and renames it once it is complete. Readers never see half a file, and an error
/// leaves the old file in place. If several processes write the same file at once, the last to finish wins.
///
/// Links are followed. A device, a pipe or anything else that is no regular file is written in place. An existing file
/// keeps its permissions.
///
/// A class because it owns a file.
package final class Destination {
  /// The path as given.
  package let path: String
  private let target: String
  private let isDirect: Bool
  private let mode: mode_t?
  private var part: PartFile?

  /// Looks at what is there, and writes nothing until `open`.
  package init(_ path: String) {
    self.path = path
    var status = stat()
    let isThere = stat(path, &status) == 0
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    var link = stat()
    let isLink = lstat(path, &link) == 0 && link.st_mode & S_IFMT == S_IFLNK
    isDirect = isThere ? !isRegular : isLink
    mode = isThere && isRegular ? status.st_mode & 0o7777 : nil
    if isThere, isRegular, isLink, let real = realpath(path, nil) {
      target = String(cString: real)
      free(real)
    } else {
      target = path
    }
  }

  deinit { discard() }

  /// - Returns: a descriptor to write to; close it before calling `keep`.
  /// - Throws: `FileError` if the folder does not exist or is not writable.
  package func open() throws(FileError) -> Int32 {
    let descriptor: Int32
    if isDirect {
      descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
    } else {
      PartFile.removeAbandoned(of: target)
      (part, descriptor) = PartFile.make(for: target)
    }
    guard descriptor >= 0 else { throw FileError(path, code: errno) }
    if let mode { fchmod(descriptor, mode) }
    return descriptor
  }

  /// Renames the file to its target.
  ///
  /// - Throws: `FileError`; the old file is as it was.
  package func keep() throws(FileError) {
    guard let part else { return }
    let code = rename(part.path, target) == 0 ? 0 : errno
    if code == 0 { part.release() } else { part.remove() }
    self.part = nil
    if code != 0 { throw FileError(path, code: code) }
  }

  /// Removes what was written.
  package func discard() {
    part?.remove()
    part = nil
  }

  /// Writes all bytes.
  ///
  /// - Throws: `FileError`; the old file is as it was.
  package func write(_ bytes: some Collection<UInt8>) throws(FileError) {
    let descriptor = try open()
    var code = writeAll(bytes, to: descriptor)
    if close(descriptor) != 0, code == 0 { code = errno }
    guard code == 0 else {
      discard()
      throw FileError(path, code: code)
    }
    try keep()
  }
}

/// Writes all bytes to a descriptor, even one that does not block.
///
/// - Returns: 0, or the error number.
package func writeAll(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Int32 {
  let bytes = ContiguousArray(bytes)
  return bytes.withUnsafeBytes { buffer in
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress(in: buffer), rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}

extension Slice<UnsafeRawBufferPointer> {
  fileprivate func baseAddress(in buffer: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
    buffer.baseAddress.map { $0 + startIndex }
  }
}
