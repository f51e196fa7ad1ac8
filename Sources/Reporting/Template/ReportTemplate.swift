import Base
import Domain
import Mustache
import Synchronization

/// Fills in a text's `{{values}}`. Names are checked first, each with its line.
struct ReportTemplate {
  var file: String
  var queries: ReportQueries
  /// `title`, `period`, `account` and the like.
  var facts: [String: Cell]
  var formatter: Formatter
  /// Every value that was written, with its column.
  var quotes = QuoteBook()

  /// Prose: values are escaped for Markdown.
  func markdown(_ lines: [String], firstLine: Int) throws -> String {
    try render(lines, firstLine: firstLine, escape: escapedForMarkdown)
  }

  /// A string in a block, a heading in a table or a footer: values are not escaped.
  ///
  /// - Parameter row: in a table's column, the row for its sentences.
  func text(_ string: String, line: Int, row: FactRow = FactRow()) throws -> String {
    guard string.contains("{{") else { return string }
    return try render([string], firstLine: line, row: row) { $0 }
  }

  private func render(
    _ lines: [String], firstLine: Int, row: FactRow = FactRow(), escape: @escaping @Sendable (String) -> String
  ) throws -> String {
    let environment = TemplateEnvironment(formatter: formatter, escape: escape, quotes: quotes)
    let lines = lines.map(Self.namingSentences)
    var root = Root(
      values: facts.mapValues { TemplateValue(cell: $0, environment: environment, source: $0) }, rows: [:])
    let tags = TemplateTag.all(in: lines, firstLine: firstLine)
    for tag in tags where tag.kind != .close {
      guard let key = tag.path.first, key.hasPrefix(Self.sentencePrefix), root.sentences[key] == nil else { continue }
      let name = String(key.dropFirst(Self.sentencePrefix.count))
      root.sentences[key] = RenderedSentence(
        renderText: try sentence(name, line: tag.line, row: row, escape: escape))
    }
    try check(tags) { query, result in
      root.rows[query] = TemplateRows(query: query, result: result, environment: environment)
    }
    do {
      return try Self.parsed(lines.joined(separator: "\n")).render(root)
    } catch let error as MustacheTemplate.ParserError {
      let line = firstLine + max(0, error.context.lineNumber - 1)
      throw ReportError(file: file, line: line, "template: \(error.error)")
    }
  }

  /// Templates by their text, because a report for each team uses the same ones again.
  private static let templates = Mutex<[String: MustacheTemplate]>([:])

  private static func parsed(_ text: String) throws -> MustacheTemplate {
    if let known = templates.withLock({ $0[text] }) { return known }
    let template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)
    templates.withLock { $0[text] = template }
    return template
  }

  private struct Root: MustacheParent {
    var values: [String: TemplateValue]
    var rows: [String: TemplateRows]
    var sentences: [String: RenderedSentence] = [:]
    func child(named name: String) -> Any? { values[name] ?? rows[name] ?? sentences[name] }
  }

  /// A sentence in its place; an empty one is false.
  private struct RenderedSentence: MustacheCustomRenderable {
    var renderText: String
    var isNull: Bool { renderText.isEmpty }
  }

  private static let sentencePrefix = "sentence-"

  /// Turns `{{sentence NAME}}` into one name for mustache, and `{{#sentence NAME}}` and `{{/sentence NAME}}` as well.
  private static func namingSentences(_ line: String) -> String {
    guard line.contains("{{") else { return line }
    var named = ""
    var rest = Substring(line)
    while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
      let tag = rest[start.upperBound..<end.lowerBound]
      let marks = tag.prefix { "#^/{".contains($0) }
      let words = tag.dropFirst(marks.count).split(separator: " ")
      named += rest[..<start.upperBound]
      named += words.count == 2 && words[0] == "sentence" ? "\(marks)\(sentencePrefix)\(words[1])" : tag
      named += "}}"
      rest = rest[end.upperBound...]
    }
    return named + rest
  }

  /// The text of a sentence here.
  ///
  /// - Parameter row: in a table's column, its row.
  func sentence(
    _ name: String, line: Int, row: FactRow, escape: @escaping @Sendable (String) -> String = { $0 }
  ) throws -> String {
    guard let sentence = Sentence.named(name) else {
      throw ReportError.unknown("sentence", name, among: Sentence.all.map(\.name), file: file, line: line)
    }
    let writer = FactWriter(formatter: formatter, escape: escape) { quotes.note($0) }
    var facts = Facts(writer: writer) { query in
      guard queries.knows(query) else {
        throw ReportError.unknown("query", query, among: queries.names, file: file, line: line)
      }
      return try queries.rows(query, line: line)
    }
    if let days = self.facts["days"]?.number { facts.days = Int(days) }
    facts.scope = self.facts["scope"].flatMap { Facts.Scope(rawValue: $0.plain) } ?? .everything
    facts.row = row
    facts.row.writer = writer
    do {
      return try sentence.words(facts)
    } catch let error as FactRow.NoColumn {
      throw ReportError(file: file, line: line, "sentence \"\(name)\": \(error)")
    }
  }

  /// Every name must be a fact, a query, a column of the query, or a column of an open section.
  private func check(_ tags: [TemplateTag], found: (String, DataTable) -> Void) throws {
    var open: [(path: [String], columns: [String]?)] = []
    for tag in tags {
      if tag.kind == .close {
        guard let last = open.popLast(), last.path == tag.path else {
          throw ReportError(file: file, line: tag.line, "{{/\(tag.path.joined(separator: "."))}} closes nothing open")
        }
        continue
      }
      for transform in tag.transforms where !isKnown(transform) {
        throw ReportError.unknown(
          "format", transform, among: TemplateValue.transforms, file: file, line: tag.line)
      }
      let columns = try resolve(tag, columnsInScope: open.compactMap(\.columns).joined() + [], found: found)
      if tag.kind == .open { open.append((tag.path, columns)) }
    }
    if let last = open.last {
      throw ReportError(
        file: file, line: tags.last?.line, "{{#\(last.path.joined(separator: "."))}} is never closed")
    }
  }

  private func isKnown(_ transform: String) -> Bool {
    TemplateValue.transforms.contains(transform) || transform.hasPrefix("n_")
  }

  /// The columns that the tag opens for the tags inside it, if it names a query.
  private func resolve(
    _ tag: TemplateTag, columnsInScope: [String], found: (String, DataTable) -> Void
  ) throws -> [String]? {
    guard let first = tag.path.first, !columnsInScope.contains(first), facts[first] == nil,
      !first.hasPrefix(Self.sentencePrefix)
    else { return nil }
    guard queries.knows(first) else {
      throw ReportError.unknown(
        "query", first, among: queries.names + facts.keys.sorted() + columnsInScope, file: file, line: tag.line)
    }
    let result = try queries.rows(first, line: tag.line)
    found(first, result)
    if tag.path.count > 1, !result.names.isEmpty, result.index(of: tag.path[1]) == nil {
      throw ReportError.noColumn(tag.path[1], in: first, result, file: file, line: tag.line)
    }
    return tag.path.count == 1 ? result.names : nil
  }
}

/// Adds a backslash before every character that Markdown could read as a mark; one line.
@Sendable func escapedForMarkdown(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "!"..."/", ":"..."@", "["..."`", "{"..."~":
      escaped += "\\"
      escaped.unicodeScalars.append(scalar)
    case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}", LineMarks.open, LineMarks.close, LineMarks.braces:
      escaped += " "
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}
