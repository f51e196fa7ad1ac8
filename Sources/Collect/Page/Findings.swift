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
  }

  let check: Check
  /// Byte offset, JSON path, or both.
  let place: String
  let message: String

  var severity: String {
    switch check {
    case .unreadable: "error"
    case .unknownDocument, .missingField, .wrongType, .absurdValue: "warning"
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
  var offset = 0
  /// The list and the position in it: `jobs`, 3.
  var listName: StaticString = ""
  var element = -1

  /// How many a file may have; the rest is only counted.
  static let limit = 1000
  /// How many may still come.
  var room = limit

  var isEmpty: Bool { kept.isEmpty && omitted == 0 }

  mutating func add(_ check: Finding.Check, _ path: String, _ message: String) {
    guard kept.count < room else {
      omitted += 1
      return
    }
    kept.append(Finding(check: check, place: place(path), message: message))
  }

  /// `byte 1234: jobs[3].createdAt`; the byte is left out for a file's first document.
  private func place(_ path: String) -> String {
    var place = listName.utf8CodeUnitCount == 0 ? "" : "\(listName)[\(element)]"
    if !path.isEmpty { place += place.isEmpty ? path : ".\(path)" }
    guard offset > 0 else { return place }
    return place.isEmpty ? "byte \(offset)" : "byte \(offset): \(place)"
  }
}
