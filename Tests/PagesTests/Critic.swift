import Charts
import Domain
import Foundation

@testable import Reporting

/// One thing that is wrong with a page.
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
    case empty = "a figure, table or section without content"
    case alike = "two rows that cannot be told apart"
    case total = "a total that is not its column's sum"
    case definition = "one word, two numbers"
  }

  var report: String
  var kind: Kind
  /// `page 2`, or the title of a figure.
  var place: String
  var message: String

  var description: String { "\(report), \(place): \(kind.rawValue): \(message)" }
}

/// Reads a laid-out report as a hard reader would.
struct Critic {
  let document: Document
  let pages: [Scene]
  let recomputed: Recomputed
  /// Numbers that the report's own text holds.
  let source: String
  private let measure = TextMeasure()

  init(_ document: Document, source: String, recomputed: Recomputed) throws {
    self.document = document
    self.source = source
    self.recomputed = recomputed
    pages = try PageScenes(document, charts: .vegaLite).pages
  }

  /// For faults put in by hand.
  init(_ document: Document, pages: [Scene], source: String, recomputed: Recomputed) {
    (self.document, self.pages, self.source, self.recomputed) = (document, pages, source, recomputed)
  }

  func faults() -> [Fault] { numbers + words + comparisons + structure + tables + layout }

  private func fault(_ kind: Fault.Kind, _ place: String, _ message: String) -> Fault {
    Fault(report: document.name, kind: kind, place: place, message: message)
  }

  // MARK: What is said

  /// Sentences, titles and tiles, with the place of each.
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

  /// Sentences alone: what is in cells comes from the query by way of the table.
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
    // Every number of a sentence is a quoted value, or stands in the report's file.
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

  /// The digits of a text, without signs and units.
  static func tokens(_ text: String) -> Set<String> {
    Set(text.matches(of: /\d[\d,]*(\.\d+)?/).map { String($0.0).filter { $0 != "," } })
  }

  // MARK: Words

  private static let leaks = [
    #"\b[Uu]nknown of\b"#, #"\bone of one\b"#, #"\bOne [^.\n]{0,60}instances took\b"#,
    #"\bunknown (instances|hours)? ?took"#,
    #"\$0 (less|more) than"#, #"\b0 against 0\b"#, #"\{\{|\}\}|Optional\(|\bnull\b|\bnan\b|\binf\b|∞"#, #"\bno a\b"#,
    #"  "#,
    #"\bof all (of )?the work all\b"#, #"\$[\d,.]+ of \$0\b"#, #"\.\."#, #"\bone are\b|\btwo is\b"#,
  ]

  private static let plurals = [
    #"(?<![-.,\w])1 (attempts|jobs|instances|days|re-runs|budgets|kinds|types|pools|hours|queues|cents|changes|weeks|rows)\b"#,
    #"(?<![-.,\w])([2-9]|\d\d+|0) (attempt|job|instance|day|re-run|budget|pool|queue|cent|change)\b(?!-)"#,
    #"\b[Oo]ne (kinds|attempts|jobs|instances|days|cents|changes)\b"#,
  ]

  private var words: [Fault] {
    var faults: [Fault] = []
    for (place, text) in said {
      for pattern in Self.leaks where text.range(of: pattern, options: .regularExpression) != nil {
        faults.append(fault(.leak, place, "\"\(text)\""))
      }
      for pattern in Self.plurals where text.range(of: pattern, options: .regularExpression) != nil {
        faults.append(fault(.plural, place, "\"\(text)\""))
      }
    }
    for (place, text) in sentences where text.contains("unknown") && recomputed.cost != nil && place.hasPrefix("tile") {
      faults.append(fault(.unknown, place, "\"\(text)\""))
    }
    if document.name == "weekly" {
      let saysNothing = document.headline.contains("cannot be told") || document.headline.contains("Nothing is known")
      if saysNothing != (recomputed.cost == nil) { faults.append(fault(.unknown, "headline", document.headline)) }
      if document.headline.contains("Nothing ran") == recomputed.ran, recomputed.cost != nil {
        faults.append(fault(.unknown, "headline", document.headline))
      }
    }
    return faults
  }

  private var comparisons: [Fault] {
    guard document.name == "weekly", recomputed.ran, recomputed.cost != nil else { return [] }
    let compared = document.headline.firstMatch(of: /, (up|down) |as much as|after nothing/) != nil
    let should = recomputed.compares && recomputed.previousCost != nil
    return compared == should ? [] : [fault(.comparison, "headline", document.headline)]
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

  private var tables: [Fault] {
    var faults: [Fault] = []
    func walk(_ blocks: [Block]) {
      for block in blocks {
        if case .columns(let parts) = block { parts.forEach(walk) }
        guard case .figure(let figure) = block, case .table(let table) = figure.body else { continue }
        faults += alike(table, figure.title.plain) + totals(table, figure.title.plain)
      }
    }
    walk(document.blocks)
    return faults
  }

  private func alike(_ table: TableModel, _ title: String) -> [Fault] {
    let named = table.columns.indices.filter { table.columns[$0].kind == .text || table.columns[$0].kind == .rank }
    guard !named.isEmpty else { return [] }
    var seen: Set<[String]> = []
    return table.rows.filter { $0.style != .group }.compactMap { row in
      let names = named.map { row.cells[$0].text }
      return seen.insert(names).inserted ? nil : fault(.alike, title, names.joined(separator: " | "))
    }
  }

  /// What a cell prints in hundredths: of `$1,234.56`, `1,234.56`, `5` and `–`; nil of what is no plain amount.
  static func hundredths(_ text: String) -> Int64? {
    if text == "–" || text.isEmpty { return 0 }
    let minus = text.contains("−")
    let digits = text.filter { $0 != "$" && $0 != "," && $0 != "−" && $0 != "+" }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int64(parts[0]),
      parts.count == 1 || (parts[1].count == 2 && Int64(parts[1]) != nil)
    else { return nil }
    let value = whole * 100 + (parts.count == 2 ? Int64(parts[1]) ?? 0 : 0)
    return minus ? -value : value
  }

  private func totals(_ table: TableModel, _ title: String) -> [Fault] {
    guard let total = table.rows.last, total.style == .total, table.rows.filter({ $0.style == .total }).count == 1
    else { return [] }
    let rows = table.rows.dropLast().filter { $0.style != .group }
    return table.columns.indices.compactMap { column in
      guard table.columns[column].kind != .text, !total.cells[column].text.isEmpty,
        !total.cells[column].text.contains("%"), let sum = Self.hundredths(total.cells[column].text)
      else { return nil }
      let parts = rows.map { Self.hundredths($0.cells[column].text) }
      guard !parts.contains(nil) else { return nil }
      let added = parts.compactMap { $0 }.reduce(0, +)
      return added == sum
        ? nil : fault(.total, title, "\(table.columns[column].label): \(sum) under cells that add up to \(added)")
    }
  }

  // MARK: The page

  private var layout: [Fault] {
    pages.enumerated().flatMap { index, scene -> [Fault] in
      let place = "page \(index + 1)"
      let texts = PageReader(measure: measure).texts(scene)
      return outside(texts, scene, place) + overlaps(texts, place) + ticks(texts, place)
    }
  }

  private func outside(_ texts: [PageText], _ scene: Scene, _ place: String) -> [Fault] {
    texts.filter { $0.left < 46 || $0.right > scene.width - 46 || $0.bottom > scene.height - 26 || $0.top < 30 }
      .map { fault(.outside, place, "\"\($0.string)\"") }
  }

  private func overlaps(_ texts: [PageText], _ place: String) -> [Fault] {
    let ordered = texts.sorted { $0.top < $1.top }
    var faults: [Fault] = []
    for (index, text) in ordered.enumerated() {
      for other in ordered[(index + 1)...] {
        if other.top > text.bottom { break }
        if text.overlaps(other, by: 1.2) {
          faults.append(fault(.overlap, place, "\"\(text.string)\" and \"\(other.string)\""))
        }
      }
    }
    return faults
  }

  /// Labels of one axis: numbers that stand in one group of a figure, flush with each other or on one line.
  private func ticks(_ texts: [PageText], _ place: String) -> [Fault] {
    let numeric = texts.filter {
      $0.isInFigure && $0.anchor == .end && $0.string.firstMatch(of: /^[−$]?[\d,.]+[%kM]?$/) != nil
    }
    let axes = Dictionary(grouping: numeric) { "\($0.path) \(Int(($0.right * 2).rounded())) \($0.style.weight)" }
    return axes.values.filter {
      $0.count > 1 && $0.count < 8 && $0[0].style.weight < 500 && $0[0].style.color == Theme.light[.ink3]
    }.flatMap {
      labels -> [Fault] in
      let sorted = labels.sorted { $0.top < $1.top }
      // Labels of an axis fall from the top down; columns of values do not.
      let values = sorted.compactMap { Double($0.string.filter { $0.isNumber || $0 == "." }) }
      guard values == values.sorted(by: >), values.last == 0 else { return [] }
      return zip(sorted, sorted.dropFirst()).compactMap { above, below in
        above.string.filter(\.isNumber) == below.string.filter(\.isNumber)
          ? fault(.ticks, place, "\"\(above.string)\" twice") : nil
      }
    }
  }
}
