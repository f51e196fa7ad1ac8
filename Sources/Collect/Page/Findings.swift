/// Input that could not be used, or that says less than it should.
struct Finding: Hashable, Sendable {
  enum Check: String, Sendable {
    /// Not a document at all, or one that breaks off.
    case unreadable
    /// A document of a kind that batchcost does not know.
    case unknownDocument = "unknown-document"
    /// A thing without which a document says nothing of use.
    case missingField = "missing-field"
    case wrongType = "wrong-type"
    /// A number or a time that cannot be.
    case absurdValue = "absurd-value"
    /// A word of a list that AWS has extended.
    case unknownValue = "unknown-value"
    /// Documents that were understood and of which nothing is kept.
    case notUsed = "not-used"
    /// Two names for what can only be one thing.
    case twoNames = "two-names"
  }

  let check: Check
  /// Byte offset, JSON path, or both.
  let place: String
  let message: String

  var severity: String {
    switch check {
    case .unreadable: "error"
    case .unknownDocument, .missingField, .wrongType, .absurdValue, .unknownValue, .twoNames: "warning"
    case .notUsed: "note"
    }
  }
}

/// The findings of a page, and the place that the next one has.
struct Findings: Sendable {
  private var kept: [Finding] = []
  /// How many were not kept, as there were too many.
  private var omitted = 0

  var list: [Finding] {
    if omitted == 0 { return kept }
    return kept + [Finding(check: .unreadable, place: "", message: "\(omitted) more findings are not listed")]
  }

  /// Where the current document starts in its file.
  private(set) var offset = 0
  /// The list and the position in it: `jobs`, 3.
  var listName: StaticString = ""
  var element = -1
  /// The place of the document around this one: `events[2].message`; nil for one that stands by itself.
  private var envelope: String?

  /// What was found often, to be told once with its count.
  private(set) var tally = Tally()

  /// How many a file may have; the rest is only counted.
  static let limit = 1000
  /// How many may still come.
  var room = limit

  /// All of them, those too that are not listed.
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

  /// Counts one more of what would otherwise be a finding each. `message` says what, the count is added to it.
  mutating func add(_ check: Finding.Check, counting message: String, by amount: Int = 1) {
    tally.add(Finding(check: check, place: place(""), message: message), amount)
  }

  /// Turns what was counted into findings, at the end of an input.
  mutating func flushTally(_ isWanted: (Finding.Check) -> Bool = { _ in true }) {
    for finding in tally.findings where isWanted(finding.check) { add(finding) }
    tally = Tally()
  }

  /// Goes on with what an earlier page of the same input has counted.
  mutating func resume(_ tally: Tally) { self.tally = tally }

  /// The document that is read next starts here; inside another one the place of that one counts.
  mutating func move(to offset: Int) {
    if envelope == nil { self.offset = offset }
  }

  /// Goes into documents that stand at a path of this one, until `leave`.
  mutating func enter(_ path: String) -> Outside {
    let outside = Outside(listName: listName, element: element, envelope: envelope)
    envelope = place(path, withOffset: false)
    listName = ""
    element = -1
    return outside
  }

  /// Comes back out of an envelope.
  mutating func leave(to outside: Outside) {
    (listName, element, envelope) = (outside.listName, outside.element, outside.envelope)
  }

  /// Where findings stand outside an envelope.
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

/// What was found many times in one input: each with the place of the first and how many there are.
struct Tally: Sendable {
  private var entries: [(finding: Finding, count: Int)] = []
  private var positions: [String: Int] = [:]

  /// Kinds of findings that are kept apart; names in them come from the input.
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
