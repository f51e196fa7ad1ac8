/// The SQL that the binary carries: every `.sql` file of this folder.
package struct EmbeddedSQL: Sendable {
  /// The file's name without `.sql`.
  package let name: String
  package let text: String

  /// The files of `folder`, the empty one being this, in the order of their names.
  fileprivate static func files(in folder: String = "") -> [EmbeddedSQL] {
    embeddedFiles.compactMap { path, text in
      let name = path.dropFirst(folder.count)
      guard path.hasPrefix(folder), name.hasSuffix(".sql"), !name.contains("/") else { return nil }
      return EmbeddedSQL(name: String(name.dropLast(".sql".count)), text: text)
    }.sorted { $0.name < $1.name }
  }
}

/// Named queries, in alphabetical order.
package let namedQueries = EmbeddedSQL.files().filter { $0.name != changeTriggers.name }.map(\.withSteps)

/// Migrations, in the order in which they run; one that was released is never edited.
package let migrations = EmbeddedSQL.files(in: "schema/")

/// What stands in for tables of the ledger where it is narrowed to some jobs, by the table's name.
package let lensTables = EmbeddedSQL.files(in: "lens/")

/// What commands ask that nobody else does, in SQLite's own SQL.
package let commandQueries = EmbeddedSQL.files(in: "commands/")

/// The triggers by which a connection that writes facts notes what it changes.
package let changeTriggers = EmbeddedSQL(
  name: "changes", text: EmbeddedSQL.files().first { $0.name == "changes" }?.text ?? "")

extension EmbeddedSQL {
  /// A query with a folder of its name has steps, `NAME/07-registration.sql`: each is a table that later steps and the query
  /// read. Engines that do not plan them as one make these tables one by one; here all are one statement.
  fileprivate var withSteps: EmbeddedSQL {
    let steps = EmbeddedSQL.files(in: "\(name)/")
    if steps.isEmpty { return self }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let comment = lines.prefix { $0.hasPrefix("--") }
    let tables = steps.map { step in
      "\(step.name.drop { $0 != "-" }.dropFirst()) AS (\n\(step.text)\n)"
    }
    return EmbeddedSQL(
      name: name,
      text: (comment + ["WITH", tables.joined(separator: ",\n")[...]] + lines.dropFirst(comment.count))
        .joined(separator: "\n"))
  }
}
