/// What happened to documents and to elements of their lists: kept, known not to matter, or lost.
///
/// Every reader does one of four things with its input: it begins rows, calls `leaveUnused`, names objects to read, or
/// adds a finding. `settle` ensures that there is no fifth.
struct Outcome: Sendable, Equatable {
  /// Known not to matter: an event of another service, an answer with an empty list.
  fileprivate(set) var unused = 0
  /// Should have been kept, but could not be.
  fileprivate(set) var lost = 0
  /// S3 objects with events that were named and have not been read yet.
  fileprivate(set) var objects: [S3Object] = []
  /// Reported if the document turns out to have nothing else.
  fileprivate var silence: String?
}

/// An object that an S3 notification names.
struct S3Object: Hashable, Sendable {
  let bucket: String
  let key: String

  var url: String { "s3://\(bucket)/\(key)" }
}

extension Page {
  /// The state of a page before a document or an element is read.
  struct Mark {
    fileprivate let rows, findings, unused, lost, objects: Int
  }

  @inline(__always) var mark: Mark {
    Mark(
      rows: rows.count, findings: findings.count, unused: outcome.unused, lost: outcome.lost,
      objects: outcome.objects.count)
  }

  func hasRows(since mark: Mark) -> Bool { rows.count > mark.rows }
  func hasFindings(since mark: Mark) -> Bool { findings.count > mark.findings }

  /// Skips a document or an element that does not matter.
  ///
  /// - Parameter reason: reported once for all that have the same reason; nil: not reported.
  mutating func leaveUnused(_ reason: String?) {
    outcome.unused += 1
    if let reason { findings.add(.notUsed, counting: reason) }
  }

  /// Skips one of many that are rarely useful, such as a product of a price list: reported only if nothing of the
  /// document is kept.
  mutating func leaveUnused(unlessOthersAreKept reason: String) {
    outcome.unused += 1
    outcome.silence = reason
  }

  /// Ends a document.
  mutating func settleDocument(_ mark: Mark) {
    settle(mark)
    if let silence = outcome.silence, rows.count == mark.rows { findings.add(.notUsed, counting: silence) }
    outcome.silence = nil
  }

  mutating func name(_ object: S3Object) { outcome.objects.append(object) }

  /// Counts a lost document that has its finding.
  mutating func lose() { outcome.lost += 1 }

  /// Ends a document or an element of a list: one of which nothing was kept is a finding.
  @inline(__always) mutating func settle(_ mark: Mark) {
    if rows.count == mark.rows { settleEmpty(mark) }
  }

  private mutating func settleEmpty(_ mark: Mark) {
    if outcome.unused > mark.unused || outcome.lost > mark.lost || outcome.objects.count > mark.objects { return }
    outcome.lost += 1
    if findings.count == mark.findings { findings.add(.unknownDocument, "", "has nothing that batchcost uses") }
  }

  /// Returns and clears the named objects, for a caller that reads them.
  mutating func takeObjects() -> [S3Object] {
    defer { outcome.objects = [] }
    return outcome.objects
  }

  /// Reports named objects that will not be read.
  mutating func reportObjects() {
    let objects = takeObjects()
    guard let first = objects.first else { return }
    outcome.lost += objects.count
    findings.add(
      .unknownDocument, "",
      "notifications of S3 name \(objects.count == 1 ? "an object" : "\(objects.count) objects") with events, "
        + "\(first.url)\(objects.count == 1 ? "" : " first"): collect its contents too")
  }
}
