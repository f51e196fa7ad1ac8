import Domain
import Mustache

/// A cell as mustache sees it: `{{totals.jobs}}`, `{{usd(totals.cost_usd)}}`, `{{#rose(totals.change)}}`.
///
/// Rendered text is escaped for its context, so that a job named `*x*` or `<script>` stays a name.
struct TemplateValue: MustacheCustomRenderable, MustacheParent, MustacheTransformable {
  var cell: Cell
  var environment: TemplateEnvironment
  var signed = false
  /// Its query.
  var query = ""
  var column = ""

  var renderText: String {
    if !column.isEmpty { environment.quotes.note(Quote(query: query, column: column, value: source, text: cell.plain)) }
    return environment.escape(cell.plain)
  }
  /// The cell before it was written in words.
  var source: Cell
  var isNull: Bool { !cell.isTrue }
  func child(named: String) -> Any? { nil }

  /// Formats, and the few tests for conditions.
  func transform(_ name: String) -> Any? {
    switch name {
    case "signed":
      var copy = self
      copy.signed = true
      return copy
    case "rose": return (cell.number ?? 0) > 0
    case "fell": return (cell.number ?? 0) < 0
    case "some": return cell.isTrue
    case "known": return !cell.isNull
    case "one": return cell.number == 1
    case "share_left": return number { 1 - $0 }
    case "amount": return magnitude
    case "per_hundred": return number { ($0 * 100).rounded() }
    case "cause": return text(Vocabulary.causes[cell.plain] ?? cell.plain)
    case "option": return text(Vocabulary.options[cell.plain] ?? cell.plain)
    case "capital": return text(capitalized(cell.plain))
    case "Words":
      guard environment.formatter.locale.isEnglish, let number = cell.number else { return text(formatted(.integer)) }
      return text(capitalized(wordsOfNumber(number, limit: 99)))
    case "Fraction": return text(capitalized(formatted(.fraction)))
    default: break
    }
    if name.hasPrefix("n_") { return text(count(of: String(name.dropFirst(2)).replacing("_", with: " "))) }
    return Format(rawValue: name).map { text(formatted($0)) }
  }

  static let transforms =
    NumberFormat.names
    + [
      "signed", "rose", "fell", "some", "known", "one", "share_left", "amount", "per_hundred", "option", "cause",
      "capital", "Words", "Fraction", "count",
    ]

  private func formatted(_ format: Format) -> String {
    environment.formatter.text(cell, NumberFormat(format, signed: signed))
  }

  private func text(_ text: String) -> TemplateValue {
    var copy = self
    copy.cell = .text(text)
    return copy
  }

  private func number(_ change: (Double) -> Double) -> TemplateValue {
    var copy = self
    copy.cell = cell.number.map { .real(change($0)) } ?? .null
    return copy
  }

  /// Without the sign: "up 9%", where a word gives the direction.
  private var magnitude: TemplateValue {
    guard case .money(let money) = cell else { return number(abs) }
    var copy = self
    copy.cell = .money(money < .zero ? -money : money)
    return copy
  }

  private func count(of plural: String) -> String {
    let number = cell.number ?? 0
    return formatted(.integer) + " " + (number == 1 ? singular(of: plural) : plural)
  }

  private func capitalized(_ text: String) -> String { text.capitalizedFirst }
}

/// What a value needs for writing itself.
struct TemplateEnvironment {
  var formatter: Formatter
  var escape: @Sendable (String) -> String
  var quotes: QuoteBook
}

/// Collects the values of a report with their columns while it is made.
final class QuoteBook {
  private(set) var quotes: Set<Quote> = []

  func note(_ quote: Quote) { quotes.insert(quote) }
}

/// A query in a template: a section repeats for its rows, a dot takes a column of its first row.
struct TemplateRows: MustacheSequence, MustacheParent, MustacheTransformable {
  var query: String
  var result: DataTable
  var environment: TemplateEnvironment

  func makeIterator() -> AnyIterator<Any> {
    var index = 0
    return AnyIterator {
      guard index < result.rowCount else { return nil }
      defer { index += 1 }
      return TemplateRow(query: query, result: result, index: index, environment: environment)
    }
  }

  func child(named name: String) -> Any? {
    TemplateRow(query: query, result: result, index: 0, environment: environment).child(named: name)
  }

  func transform(_ name: String) -> Any? {
    name == "count"
      ? TemplateValue(cell: .integer(Int64(result.rowCount)), environment: environment, source: .null) : nil
  }
}

struct TemplateRow: MustacheParent {
  var query: String
  var result: DataTable
  var index: Int
  var environment: TemplateEnvironment

  func child(named name: String) -> Any? {
    guard result.index(of: name) != nil else { return nil }
    return TemplateValue(
      cell: result[index, name] ?? .null, environment: environment, query: query, column: name,
      source: result[index, name] ?? .null)
  }
}
