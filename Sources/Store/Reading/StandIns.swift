import GRDB

/// Temporary tables and views that take the place of the file's own, under the same names, while it is only read.
///
/// SQLite looks for a name among temporary tables first, so that queries see the replacements without knowing about
/// them. Each is created when a statement first names its table, so that only what is needed is computed; the file is
/// never changed.
package final class StandIns: @unchecked Sendable {
  /// Creates the replacement of a table; its own statements may name others, which are then created first.
  package typealias Maker = @Sendable (Connection) throws -> Void

  // Used by the only connection of a `Database` that is read through it, one statement at a time.
  private var pending: [String: Maker]
  private var failures: [String: any Error] = [:]
  /// Columns of named queries without data in the replacements; they are presented as NULL.
  let isUnknown: @Sendable (_ column: String) -> Bool
  /// How to show text that was composed of names.
  let shown: @Sendable (_ text: String) -> String

  /// - Parameters:
  ///   - isUnknown: whether a result's column, by its name, has no data here.
  ///   - shown: what to show for a text composed of names.
  package init(
    isUnknown: @escaping @Sendable (_ column: String) -> Bool = { _ in false },
    shown: @escaping @Sendable (_ text: String) -> String = { $0 }
  ) {
    pending = [:]
    self.isUnknown = isUnknown
    self.shown = shown
  }

  /// - Parameter makers: by the name of the table or view that each replaces.
  package func add(_ makers: [String: Maker]) { pending.merge(makers) { $1 } }

  /// Creates the replacements for all names in a statement. Every word counts, even one that is a column: an extra
  /// table costs time, but a missing one would show data that should be left out.
  func provide(for sql: String, _ connection: Connection) throws {
    if pending.isEmpty, failures.isEmpty { return }
    for word in Self.words(of: sql) {
      // After a failure, the table must not be read from the file the next time.
      if let failure = failures[word] { throw failure }
      guard let make = pending.removeValue(forKey: word) else { continue }
      do { try make(connection) } catch {
        failures[word] = error
        throw error
      }
    }
  }

  /// Names and keywords, quoted or not, without comments and without tables written as `main.…`, the file's own.
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
  /// How to show text that was composed of real names.
  package func shown(_ text: String) -> String { standIns?.shown(text) ?? text }

  /// Renames the replacement of a table, so that something else can replace it.
  package func renameStandIn(_ name: String, to other: String) throws {
    let found = try first("SELECT type = 'view', sql FROM temp.sqlite_schema WHERE name = ?", name) {
      (isView: Bool, sql: String) in (isView, sql)
    }
    guard let (isView, sql) = found else { throw StoreError(.statement, "nothing stands in for \(name)") }
    guard isView else { return try execute("ALTER TABLE temp.\(name) RENAME TO \(other)") }
    let definition = sql.dropFirst("CREATE VIEW \(name)".count)
    try execute("DROP VIEW temp.\(name); CREATE TEMP VIEW \(other)\(definition)")
  }

  /// Registers a function of two texts; NULL arguments give NULL.
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
