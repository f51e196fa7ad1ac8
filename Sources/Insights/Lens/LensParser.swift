import Base

/// Why a condition is invalid, and where: the error of `--where`.
package struct LensError: Error, CustomStringConvertible, Equatable {
  /// With what was written, and where in it the fault is.
  package var message: String

  package var description: String { message }
}

/// Reads what is written after `--where`:
///
///     condition = subject ( "=" values | "~" patterns )
///     subject   = "queue" | … | "tag:" name
///     values    = value *( "," value )
///     value     = *( character | "\" character ) | '"' *( character | "\" character ) '"'
///
/// A tag's name is written like a value, and ends at the first `=` or `~` that is neither quoted nor after a `\`.
struct LensParser {
  private let place: String
  private let text: [Character]
  private var position = 0

  private init(_ source: String, _ place: String) { (self.place, text) = (place, Array(source)) }

  /// - Parameter place: where it was written; nil: after `--where`.
  static func condition(_ source: String, place: String? = nil) throws(LensError) -> LensCondition {
    var parser = LensParser(source, place ?? "--where \(source)")
    let subject = try parser.subject()
    let isPattern = parser.text[parser.position] == "~"
    parser.position += 1
    var values = [try parser.value(isPattern, of: subject)]
    while parser.position < parser.text.count {
      parser.position += 1
      values.append(try parser.value(isPattern, of: subject))
    }
    return LensCondition(subject: subject, isPattern: isPattern, values: values, source: source, place: parser.place)
  }

  private mutating func subject() throws(LensError) -> LensCondition.Subject {
    if text.starts(with: "tag:") {
      position = 4
      let name = try word(until: "=~", isPattern: false)
      guard !name.isEmpty else { throw error("the name of a tag is missing, as in tag:team=ml", at: 4) }
      guard position < text.count else {
        throw error("\"=\" or \"~\" is missing after the name of the tag", at: position)
      }
      return .tag(name.source)
    }
    let end = text.firstIndex { $0 == "=" || $0 == "~" } ?? text.count
    let name = String(text[..<end])
    let words = LensCondition.Subject.words
    guard let subject = words.first(where: { $0.key == name })?.value else {
      let known = words.map(\.key)
      let hint = Spelling.hint(name, among: known + ["tag:\(name)"])
      throw error(
        name.isEmpty
          ? "a condition begins with a name, as in queue=gpu"
          : "there is no condition \"\(name)\"\(hint); the conditions are \(known.joined(separator: ", ")) and tag:NAME",
        at: 0)
    }
    guard end < text.count else { throw error("\"=\" or \"~\" is missing after \"\(name)\"", at: end) }
    position = end
    return subject
  }

  /// Only a tag can have an empty text as its value: it is written as `""`.
  private mutating func value(
    _ isPattern: Bool, of subject: LensCondition.Subject
  ) throws(LensError) -> LensCondition.Value {
    let isQuoted = position < text.count && text[position] == "\""
    var value = try word(until: ",", isPattern: isPattern)
    if case .tag = subject, isQuoted, value.isEmpty { value.pieces = [.text("")] }
    return value
  }

  /// One word, up to one of `ends` or the end.
  private mutating func word(until ends: String, isPattern: Bool) throws(LensError) -> LensCondition.Value {
    let start = position
    let isQuoted = position < text.count && text[position] == "\""
    if isQuoted { position += 1 }
    var pieces: [LensCondition.Value.Piece] = []
    var plain = ""
    func finish() {
      if !plain.isEmpty { pieces.append(.text(plain)) }
    }
    var isClosed = false
    loop: while position < text.count {
      let character = text[position]
      switch character {
      case "\\":
        guard position + 1 < text.count else { throw error("nothing follows the \"\\\"", at: position) }
        position += 1
        plain.append(text[position])
      case "\"":
        guard isQuoted else { throw error("a quote inside a value is written \\\"", at: position) }
        isClosed = true
        position += 1
        break loop
      case "*" where isPattern, "?" where isPattern:
        finish()
        plain = ""
        pieces.append(character == "*" ? .anything : .one)
      case _ where !isQuoted && ends.contains(character): break loop
      default: plain.append(character)
      }
      position += 1
    }
    finish()
    if isQuoted {
      guard isClosed else { throw error("the quote that begins here is not closed", at: start) }
      guard position == text.count || ends.contains(text[position]) else {
        throw error("after a quote comes \(ends == "," ? "\",\" or the end" : "\"=\" or \"~\"")", at: position)
      }
    }
    let written = pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .anything: "*"
      case .one: "?"
      }
    }
    return LensCondition.Value(pieces: pieces, source: written.joined())
  }

  private func error(_ message: String, at position: Int) -> LensError {
    LensError(message: "\(place): \(message) (character \(position + 1))")
  }
}
