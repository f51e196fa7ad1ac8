import Foundation

/// The state of a database, for `batchcost doctor`.
package struct DatabaseHealth: Sendable {
  /// The size of the file and its log.
  package var bytes: Int64
  /// The free space on the disk, in bytes; nil where the system does not tell.
  package var freeBytes: Int64?
  /// The first fault that SQLite finds; nil if the file is intact.
  package var fault: String?
  /// The file is too large to be read completely for a check.
  package var isUnchecked: Bool
  /// The newest collection, in milliseconds since 1970; nil if nothing was collected.
  package var lastCollection: Int64?
  /// The three longest times between collections with new data, longest first: from and to in milliseconds since 1970.
  package var gaps: [(from: Int64, to: Int64)]
  /// At least one bill was imported.
  package var hasBill: Bool
  /// At least one task's use of CPU and memory is known.
  package var hasUsage: Bool

  /// For larger files, `PRAGMA quick_check` takes more than a few seconds.
  package static let mostBytesChecked: Int64 = 1 << 30
}

extension Database {
  /// - Parameter gap: reports times between collections of at least this many milliseconds.
  package func health(gap: Int64) throws -> DatabaseHealth {
    let files = ["", "-wal"].compactMap { suffix in
      (try? FileManager.default.attributesOfItem(atPath: path + suffix))?[.size] as? Int64
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let disk = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    let bytes = files.reduce(0, +)
    let isUnchecked = bytes > DatabaseHealth.mostBytesChecked
    return try read { connection in
      let last = try connection.integer("SELECT max(as_of_ms) FROM collection")
      return DatabaseHealth(
        bytes: bytes, freeBytes: disk?[.systemFreeSize] as? Int64, fault: isUnchecked ? nil : try connection.fault(),
        isUnchecked: isUnchecked, lastCollection: last > 0 ? last : nil, gaps: try connection.gaps(of: gap),
        hasBill: try connection.integer("SELECT EXISTS (SELECT 1 FROM bill)") == 1,
        hasUsage: try connection.integer("SELECT EXISTS (SELECT 1 FROM task_usage)") == 1)
    }
  }
}

extension Connection {
  fileprivate func fault() throws -> String? {
    let told = try first("SELECT quick_check FROM pragma_quick_check(1)", of: String.self)
    return told == "ok" ? nil : told
  }

  fileprivate func gaps(of length: Int64) throws -> [(from: Int64, to: Int64)] {
    var gaps: [(from: Int64, to: Int64)] = []
    try each(
      """
      WITH moment AS (SELECT DISTINCT as_of_ms AS at FROM reported_day),
        pair AS (SELECT lag(at) OVER (ORDER BY at) AS before, at FROM moment)
      SELECT before, at FROM pair WHERE at - before >= ? ORDER BY at - before DESC LIMIT 3
      """, length
    ) { gaps.append((from: $0, to: $1)) }
    return gaps
  }
}
