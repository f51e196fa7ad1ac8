import Base
import Domain

/// Report + queries → document: fills values into the text, and turns Markdown into blocks, and blocks into figures.
struct DocumentBuilder {
  var report: Report
  var template: ReportTemplate
  /// Whether tables have low rows unless they say otherwise.
  var isCompact: Bool
  var anchors = Anchors()
  var ids = Anchors()

  static func document(_ report: Report, _ source: any QuerySource, _ subject: ReportSubject) throws -> Document {
    var (front, body, firstLine) = try report.parts()
    front.locale.currency = subject.currency
    let formatter = Formatter(locale: front.locale)
    let template = ReportTemplate(
      file: report.file,
      queries: ReportQueries(
        file: report.file, cache: QueryCache(source, subject: subject), aliases: front.aliases,
        optional: front.optional),
      facts: facts(front, subject, formatter), formatter: formatter)
    let filled = try template.markdown(LineMarks.marked(body, firstLine: firstLine), firstLine: firstLine)
    let (text, lines) = LineMarks.read(filled)
    var builder = DocumentBuilder(report: report, template: template, isCompact: front.isCompact)
    var blocks = try Self.withoutEmptySections(builder.blocks(MarkdownParser(lines: lines).blocks(text)[...]))
    // Files may not give their account: then that part is empty.
    var head = try template.text(front.head, line: front.headLine).split(separator: "·").map { String($0).trimmed }
    if let narrowing = subject.narrowing {
      head.insert("Only \(narrowing.words.shownInLine)", at: 0)
      // A report about chosen jobs leaves nothing out.
      if !front.needsChoice { Self.insert(narrowing, &blocks) }
    }
    let days = try template.text(front.days, line: front.daysLine)
    return Document(
      name: report.name, title: front.title,
      period: days.isEmpty ? formatter.period(from: subject.from, to: subject.to) : days,
      language: front.language, locale: front.locale, page: front.page,
      head: head.filter { !$0.isEmpty }.joined(separator: " · "),
      foot: try template.text(front.foot, line: front.footLine), subject: subject, blocks: blocks,
      quotes: template.quotes.quotes)
  }

  /// Inserts what the report is narrowed to, after the headline and the text that explains it.
  private static func insert(_ narrowing: ReportSubject.Narrowing, _ blocks: inout [Block]) {
    let headline = blocks.firstIndex { if case .heading(1, _, _) = $0 { true } else { false } }
    var place = headline.map { $0 + 1 } ?? 0
    while place < blocks.count, case .paragraph(_, .lede) = blocks[place] { place += 1 }
    blocks.insert(.paragraph([.text(narrowing.note.shownInLine)], .body), at: place)
  }

  /// Headings without content are not printed.
  private static func withoutEmptySections(_ blocks: [Block]) -> [Block] {
    var kept: [Block] = []
    for block in blocks.reversed() {
      if case .heading(let level, _, _) = block, level > 1 {
        switch kept.last {
        case nil, .pageBreak?: continue
        case .heading(let next, _, _)? where next <= level: continue
        default: break
        }
      }
      kept.append(block)
    }
    return kept.reversed()
  }

  private static func facts(
    _ front: FrontMatter, _ subject: ReportSubject, _ formatter: Formatter
  ) -> [String: Cell] {
    let accounts = named(subject.accounts, "accounts")
    // A pseudonym says itself that it is an account.
    let areNamed = subject.accounts.allSatisfy { $0.hasPrefix("account-") }
    let isCounted = subject.accounts.count > mostNamed
    let word = areNamed || isCounted ? "" : subject.accounts.count == 1 ? "Account " : "Accounts "
    return [
      "title": .text(front.title), "period": .text(formatter.period(from: subject.from, to: subject.to)),
      "from": .text(subject.from.description), "to": .text((subject.to + -1).description),
      "days": .integer(Int64(subject.to.number - subject.from.number)),
      "accounts": .text(accounts.isEmpty ? "Account unknown" : word + accounts),
      "account": .text(accounts),
      "region": .text(named(subject.regions, "regions")),
      "collected": .text(formatter.instant(subject.collectedAt)), "policy": .text(subject.policy),
      "currency": .text(subject.currency.rawValue), "where": .text(subject.narrowing?.words.shownInLine ?? ""),
      "scope": .text(scope(subject.narrowing).rawValue),
    ]
  }

  /// So many accounts or regions are named; of more, only their number is told, as a page's head has room for no more.
  private static let mostNamed = 4

  private static func named(_ names: [String], _ noun: String) -> String {
    names.count > mostNamed ? "\(names.count) \(noun)" : names.joined(separator: ", ").shownInLine
  }

  private static func scope(_ narrowing: ReportSubject.Narrowing?) -> Facts.Scope {
    guard let narrowing else { return .everything }
    return narrowing.leavesUnusedOut ? .jobs : .places
  }

  mutating func blocks(_ source: ArraySlice<MarkdownBlock>) throws -> [Block] {
    var result: [Block] = []
    var rest = source
    var afterHeadline = false
    while let block = rest.popFirst() {
      var isHeadline = false
      switch block.kind {
      case .heading(let level, let inlines):
        if level >= 3, let figure = try figure(title: inlines, &rest) {
          result += figure
        } else {
          result.append(.heading(level: level, inlines, anchor: anchors.unique(inlines.plain)))
          isHeadline = level == 1
        }
      case .paragraph(let inlines):
        if let caption = inlines.emphasisedWhole {
          result.append(.paragraph(caption, .caption))
        } else if !inlines.plain.trimmed.isEmpty {
          result.append(.paragraph(inlines, afterHeadline ? .lede : .body))
        }
      case .list(let start, let items):
        result.append(.list(start: start, items: try items.map { try blocks($0[...]) }))
      case .quote(let inner): result.append(.note(try blocks(inner[...])))
      case .rule: result.append(.rule)
      case .mark("page"): result.append(.pageBreak)
      case .mark("columns"):
        let parts = try columns(&rest, line: block.line).filter { !$0.isEmpty }
        if parts.count > 1 { result.append(.columns(parts)) } else { result += parts.first ?? [] }
      case .mark(let word):
        throw ReportError(file: report.file, line: block.line, "<!-- \(word) --> without <!-- columns --> before it")
      case .fence, .table:
        if case .fence(let kind, let text) = block.kind, !Self.figureKinds.contains(kind) {
          result.append(.code(text))
        } else if let figure = try figure(block, title: [], subtitle: [], &rest) {
          result.append(.figure(figure))
        }
      }
      afterHeadline = isHeadline
    }
    return result
  }

  static let figureKinds = ["vega-lite", "table", "tiles"]

  /// `<!-- columns -->` left `<!-- column -->` right `<!-- end -->`.
  private mutating func columns(_ rest: inout ArraySlice<MarkdownBlock>, line: Int) throws -> [[Block]] {
    var parts: [[MarkdownBlock]] = [[]]
    while let block = rest.popFirst() {
      switch block.kind {
      case .mark("column"): parts.append([])
      case .mark("end"): return try parts.map { try blocks($0[...]) }
      default: parts[parts.count - 1].append(block)
      }
    }
    throw ReportError(file: report.file, line: line, "<!-- columns --> without <!-- end -->")
  }
}

/// Unique anchors for links and the outline, derived from the text.
struct Anchors {
  private var used: Set<String> = []

  mutating func unique(_ text: String) -> String {
    var slug = ""
    for character in text.lowercased() {
      if character.isASCII, character.isLetter || character.isNumber {
        slug.append(character)
      } else {
        if !slug.isEmpty, slug.last != "-" { slug.append("-") }
      }
    }
    while slug.last == "-" { slug.removeLast() }
    let base = slug.isEmpty ? "section" : String(slug.prefix(60))
    var name = base
    var number = 2
    while used.contains(name) {
      name = "\(base)-\(number)"
      number += 1
    }
    used.insert(name)
    return name
  }
}
