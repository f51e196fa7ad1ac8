/// A `{{tag}}` in a report's text, found before mustache runs, so that a wrong name is an error with its line rather
/// than a gap in a sentence.
struct TemplateTag: Equatable {
  enum Kind { case value, open, close }

  var kind: Kind
  var transforms: [String]
  /// `totals.cost_usd` as two names.
  var path: [String]
  var line: Int

  /// Every tag in the text, in order. Comments, partials and delimiters are left to mustache.
  static func all(in lines: [String], firstLine: Int = 1) -> [TemplateTag] {
    var tags: [TemplateTag] = []
    for (offset, line) in lines.enumerated() {
      var rest = Substring(line)
      while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
        if let tag = TemplateTag(rest[start.upperBound..<end.lowerBound], line: firstLine + offset) {
          tags.append(tag)
        }
        rest = rest[end.upperBound...]
      }
    }
    return tags
  }

  private init?(_ text: Substring, line: Int) {
    var text = text.drop { $0 == "{" || $0 == "&" }
    switch text.first {
    case "!", "=", ">", "%", "<", "$", nil: return nil
    case "#", "^":
      kind = .open
      text = text.dropFirst()
    case "/":
      kind = .close
      text = text.dropFirst()
    default: kind = .value
    }
    // `{{^last()}}, {{/last()}}` is mustache's own: the position of a row among the rows.
    if text.contains("()") { return nil }
    var names = text.filter { $0 != " " && $0 != ")" && $0 != "}" }.split(separator: "(").map(String.init)
    guard let name = names.popLast(), name != "." else { return nil }
    transforms = names
    path = name.split(separator: ".").map(String.init)
    self.line = line
  }
}
