import GRDB
import GRDBSQLite
import Queries

/// The facts that a transaction changed, as recorded by the triggers of `Queries/changes.sql`: in memory until the
/// transaction ends, then in the table `changed`.
///
/// Only used once there is a ledger: before that, all of it must be computed anyway. Used by the only writing
/// connection.
final class ChangeLog: @unchecked Sendable {
  private enum Name: Hashable {
    case row(Int64)
    case text(String)
  }

  private struct Change: Hashable {
    var kind: String
    var name: Name
  }

  /// By change: from when it matters, `.min` for always.
  private var changes: [Change: Int64] = [:]
  private var isOverfull = false

  /// With more changes in one transaction than this, computing everything is less work than looking them up.
  private static let limit = 250_000

  /// Begins a transaction that may change facts.
  func begin(_ connection: Connection) throws {
    changes.removeAll()
    isOverfull = false
    // A failed transaction also rolls back the triggers that it created.
    let listens = "SELECT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE type = 'trigger' AND name = 'job_added')"
    if try connection.integer(listens) == 1 { return }
    guard try connection.integer("SELECT EXISTS (SELECT 1 FROM build WHERE product = 'ledger')") == 1 else { return }
    try register(connection)
    try connection.execute(changeTriggers.text)
  }

  /// Writes the recorded changes, as part of the transaction.
  func write(_ connection: Connection) throws {
    if changes.isEmpty { return }
    try connection.bookkeeping {
      let statement = try connection.prepare(
        """
        INSERT INTO changed VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET since_ms = min(since_ms, excluded.since_ms)
        """)
      if isOverfull { changes = [Change(kind: "all", name: .text("too much at once")): .min] }
      for (change, since) in changes {
        statement.bind(change.kind)
        switch change.name {
        case .row(let row): statement.bind(row, at: 2)
        case .text(let text): statement.bind(text, at: 2)
        }
        statement.bind(since == .min ? nil : since, at: 3)
        try statement.run()
      }
    }
    changes.removeAll()
  }

  private func note(_ kind: String, _ name: Name, since: Int64) {
    if changes.count >= Self.limit { isOverfull = true }
    if isOverfull { return }
    changes[Change(kind: kind, name: name), default: .max] = min(changes[Change(kind: kind, name: name)] ?? .max, since)
  }

  /// Registers `note_change(kind, name, since)` with the connection. It records nothing if the name is NULL.
  private func register(_ connection: Connection) throws {
    guard let handle = connection.db.sqliteConnection else { throw StoreError(.unusable, "the database is closed") }
    sqlite3_create_function_v2(
      handle, "note_change", 3, SQLITE_UTF8, Unmanaged.passUnretained(self).toOpaque(),
      { context, _, values in
        guard let values, let own = sqlite3_user_data(context), let kind = ChangeLog.text(values[0]) else { return }
        let log = Unmanaged<ChangeLog>.fromOpaque(own).takeUnretainedValue()
        let since =
          sqlite3_value_type(values[2]) == SQLITE_NULL ? Int64.min : sqlite3_value_int64(values[2])
        switch sqlite3_value_type(values[1]) {
        case SQLITE_INTEGER: log.note(kind, .row(sqlite3_value_int64(values[1])), since: since)
        case SQLITE_TEXT: if let name = ChangeLog.text(values[1]) { log.note(kind, .text(name), since: since) }
        default: break
        }
      }, nil, nil, nil)
  }

  private static func text(_ value: OpaquePointer?) -> String? {
    sqlite3_value_text(value).map { String(cString: $0) }
  }
}
