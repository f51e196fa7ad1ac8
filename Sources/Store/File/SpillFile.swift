#if canImport(Glibc)
  import Glibc
#endif

/// A temporary file for data that should not stay in memory: it has no name and ends with the process.
package final class SpillFile {
  private let descriptor: Int32
  private var end: Int64 = 0

  /// - Throws: `StoreError` if no temporary folder is writable.
  package init() throws {
    let folders = [getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp", "/var/tmp", "/tmp"]
    let folder = folders.first { access($0, W_OK | X_OK) == 0 } ?? "/tmp"
    var template = Array("\(folder)/batchcost-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else {
      throw StoreError(
        .unusable, "\(path): no temporary file: \(String(cString: strerror(errno))); set TMPDIR to a folder with room")
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(path)
  }

  deinit { close(descriptor) }

  /// Appends to the file.
  ///
  /// - Returns: the position of the data.
  /// - Throws: `StoreError` if the disk is full.
  package func append(_ bytes: UnsafeRawBufferPointer) throws -> Int64 {
    let start = end
    var done = 0
    while done < bytes.count {
      let written = pwrite(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(end))
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Self.failure("writing") }
      done += written
      end += Int64(written)
    }
    return start
  }

  /// Fills `bytes` from a position in the file.
  ///
  /// - Throws: `StoreError` if the file ends before.
  package func read(at place: Int64, into bytes: UnsafeMutableRawBufferPointer) throws {
    var done = 0
    while done < bytes.count {
      let count = pread(
        descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(place + Int64(done)))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure("reading") }
      done += count
    }
  }

  private static func failure(_ what: String) -> StoreError {
    let reason = String(cString: strerror(errno))
    return StoreError(.unusable, "\(what) a temporary file: \(reason); set TMPDIR to a folder with room")
  }
}
