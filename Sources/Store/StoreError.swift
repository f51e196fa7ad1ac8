/// Why the database could not do something: what is wrong, where, and what to do.
package struct StoreError: Error, CustomStringConvertible, Equatable {
  /// What went wrong. Whatever is `asked` wrongly is the user's command line: exit status 2.
  package enum Kind: Equatable, Sendable {
    /// The file cannot be opened, created or read.
    case unusable
    /// Another process was writing and did not finish in time.
    case busy
    /// The file was written by a newer batchcost.
    case newer
    /// A statement failed: a mistake of ours, or in a user's query.
    case statement
    /// A query's file is wrong.
    case query
    /// The query that was asked for does not exist, or a parameter is missing or wrong.
    case asked
    /// It took more time than the caller allows.
    case tooLong
  }

  /// What a caller can act on: a missing file is not a wrong query.
  package var kind: Kind
  /// A whole sentence for the user, with the file or the query.
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { message }

  /// For a command that reads: only collecting creates a database.
  package static func missing(_ path: String) -> StoreError {
    StoreError(
      .unusable, "\(path): no such database; run `batchcost collect --database \(path)` first, or name another")
  }

  /// SQLite keeps an index of its write-ahead log beside the file, even for readers.
  static func folderCannotBeWritten(_ path: String) -> StoreError {
    StoreError(
      .unusable,
      "\(path): cannot be read, because its folder cannot be written to; copy the file, and name the copy with --database"
    )
  }
}
