import Charts
import Domain
import Foundation

@testable import Reporting

/// One thing wrong with a page.
struct Fault: CustomStringConvertible, Hashable {
  enum Kind: String, CaseIterable {
    case number = "a number that is not its column's value"
    case unexplained = "a number that comes from no column"
    case unknown = "unknown where it is known, or the reverse"
    case plural = "singular and plural"
    case leak = "a template shows"
    case comparison = "a comparison with a period that is not whole, or none where there is one"
    case ticks = "two tick labels alike"
    case overlap = "texts that overlap"
    case outside = "a text that leaves its page"
    case cut = "a text that is cut"
    case empty = "a figure, table or section without content"
    case alike = "two rows that cannot be told apart"
    case total = "a total that is not its column's sum"
    case claim = "a title that claims what is not under it"
    case definition = "one word, two numbers"
  }

  var report: String
  var kind: Kind
  /// `page 2`, or the title of a figure.
  var place: String
  var message: String

  var description: String { "\(report), \(place): \(kind.rawValue): \(message)" }
}

/// Reads a laid-out report as a demanding reader would.
struct Critic {
  let document: Document
  let pages: [Scene]
  let recomputed: Recomputed
  /// The report's own file, whose numbers may appear anywhere.
  let source: String
  /// The texts of each page.
  let texts: [[PageText]]

  init(_ document: Document, source: String, recomputed: Recomputed) throws {
    self.init(
      document, pages: try PageScenes(document, charts: .vegaLite).pages, source: source, recomputed: recomputed)
  }

  /// For pages with planted faults.
  init(_ document: Document, pages: [Scene], source: String, recomputed: Recomputed) {
    (self.document, self.pages, self.source, self.recomputed) = (document, pages, source, recomputed)
    let reader = PageReader(measure: TextMeasure())
    texts = pages.map(reader.texts)
  }

  func faults() -> [Fault] { numbers + words + comparisons + structure + tables + layout + cuts }

  func fault(_ kind: Fault.Kind, _ place: String, _ message: String) -> Fault {
    Fault(report: document.name, kind: kind, place: place, message: message)
  }

  /// In order, including those side by side.
  var figures: [Reporting.Figure] {
    func walk(_ blocks: [Block]) -> [Reporting.Figure] {
      blocks.flatMap { block -> [Reporting.Figure] in
        switch block {
        case .figure(let figure): [figure]
        case .columns(let parts): parts.flatMap { walk($0) }
        case .note(let inner): walk(inner)
        default: []
        }
      }
    }
    return walk(document.blocks)
  }

  // MARK: What is said

  /// Sentences, titles, tiles and cells, with the place of each.
  var said: [(place: String, text: String)] {
    func walk(_ blocks: [Block]) -> [(String, String)] {
      blocks.flatMap { block -> [(String, String)] in
        switch block {
        case .heading(_, let inlines, _): return [("heading", inlines.plain)]
        case .paragraph(let inlines, _): return [("paragraph", inlines.plain)]
        case .note(let inner): return walk(inner)
        case .list(_, let items): return items.flatMap { walk($0) }
        case .columns(let parts): return parts.flatMap { walk($0) }
        case .figure(let figure):
          let title = figure.title.plain
          var said = [(title, title), (title, figure.subtitle.plain), (title, figure.caption.plain)]
          switch figure.body {
          case .tiles(let tiles):
            said += tiles.map {
              (
                "tile \($0.name)",
                [$0.number, $0.change?.text ?? "", $0.detail].filter { !$0.isEmpty }.joined(separator: " ")
              )
            }
          case .table(let table):
            said += table.rows.flatMap { row in
              row.cells.enumerated().flatMap { [(title, $1.text), (title, $1.below ?? "")] }
            }
          case .chart, .empty: break
          }
          return said
        case .code, .rule, .pageBreak: return []
        }
      }
    }
    return walk(document.blocks).filter { !$0.1.isEmpty }
  }

  /// Sentences alone: a cell's text comes from the query through the table.
  private var sentences: [(place: String, text: String)] {
    func walk(_ blocks: [Block]) -> [(String, String)] {
      blocks.flatMap { block -> [(String, String)] in
        switch block {
        case .heading(_, let inlines, _): return [("heading", inlines.plain)]
        case .paragraph(let inlines, _): return [("paragraph", inlines.plain)]
        case .note(let inner): return walk(inner)
        case .columns(let parts): return parts.flatMap { walk($0) }
        case .figure(let figure):
          guard case .tiles(let tiles) = figure.body else { return [(figure.title.plain, figure.title.plain)] }
          return tiles.map { ("tile \($0.name)", "\($0.number) \($0.detail)") }
        default: return []
        }
      }
    }
    return walk(document.blocks)
  }

  private var numbers: [Fault] {
    var faults: [Fault] = []
    let known = recomputed.values
    for quote in document.quotes {
      guard let right = known["\(quote.query).\(quote.column)"] else { continue }
      if !Self.isSame(quote.value, right) {
        faults.append(
          fault(
            .number, "\(quote.query).\(quote.column)", "\(quote.text) stands for \(quote.value), postings say \(right)")
        )
      }
    }
    // Every number in a sentence is a quoted value or appears in the report's file.
    let allowed = Self.tokens(document.quotes.map(\.text).joined(separator: " ") + " " + source)
      .union(["99.9", "7", "\(recomputed.to - recomputed.from)"])
      .union(
        Self.tokens(
          document.quotes.compactMap { if case .text(let name) = $0.value { name } else { nil } }.joined(separator: " ")
        ))
    for (place, text) in sentences {
      for token in Self.tokens(text) where !allowed.contains(token) {
        faults.append(fault(.unexplained, place, "\(token) in \"\(text)\""))
      }
    }
    return faults
  }

  private static func isSame(_ a: Cell, _ b: Cell) -> Bool {
    if case .real(let x) = a, case .real(let y) = b { return abs(x - y) <= 1e-9 * max(1, abs(x), abs(y)) }
    return a == b
  }

  /// The numbers in a text, without signs and units.
  static func tokens(_ text: String) -> Set<String> {
    var tokens: Set<String> = []
    var token: [UInt8] = []
    func end() {
      while token.last == UInt8(ascii: ".") { token.removeLast() }
      if !token.isEmpty { tokens.insert(String(decoding: token, as: UTF8.self)) }
      token = []
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): token.append(byte)
      case UInt8(ascii: ",") where !token.isEmpty: break
      case UInt8(ascii: ".") where !token.isEmpty && !token.contains(byte): token.append(byte)
      default: end()
      }
    }
    end()
    return tokens
  }

  // MARK: Words

  private static let leaks = expressions([
    #"\b[Uu]nknown of\b"#, #"\bone of one\b"#, #"\bOne [^.\n]{0,60}instances took\b"#,
    #"\bunknown (instances|hours)? ?took"#,
    #"\$0 (less|more) than"#, #"\b0 against 0\b"#, #"\{\{|\}\}|Optional\(|\bnull\b|\bnan\b|\binf\b|∞"#, #"\bno a\b"#,
    #"  "#,
    #"\bof all (of )?the work all\b"#, #"\$[\d,.]+ of \$0\b(?!\.)"#, #"\.\."#, #"\bone are\b|\btwo is\b|\b1 are\b"#,
  ])

  private static let plurals = expressions([
    #"(?<![-.,\w])1 (attempts|jobs|instances|days|re-runs|budgets|kinds|types|pools|hours|queues|cents|changes|weeks|rows|others|accounts|regions|definitions|findings|environments|children|runs|arrays|retries|hosts|resources)\b"#,
    #"(?<![-.,\w])([2-9]|\d\d+|0) (attempt|job|instance|day|re-run|budget|pool|queue|cent|change|other|account|region|definition|finding|environment|child|run|array|host|resource)\b(?!-| definitions| queues)"#,
    #"(?<![-\w])[Oo]ne (kinds|attempts|jobs|instances|days|cents|changes|queues|definitions|weeks|hosts)\b"#,
    #"\b([Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en) (kind|attempt|job|instance|day|cent|change|queue|definition|week|host)\b(?!-| definitions| queues)"#,
  ])

  /// Claims about a whole, part of which may have no known cost.
  private static let alls = expressions([#"\b[Aa]ll of (it|the work|the cost)\b"#])

  private static func expressions(_ patterns: [String]) -> [NSRegularExpression] {
    patterns.map { pattern in
      guard let expression = try? NSRegularExpression(pattern: pattern) else { preconditionFailure(pattern) }
      return expression
    }
  }

  /// The texts an expression matches, searched all at once.
  private static func hits(
    of expressions: [NSRegularExpression], in said: [(place: String, text: String)]
  ) -> [(place: String, text: String)] {
    var starts: [Int] = []
    var all = ""
    var length = 0
    for (_, text) in said {
      starts.append(length)
      let line = text.replacing("\n", with: " ") + "\n"
      all += line
      length += line.utf16.count
    }
    return expressions.flatMap { expression in
      expression.matches(in: all, range: NSRange(location: 0, length: length)).compactMap { match in
        starts.lastIndex { $0 <= match.range.location }.map { said[$0] }
      }
    }
  }

  private var words: [Fault] {
    var faults: [Fault] = []
    let said = said
    faults += Self.hits(of: Self.leaks, in: said).map { fault(.leak, $0.place, "\"\($0.text)\"") }
    faults += Self.hits(of: Self.plurals, in: said).map { fault(.plural, $0.place, "\"\($0.text)\"") }
    for (place, text) in sentences where text.contains("unknown") && recomputed.cost != nil && place.hasPrefix("tile") {
      faults.append(fault(.unknown, place, "\"\(text)\""))
    }
    if document.name == "run" ? recomputed.knowsAllJobs : recomputed.knowsAll {
      // What an instance can hold is neither a place nor a price.
      for (place, text) in sentences where Self.own(text).contains("nknown") && !text.contains("he capacity of") {
        faults.append(fault(.unknown, place, "\"\(text)\", and all has a place and a price"))
      }
    }
    if document.name == "weekly", !recomputed.knowsAll {
      faults += Self.hits(of: Self.alls, in: sentences).filter { !$0.text.contains("as far as is known") }
        .map { fault(.claim, $0.place, "\"\($0.text)\", and not all has a place and a price") }
    }
    if document.name == "weekly" {
      let isUnknown = document.headline.hasPrefix("The cost of ") && document.headline.contains("is unknown")
      let saysNothing = isUnknown || document.headline.contains("There is no data")
      if saysNothing != (recomputed.cost == nil) { faults.append(fault(.unknown, "headline", document.headline)) }
      if document.headline.contains("Nothing ran") == recomputed.ran, recomputed.cost != nil {
        faults.append(fault(.unknown, "headline", document.headline))
      }
    }
    return faults
  }

  /// What a paragraph says itself, without the finding that it quotes, which may be of what no cost depends on.
  private static func own(_ text: String) -> Substring {
    text.firstRange(of: "The only finding is a note").map { text[..<$0.lowerBound] } ?? text[...]
  }

  private var comparisons: [Fault] {
    guard document.name == "weekly", recomputed.ran, recomputed.cost != nil else { return [] }
    let compared = document.headline.firstMatch(of: /, (up|down) |as much as|after nothing/) != nil
    let should = recomputed.compares && recomputed.previousCost != nil
    var faults = compared == should ? [] : [fault(.comparison, "headline", document.headline)]
    if let before = recomputed.previousCost, let cost = recomputed.cost,
      document.headline.contains(cost > before ? ", down " : ", up ")
    {
      faults.append(fault(.comparison, "headline", document.headline))
    }
    return faults
  }

  // MARK: Figures

  private var structure: [Fault] {
    var faults: [Fault] = []
    func walk(_ blocks: [Block]) {
      for (index, block) in blocks.enumerated() {
        switch block {
        case .heading(let level, let inlines, _) where level > 1:
          let next = index + 1 < blocks.count ? blocks[index + 1] : nil
          if case .heading(let other, _, _)? = next, other <= level {
            faults.append(fault(.empty, "heading", inlines.plain))
          }
          if next == nil || next == .pageBreak { faults.append(fault(.empty, "heading", inlines.plain)) }
        case .columns(let parts): parts.forEach(walk)
        case .figure(let figure):
          let title = figure.title.plain
          switch figure.body {
          case .empty(let words): faults.append(fault(.empty, title, words))
          case .table(let table) where table.rows.isEmpty: faults.append(fault(.empty, title, "no rows"))
          case .tiles(let tiles) where tiles.isEmpty: faults.append(fault(.empty, title, "no tiles"))
          case .chart(let chart) where chart.data.allSatisfy({ $0.result.isEmpty }):
            faults.append(fault(.empty, title, "no data"))
          default: break
          }
        default: break
        }
      }
    }
    walk(document.blocks)
    return faults
  }
}
