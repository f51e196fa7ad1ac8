import AWS
import Domain
import Store

/// One account in one region during collection: what every source needs.
struct LiveVisit: Sendable {
  let client: AWSClient
  let place: AccountRegion
  let writer: LiveWriter
  /// The time that counts as now.
  let asOf: Instant
  let since: Instant?
  let events: [EventPlace]
  let progress: @Sendable (String) -> Void
  /// An earlier source failed: what it would have found has not been requested yet.
  var isPartial = false

  var partition: String { Partition(region: place.region).rawValue }

  func send(_ call: Call) async throws {
    try await writer.ingest(client.send(call), place, at: asOf)
  }

  /// Sends every page of a call and writes each answer to the database.
  func sendAll(_ call: Call) async throws {
    for try await answer in client.pages(of: call) { try await writer.ingest(answer, place, at: asOf) }
  }

  /// Sends calls in parallel.
  func send(_ calls: [Call], paged: Bool = false) async throws {
    try await sideBySide(calls) { call in
      if paged { try await sendAll(call) } else { try await send(call) }
    }
  }

  /// Processes each item, as many at once as there are connections.
  func sideBySide<Item: Sendable>(
    _ items: [Item], _ body: @escaping @Sendable (Item) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, item) in items.enumerated() {
        if index >= Self.sideBySide { try await group.next() }
        group.addTask { try await body(item) }
      }
      try await group.waitForAll()
    }
  }

  static let sideBySide = 8

  // MARK: The database

  /// Rows of one text column; parameter 1 is the number of the account and region.
  func texts(_ sql: String) async throws -> [String] {
    let place = place
    return try await writer.read { connection in
      try connection.column(sql, try connection.number(of: place), of: String?.self).compactMap(\.self)
    }
  }

  /// Those of the names for which a query with one parameter finds no row. There may be millions of known rows: they
  /// are looked up, never held in memory.
  func names(_ names: [String], without sql: String) async throws -> [String] {
    try await writer.read { connection in
      let statement = try connection.prepare(sql)
      return try names.filter { name in
        statement.bind(name)
        defer { statement.reset() }
        return try !statement.step()
      }
    }
  }

  /// How far a source has been read; nil if never.
  func checkpoint(_ source: String, _ scope: String) async throws -> Checkpoint? {
    try await writer.read { connection in
      try connection.first("SELECT position, at_ms FROM checkpoint WHERE source = ? AND scope = ?", source, scope) {
        (position: String, time: Int64) in
        Checkpoint(source: source, scope: scope, position: position, at: Instant(milliseconds: time))
      }
    }
  }
}

extension Connection {
  /// The row of an account and region; −1 if nothing of it was seen yet.
  fileprivate func number(of place: AccountRegion) throws -> Int64 {
    let sql = "SELECT id FROM account_region WHERE account = ? AND region = ?"
    return try first(sql, place.account, place.region, of: Int64.self) ?? -1
  }
}

extension Array {
  /// Parts of at most `size` elements.
  func parts(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
