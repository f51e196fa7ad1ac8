import GRDB

/// Temporary tables and views that stand in for those of the file, by the same names, while it is only read.
///
/// SQLite looks for a name among what is temporary first: queries that know nothing of it see what stands in. Each is made
/// when a statement first names its table, so that only what is asked for is computed; a file is never changed.
package final class StandIns: @unchecked Sendable {
  /// Makes what stands in for a table; its own statements may name others, which are then made first.
  package typealias Maker = @Sendable (Connection) throws -> Void

  // Used by the one connection of a `Database` that is read through it, one statement at a time.
  private var pending: [String: Maker]
  private var failures: [String: any Error] = [:]
  /// Columns of named queries of which nothing is known through what stands in; they are presented as NULL.
  let isUnknown: @Sendable (_ column: String) -> Bool
  /// What a text that was made of names is shown as.
  let shown: @Sendable (_ text: String) -> String

  package init(
    isUnknown: @escaping @Sendable (_ column: String) -> Bool = { _ in false },
    shown: @escaping @Sendable (_ text: String) -> String = { $0 }
  ) {
    pending = [:]
    self.isUnknown = isUnknown
    self.shown = shown
  }

  /// - Parameter makers: by the name of the table or view that each stands in for.
  package func add(_ makers: [String: Maker]) { pending.merge(makers) { $1 } }

  /// Makes what the statements name. Every word counts, also one that names a column: too much costs time, too little would
  /// show what was to be left out.
  func provide(for sql: String, _ connection: Connection) throws {
    if pending.isEmpty, failures.isEmpty { return }
    for word in Self.words(of: sql) {
      // What could not be made once must not be read from the file the next time.
      if let failure = failures[word] { throw failure }
      guard let make = pending.removeValue(forKey: word) else { continue }
      do { try make(connection) } catch {
        failures[word] = error
        throw error
      }
    }
  }

  /// Names and keywords, in quotes or not, without comments and without tables that are called `main.…`, the file's own.
  package static func words(of sql: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var isComment = false
    var isOfFile = false
    var last: UInt8 = 0
    func endWord(_ byte: UInt8) {
      if word.isEmpty { return }
      let name = String(decoding: word, as: UTF8.self)
      if !isOfFile { words.append(name) }
      isOfFile = byte == UInt8(ascii: ".") && name == "main"
      word.removeAll(keepingCapacity: true)
    }
    for byte in sql.utf8 {
      if isComment {
        isComment = byte != UInt8(ascii: "\n")
        continue
      }
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        word.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte + 32)
      default:
        endWord(byte)
        isComment = byte == UInt8(ascii: "-") && last == UInt8(ascii: "-")
      }
      last = byte
    }
    endWord(0)
    return words
  }
}

extension Connection {
  /// What a text is shown as that was made of names as they are.
  package func shown(_ text: String) -> String { standIns?.shown(text) ?? text }

  /// Gives what stands in for a table another name, so that something else can stand in for it.
  package func renameStandIn(_ name: String, to other: String) throws {
    let row = try prepare("SELECT type, sql FROM temp.sqlite_schema WHERE name = ?")
    row.bind(1, name)
    guard try row.step() else { throw StoreError(.statement, "nothing stands in for \(name)") }
    let (isView, sql) = (row.text(0) == "view", row.text(1))
    row.reset()
    guard isView else { return try execute("ALTER TABLE temp.\(name) RENAME TO \(other)") }
    let definition = sql.dropFirst("CREATE VIEW \(name)".count)
    try execute("DROP VIEW temp.\(name); CREATE TEMP VIEW \(other)\(definition)")
  }

  /// Makes a function of two texts known; of NULL it is NULL.
  package func addTextFunction(_ name: String, _ body: @escaping @Sendable (String, String) -> String) {
    db.add(
      function: DatabaseFunction(name, argumentCount: 2, pure: true) { values in
        guard let first = String.fromDatabaseValue(values[0]), let second = String.fromDatabaseValue(values[1]) else {
          return nil
        }
        return body(first, second)
      })
  }
}
