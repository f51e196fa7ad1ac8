import Domain

/// What a collection found and changed.
package struct CollectionSummary: Equatable, Sendable {
  /// Files and streams that were read.
  package var files = 0
  /// Files that have not changed since they were last read.
  package var unchangedFiles = 0
  /// Input bytes as stored, including packed ones.
  package var bytes: Int64 = 0
  /// Things read, by kind: a job, a task, a price.
  package var documents: [DocumentKind: Int] = [:]
  /// Answers that say that there is nothing.
  package var emptyAnswers = 0
  /// Database rows added, changed or replaced.
  package var rows = 0
  /// Findings written, each a row of `collection_finding`.
  package var findings = 0
  /// Those of them for input that could not be read at all.
  package var unreadable = 0
  /// The newest time seen of each account and region.
  package var newest: [AccountRegion: Instant] = [:]

  package init() {}

  /// Whether nothing was read, and no file is known to be unchanged.
  var isEmpty: Bool { documents.isEmpty && emptyAnswers == 0 && unchangedFiles == 0 }

  mutating func add(_ page: Page) {
    documents.merge(page.documents, uniquingKeysWith: +)
    emptyAnswers += page.emptyAnswers
    findings += page.findings.list.count
    unreadable += page.findings.list.count { $0.check == .unreadable }
    merge(page.newestByPlace)
  }

  mutating func merge(_ other: CollectionSummary) {
    files += other.files
    unchangedFiles += other.unchangedFiles
    bytes += other.bytes
    documents.merge(other.documents, uniquingKeysWith: +)
    emptyAnswers += other.emptyAnswers
    rows += other.rows
    findings += other.findings
    unreadable += other.unreadable
    merge(other.newest)
  }

  mutating func merge(_ newest: [AccountRegion: Instant]) {
    self.newest.merge(newest, uniquingKeysWith: max)
  }
}

extension Page {
  /// The newest time of each account and region.
  var newestByPlace: [AccountRegion: Instant] {
    var result: [AccountRegion: Instant] = [:]
    for (reference, milliseconds) in newest {
      let text = String(decoding: references.text(references.list[reference]), as: UTF8.self)
      result[AccountRegion(text)] = Instant(milliseconds: milliseconds)
    }
    return result
  }
}
