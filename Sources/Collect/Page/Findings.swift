/// Input that could not be used, or that lacks something.
struct Finding: Hashable, Sendable {
  enum Check: String, CaseIterable, Sendable {
    /// Not a document, or a truncated one.
    case unreadable
    /// A document of an unknown kind.
    case unknownDocument = "unknown-document"
    /// A field without which a document is useless.
    case missingField = "missing-field"
    case wrongType = "wrong-type"
    /// A number or a time that is not plausible.
    case absurdValue = "absurd-value"
    /// A value that AWS has added to an enumeration.
    case unknownValue = "unknown-value"
    /// Documents that were understood, but of which nothing is stored.
    case notUsed = "not-used"
    /// An answer without its further pages.
    case missingPages = "missing-pages"
    /// Two names for what must be one thing.
    case twoNames = "two-names"
  }

  let check: Check
  /// Byte offset, JSON path, or both.
  let place: String
  let message: String

  var severity: String {
    switch check {
    case .unreadable: "error"
    case .unknownDocument, .missingField, .wrongType, .absurdValue, .unknownValue, .missingPages, .twoNames: "warning"
    case .notUsed: "note"
    }
  }
}

/// The findings of a page, and the place of the next one.
struct Findings: Sendable {
  private var kept: [Finding] = []
  /// How many were dropped because there were too many.
  private var omitted = 0

  var list: [Finding] {
    if omitted == 0 { return kept }
    return kept + [Finding(check: .unreadable, place: "", message: "\(omitted) more findings are not listed")]
  }

  /// The position of the current document in its file.
  private(set) var offset = 0
  /// The list and the position in it: `jobs`, 3.
  var listName: StaticString = ""
  var element = -1
  /// The place of the document around this one: `events[2].message`; nil if there is none.
  private var envelope: String?

  /// Frequent findings, reported once with their count.
  private(set) var tally = Tally()

  /// The most findings of a file; the rest is only counted.
  static let limit = 1000
  /// How many more may be added.
  var room = limit

  /// The number of all findings, including those not listed.
  var count: Int { kept.count + omitted }
  var isEmpty: Bool { count == 0 && tally.isEmpty }

  mutating func add(_ check: Finding.Check, _ path: String, _ message: String) {
    add(Finding(check: check, place: place(path), message: message))
  }

  private mutating func add(_ finding: Finding) {
    guard kept.count < room else {
      omitted += 1
      return
    }
    kept.append(finding)
  }

  /// Counts a frequent finding. `message` describes it; the count is added.
  mutating func add(_ check: Finding.Check, counting message: String, by amount: Int = 1) {
    tally.add(Finding(check: check, place: place(""), message: message), amount)
  }

  /// Turns the counts into findings, at the end of an input.
  mutating func flushTally(_ isWanted: (Finding.Check) -> Bool = { _ in true }) {
    for finding in tally.findings where isWanted(finding.check) { add(finding) }
    tally = Tally()
  }

  /// Continues the counts of an earlier page of the same input.
  mutating func resume(_ tally: Tally) { self.tally = tally }

  /// The next document starts here; inside another document, the other one's position counts.
  mutating func move(to offset: Int) {
    if envelope == nil { self.offset = offset }
  }

  /// Enters documents at a path of this one, until `leave`.
  mutating func enter(_ path: String) -> Outside {
    let outside = Outside(listName: listName, element: element, envelope: envelope)
    envelope = place(path, withOffset: false)
    listName = ""
    element = -1
    return outside
  }

  /// Leaves an envelope.
  mutating func leave(to outside: Outside) {
    (listName, element, envelope) = (outside.listName, outside.element, outside.envelope)
  }

  /// The state of findings outside an envelope.
  struct Outside {
    fileprivate let listName: StaticString
    fileprivate let element: Int
    fileprivate let envelope: String?
  }

  /// `byte 1234: jobs[3].createdAt`; the byte is left out for a file's first document.
  private func place(_ path: String, withOffset: Bool = true) -> String {
    var place = listName.utf8CodeUnitCount == 0 ? "" : "\(listName)[\(element)]"
    if !path.isEmpty { place += place.isEmpty ? path : ".\(path)" }
    if let envelope, !envelope.isEmpty { place = place.isEmpty ? envelope : "\(envelope): \(place)" }
    guard offset > 0, withOffset else { return place }
    return place.isEmpty ? "byte \(offset)" : "byte \(offset): \(place)"
  }
}

/// Findings that occurred many times in one input: each with the place of the first and the count.
struct Tally: Sendable {
  private var entries: [(finding: Finding, count: Int)] = []
  private var positions: [String: Int] = [:]

  /// The most kinds of findings that are counted separately; their names come from the input.
  private static let limit = 100

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(_ finding: Finding, _ amount: Int) {
    let key = "\(finding.check.rawValue) \(finding.message)"
    if let position = positions[key] {
      entries[position].count += amount
    } else if entries.count < Self.limit {
      positions[key] = entries.count
      entries.append((finding, amount))
    } else {
      entries[Self.limit - 1].count += amount
    }
  }

  /// `… are not used (412)`
  var findings: [Finding] {
    entries.map {
      Finding(check: $0.finding.check, place: $0.finding.place, message: "\($0.finding.message) (\($0.count))")
    }
  }
}
