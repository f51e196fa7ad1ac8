import Base

/// What a spec may hold: the subset of Vega-Lite that is drawn, as a table of names.
///
/// Nothing outside is ever ignored: an unknown name, a wrong type and a property of Vega-Lite that is not drawn are all
/// errors with their path.
indirect enum Schema: Sendable {
  case number, string, boolean, any, color
  case numberFormat
  /// One of some words.
  case word([String])
  case array(Schema)
  case object(Fields)
  /// The first that fits in type; its errors are reported.
  case either([Schema])
  /// A literal null.
  case null
  /// Looked up late, because views hold views.
  case view

  struct Fields: Sendable {
    var known: [String: Schema]
    /// Names that Vega-Lite has and we have not, with what to do instead.
    var elsewhere: [String: String] = [:]
    /// What may be under any other name.
    var others: [Schema] = []

    func adding(_ more: [String: Schema]) -> Fields {
      Fields(known: known.merging(more) { $1 }, elsewhere: elsewhere, others: others)
    }
  }

  func check(_ json: JSON, _ path: String) throws(FigureError) {
    switch (self, json) {
    case (.any, _), (.number, .number), (.string, .string), (.boolean, .boolean), (.null, .null): return
    case (.color, .string(let text)):
      if Color(text, theme: .light) == nil {
        throw FigureError(
          path, "no colour \"\(text)\"\(ScaleSource.colorHint(json)); use a token, #rrggbb or a common CSS name")
      }
    case (.numberFormat, .string(let text)):
      if NumberFormat(text) == nil, !(text.contains("%") && TimeFormat.isValid(text)) {
        throw FigureError(
          path, "\"\(text)\" is neither a number format (\",.2f\") nor a time format (\"%-d %b\") of d3")
      }
    case (.word(let words), .string(let text)):
      if !words.contains(text) {
        let list = words.count < 12 ? "; use \(words.joined(separator: ", "))" : ""
        throw FigureError(path, "\"\(text)\" is not supported\(Spelling.hint(text, among: words))\(list)")
      }
    case (.array(let item), .array(let items)):
      for (index, json) in items.enumerated() { try item.check(json, "\(path)[\(index)]") }
    case (.object(let fields), .object(let members)):
      for member in members { try fields.check(member, path) }
    case (.view, _): try SpecSchema.view(json).check(json, path)
    case (.either(let choices), _):
      for choice in choices where choice.fits(json) { return try choice.check(json, path) }
      throw FigureError(path, "expected \(expected)")
    default: throw FigureError(path, "expected \(expected)")
    }
  }

  private func fits(_ json: JSON) -> Bool {
    switch (self, json) {
    case (.any, _), (.number, .number), (.string, .string), (.boolean, .boolean), (.null, .null), (.color, .string),
      (.numberFormat, .string), (.array, .array), (.object, .object), (.view, .object):
      return true
    case (.word(let words), .string(let text)): return words.contains(text)
    case (.either(let choices), _): return choices.contains { $0.fits(json) }
    default: return false
    }
  }

  private var expected: String {
    switch self {
    case .number: "a number"
    case .string: "a text"
    case .boolean: "true or false"
    case .any: "a value"
    case .color: "a colour"
    case .numberFormat: "a format"
    case .word(let words): words.map { "\"\($0)\"" }.joined(separator: ", ")
    case .array(let item): "a list of \(item.expected.replacingPrefix("a ", with: ""))"
    case .object, .view: "an object"
    case .either(let choices): choices.map(\.expected).joined(separator: " or ")
    case .null: "null"
    }
  }
}

extension Schema.Fields {
  func check(_ member: JSON.Member, _ path: String) throws(FigureError) {
    let place = path.isEmpty ? member.name : "\(path).\(member.name)"
    if let schema = known[member.name] { return try schema.check(member.value, place) }
    if let other = others.first { return try other.check(member.value, place) }
    if let instead = elsewhere[member.name] { throw FigureError(place, "not supported (\(instead))") }
    let hint = Spelling.hint(member.name, among: known.keys.sorted())
    let list = known.count <= 14 ? "; there are \(known.keys.sorted().joined(separator: ", "))" : ""
    throw FigureError(place, "no such property\(hint.isEmpty ? list : hint)")
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
