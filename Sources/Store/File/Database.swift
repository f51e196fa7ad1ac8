import Dispatch
import GRDB
import GRDBSQLite

#if canImport(Glibc)
  import Glibc
#endif

/// The SQLite file: every stage reads its input from it and writes its result back to it.
///
/// Readers see the last commit and never wait (write-ahead log); writers wait for each other for up to `busyTimeout`
/// seconds, even between processes.
package final class Database: Sendable {
  /// `:memory:` for a database without a file.
  package let path: String
  private let pool: any DatabaseWriter & Sendable
  private let changes = ChangeLog()
  /// Replaces tables in a database that is only read.
  private let standIns: StandIns?
  /// Whether everything is read from one consistent snapshot.
  private let isSnapshot: Bool
  /// For side readings that follow each other.
  let turns = DispatchQueue(label: "side readings", qos: .userInitiated)

  /// How long a writer waits for another process before giving up.
  package static let busyTimeout: Double = 60

  /// Opens the file; creates it if necessary (readable only by its owner) and updates its schema.
  ///
  /// - Throws: `StoreError` if it cannot be opened or created, is another program's, or was written by a newer
  ///   batchcost.
  package init(path: String) throws {
    self.path = path
    standIns = nil
    isSnapshot = false
    if path != ":memory:" {
      // Checked before opening it for writing, because that alone would turn on its write-ahead log.
      if let tables = ForeignFile.tables(of: path), Self.areOfAnotherProgram(tables) { throw Self.otherProgram(path) }
      try Self.createPrivately(path)
    }
    do {
      if path == ":memory:" {
        let queue = try DatabaseQueue(configuration: Self.configuration())
        try Self.empty.get().backup(to: queue)
        try queue.write { try $0.execute(sql: "UPDATE database_identity SET id = LOWER(HEX(RANDOMBLOB(8)))") }
        pool = queue
        return
      }
      pool = try Self.openPool(path)
      if try pool.read(Self.isOfAnotherProgram) { throw Self.otherProgram(path) }
      if try pool.read(Migrations.haveNewer) { throw Self.newer(path) }
      try Migrations.run(pool)
    } catch let error as GRDB.DatabaseError {
      throw StoreError(describing: error, path: path)
    }
  }

  /// The starting state of every in-memory database except its identity: migrations run only once.
  private static let empty = Result<DatabaseQueue, any Error> {
    let queue = try DatabaseQueue(configuration: configuration())
    try Migrations.run(queue)
    return queue
  }

  /// Opens an existing file only for reading, as the `query` and `report` commands do. Everything is read from one
  /// consistent snapshot: a collection that ends meanwhile changes nothing.
  ///
  /// - Parameter standIns: read instead of tables of the file.
  /// - Throws: `StoreError`, also if the file does not exist or has an older schema.
  package init(readingFrom path: String, through standIns: StandIns? = nil) throws {
    self.path = path
    self.standIns = standIns
    isSnapshot = true
    guard access(path, F_OK) == 0 else {
      throw StoreError.missing(path)
    }
    if let tables = ForeignFile.tables(of: path), Self.areOfAnotherProgram(tables) { throw Self.otherProgram(path) }
    do {
      var configuration = Self.configuration()
      configuration.readonly = true
      configuration.allowsUnsafeTransactions = true
      pool = try DatabaseQueue(path: path, configuration: configuration)
      if try pool.read(Self.isOfAnotherProgram) { throw Self.otherProgram(path) }
      if try pool.read(Migrations.haveNewer) { throw Self.newer(path) }
      if try !pool.read(Migrations.areComplete) {
        throw StoreError(
          .unusable, "\(path): not a batchcost database of this version; run `batchcost collect` to bring it up to date"
        )
      }
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: "BEGIN")
        // GRDB notes what every statement reads, for observers that a reader does not have. With a view of many tables
        // this takes twice as long as preparing the statement.
        sqlite3_set_authorizer(db.sqliteConnection, nil, nil)
      }
    } catch let error as GRDB.DatabaseError {
      if error.resultCode == .SQLITE_READONLY { throw StoreError.folderCannotBeWritten(path) }
      throw StoreError(describing: error, path: path)
    }
  }

  /// Runs `body` in one transaction that holds the write lock from its start; commits on return, rolls back on throw.
  ///
  /// Its changes, except those of `Connection.bookkeeping`, are facts: ledger and insights are recomputed afterwards.
  ///
  /// - Throws: what `body` throws; `StoreError` of the kind `busy` if another process wrote for longer than
  ///   `busyTimeout`.
  package func write<T>(_ body: (Connection) throws -> T) throws -> T {
    try transaction { connection in
      try changes.begin(connection)
      let before = connection.factChanges
      let result = try body(connection)
      if connection.factChanges != before { try connection.raiseFactRevision() }
      try changes.write(connection)
      return result
    }
  }

  /// The same for writes that are computed from facts and change none.
  ///
  /// - Throws: as `write` does.
  package func derive<T>(_ body: (Connection) throws -> T) throws -> T {
    try transaction { try $0.withSmallCache(body) }
  }

  fileprivate static let cacheKiB = 65536

  private func transaction<T>(_ body: (Connection) throws -> T) throws -> T {
    do {
      return try pool.writeWithoutTransaction { db in
        var result: T?
        try db.inTransaction(.immediate) {
          result = try body(Connection(db))
          return .commit
        }
        guard let result else { throw StoreError(.statement, "\(path): a transaction ended without a result") }
        return result
      }
    } catch let error as GRDB.DatabaseError {
      throw StoreError(describing: error, path: path)
    }
  }

  /// Runs `body` on a consistent snapshot of the database.
  ///
  /// - Throws: what `body` throws, errors of the database as `StoreError`.
  package func read<T>(_ body: (Connection) throws -> T) throws -> T {
    do {
      // Stand-ins are created while reading, only in temporary tables.
      if isSnapshot { return try pool.writeWithoutTransaction { try body(Connection($0, standIns)) } }
      return try pool.read { try body(Connection($0)) }
    } catch let error as GRDB.DatabaseError {
      throw StoreError(describing: error, path: path)
    }
  }

  private static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(busyTimeout)
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { db in
      RowVisitor.register(db)
      // The log is copied into the file only a few times in a bulk load, not after every page of input.
      try db.execute(
        sql: """
          PRAGMA cache_size = -\(cacheKiB); PRAGMA temp_store = MEMORY; PRAGMA synchronous = NORMAL;
          PRAGMA wal_autocheckpoint = 16384
          """)
    }
    return configuration
  }

  /// Whether it has tables, but none that mark it as ours. A database with only the list of migrations is still being
  /// created.
  private static func isOfAnotherProgram(_ db: GRDB.Database) throws -> Bool {
    areOfAnotherProgram(try Set(String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")))
  }

  private static func areOfAnotherProgram(_ tables: Set<String>) -> Bool {
    !tables.isSubset(of: [Migrations.table]) && !tables.isSuperset(of: [Migrations.table, "account_region"])
  }

  private static func newer(_ path: String) -> StoreError {
    StoreError(.newer, "\(path): written by a newer batchcost; update this one, or name another --database")
  }

  private static func otherProgram(_ path: String) -> StoreError {
    StoreError(.unusable, "\(path): a database of another program; name another --database")
  }

  /// Opens the file for reading and writing, and turns on its write-ahead log.
  ///
  /// Turning it on does not wait: while another process does the same to a new file, SQLite answers "busy" at once. So
  /// it is tried again for up to `busyTimeout`.
  private static func openPool(_ path: String) throws -> DatabasePool {
    let end = ContinuousClock.now + .seconds(busyTimeout)
    while true {
      do {
        return try DatabasePool(path: path, configuration: configuration())
      } catch let error as GRDB.DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end {
        usleep(5_000)
      }
    }
  }

  /// Creates the file, or what a link at `path` leads to, if there is none.
  ///
  /// An existing file is not opened: closing it again would give up the locks that other connections of this process
  /// hold on it.
  private static func createPrivately(_ path: String) throws {
    if access(path, F_OK) == 0 { return }
    var entry = stat()
    let isLink = lstat(path, &entry) == 0 && entry.st_mode & S_IFMT == S_IFLNK
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | (isLink ? 0 : O_EXCL), 0o600)
    if descriptor >= 0 {
      close(descriptor)
    } else if errno != EEXIST {
      throw StoreError(.unusable, "\(path): \(String(cString: strerror(errno)))")
    }
  }
}

extension Connection {
  /// For code that reads and writes whole tables: a large page cache would only use memory.
  func withSmallCache<T>(_ body: (Connection) throws -> T) throws -> T {
    try execute("PRAGMA cache_size = -8192")
    defer { try? execute("PRAGMA cache_size = -\(Database.cacheKiB)") }
    return try body(self)
  }
}

extension StoreError {
  init(describing error: GRDB.DatabaseError, path: String) {
    let text = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(.busy, "\(path): another batchcost is writing to it; try again when it has finished")
    case .SQLITE_NOTADB, .SQLITE_CANTOPEN, .SQLITE_CORRUPT, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_FULL, .SQLITE_IOERR:
      self.init(.unusable, "\(path): \(text)")
    default:
      self.init(.statement, error.sql.map { "\(text), in: \($0.prefix(400))" } ?? text)
    }
  }
}
