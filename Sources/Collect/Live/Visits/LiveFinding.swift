import Store

/// Something that a live collection could not do: a row of `collection_finding`.
struct LiveFinding: Sendable {
  enum Check: String, CaseIterable, Sendable {
    case missingPermission = "missing-permission"
    case sourceFailed = "source-failed"
    /// Jobs that ended during a time that no collection covers.
    case collectionGap = "collection-gap"
    /// An object that has no events, or is truncated.
    case unreadable
    /// Messages in a queue that could not be stored and were not deleted.
    case leftInQueue = "left-in-queue"

    /// Whether the next collection may resolve it; otherwise the data stay lost.
    var isPassing: Bool { self == .missingPermission || self == .sourceFailed || self == .leftInQueue }
  }

  /// Whether it is reported as a loss at the end of the collection; denials and failures are reported separately.
  var isLoss: Bool {
    switch check {
    case .collectionGap, .unreadable, .leftInQueue: true
    case .missingPermission, .sourceFailed: false
    }
  }

  let check: Check
  let place: AccountRegion
  /// The source.
  let source: String
  let message: String

  static func subject(_ place: AccountRegion) -> String { "AWS \(place.text)" }
}

extension Connection {
  func write(_ finding: LiveFinding) throws {
    let statement = try prepare(
      """
      INSERT INTO collection_finding (check_name, severity, subject, place, message) VALUES (?, 'warning', ?, ?, ?)
      ON CONFLICT DO NOTHING
      """)
    statement.bind(
      finding.check.rawValue, LiveFinding.subject(finding.place), finding.source, finding.message)
    try bookkeeping { try statement.run() }
  }
}
