/// The SQL that the binary carries: one entry a file of this folder.
package struct EmbeddedSQL: Sendable {
  /// The file's name without `.sql`.
  package let name: String
  package let text: String

  init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    self.text = String(decoding: bytes, as: UTF8.self)
  }
}

/// Named queries, in alphabetical order.
package let namedQueries: [EmbeddedSQL] = [
  EmbeddedSQL("totals", PackageResources.totals_sql)
]

/// Migrations, in the order in which they run; one that was released is never edited.
package let migrations: [EmbeddedSQL] = [
  EmbeddedSQL("0001_facts", PackageResources._001_facts_sql),
  EmbeddedSQL("0002_ledger", PackageResources._002_ledger_sql),
]
