import GRDBSQLite

#if canImport(Glibc)
  import Glibc
#endif

/// Examines a database that may belong to another program, without changing a byte.
enum ForeignFile {
  /// The names of its tables; nil if there is no database, or it cannot be read in this way.
  ///
  /// If no log is beside it, it is opened as immutable, so that no file is created beside it either.
  static func tables(of path: String) -> Set<String>? {
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
    defer { sqlite3_close_v2(handle) }
    var log = stat()
    let isLogged = stat(path + "-wal", &log) == 0 && log.st_size > 0
    let uri = "file:\(encoded(path))\(isLogged ? "" : "?immutable=1")"
    guard sqlite3_open_v2(uri, &handle, flags, nil) == SQLITE_OK else { return nil }
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard
      sqlite3_prepare_v2(handle, "SELECT name FROM sqlite_master WHERE type = 'table'", -1, &statement, nil)
        == SQLITE_OK
    else { return nil }
    var names: Set<String> = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: if let text = sqlite3_column_text(statement, 0) { names.insert(String(cString: text)) }
      case SQLITE_DONE: return names
      default: return nil
      }
    }
  }

  /// As in a URI: everything except letters, digits and slashes is percent-encoded.
  private static func encoded(_ path: String) -> String {
    path.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = byte < 0x80 && (scalar.properties.isAlphabetic || "0123456789/._-".unicodeScalars.contains(scalar))
      return isPlain ? String(scalar) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
