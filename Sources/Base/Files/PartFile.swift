#if canImport(Glibc)
  import Glibc
#endif

/// An unfinished file, `NAME.1f09c3aa.part`, locked by its writer. One without a lock was left by a killed run; the
/// next run that writes `NAME` removes it.
struct PartFile {
  let path: String
  /// Shares its lock with the descriptor that is written to; negative if there is none.
  private let lock: Int32

  /// - Returns: a descriptor to write to; negative where the file cannot be made (see `errno`).
  static func make(for target: String) -> (PartFile?, descriptor: Int32) {
    while true {
      let digits = String(UInt32.random(in: 0 ... .max), radix: 16)
      let path = "\(target).\(String(repeating: "0", count: 8 - digits.count))\(digits).part"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor < 0 {
        if errno == EEXIST { continue }
        return (nil, descriptor)
      }
      // Until it is locked, another process may take the file for one left behind.
      var status = stat()
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
        || fstat(descriptor, &status) == 0 && status.st_nlink == 0
      {
        close(descriptor)
        continue
      }
      return (PartFile(path: path, lock: fcntl(descriptor, F_DUPFD_CLOEXEC, 0)), descriptor)
    }
  }

  /// Call once the file has its own name.
  func release() {
    if lock >= 0 { close(lock) }
  }

  func remove() {
    unlink(path)
    release()
  }

  /// Removes files that killed runs left behind.
  static func removeAbandoned(of target: String) {
    let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(target[...$0]) } ?? "./"
    let name = slash.map { target[target.utf8.index(after: $0)...] } ?? target[...]
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let found = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if isPart(found, of: name) { removeIfAbandoned(slash == nil ? found : folder + found) }
    }
  }

  private static func isPart(_ found: String, of name: Substring) -> Bool {
    let (found, name) = (Array(found.utf8), Array(name.utf8))
    guard found.count == name.count + 14, found.starts(with: name), found.suffix(5) == Array(".part".utf8) else {
      return false
    }
    let digits = found.dropFirst(name.count).dropLast(5)
    return digits.first == UInt8(ascii: ".")
      && digits.dropFirst().allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
      }
  }

  private static func removeIfAbandoned(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
    close(descriptor)
  }
}
