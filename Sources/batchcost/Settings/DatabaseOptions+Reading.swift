import Accounting
import ArgumentParser
import Insights
import Store
import Synchronization

/// Readers get one consistent snapshot, in which the insights are those of the ledger.
extension DatabaseOptions {
  func openForReading() throws -> Database { try reading { try Database(readingFrom: $0) } }

  /// Opens the database by `open`. If a collection was stopped before it had computed everything, computes the rest
  /// first; if one is still at work, waits for it, but not for one after the other without end.
  func reading(_ open: (String) throws -> Database) throws -> Database {
    for _ in 0..<Self.patience {
      let database = try open(finishedPath())
      switch try database.read({ try $0.progress() }) {
      case .current: return database
      case .behind:
        Self.sayBehind()
        return database
      // A collection wrote a new ledger just now.
      case .unfinished: continue
      }
    }
    throw StoreError(
      .busy,
      "\(try path()): \(Self.patience) times, a collection wrote a new ledger before its insights could be read; try again when "
        + "fewer collections run")
  }

  /// How many collections to wait for.
  private static let patience = 8

  /// The path, once everything is computed.
  func finishedPath() throws -> String {
    let path = try path()
    if try Database(readingFrom: path).read({ try $0.progress() }) == .unfinished { try Self.finish(path) }
    return path
  }

  private static let hasSaidBehind = Mutex(false)

  /// Once, however often a command opens the database.
  private static func sayBehind() {
    let isNew = hasSaidBehind.withLock { said in
      defer { said = true }
      return !said
    }
    guard isNew else { return }
    Console.message(
      "more was collected after the ledger was computed: a collection is under way, or was stopped; "
        + "`batchcost ledger build` adds it to the cost")
  }

  private static func finish(_ path: String) throws {
    Console.message("a collection is under way, or was stopped, before everything was computed: computing the rest")
    let database: Database
    do { database = try Database(path: path) } catch let error as StoreError where error.kind == .unusable {
      throw StoreError(
        .unusable,
        "\(path): not everything is computed, because a collection is under way or was stopped, and this user may not "
          + "write to the database; run `batchcost ledger build` as its owner")
    }
    try LedgerOptions.parse([]).build(database)
  }
}
