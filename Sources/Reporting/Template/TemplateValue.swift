import Domain
import Mustache

/// A cell as mustache sees it: `{{totals.jobs}}`, `{{usd(totals.cost_usd)}}`, `{{#rose(totals.change)}}`.
///
/// Rendered text is escaped for where it stands, so that a job named `*x*` or `<script>` stays a name.
struct TemplateValue: MustacheCustomRenderable, MustacheParent, MustacheTransformable {
  var cell: Cell
  var environment: TemplateEnvironment
  var signed = false

  var renderText: String { environment.escape(cell.plain) }
  var isNull: Bool { !cell.isTrue }
  func child(named: String) -> Any? { nil }

  /// Formats, and the few questions that conditions ask.
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
    case "cause": return text(Self.causes[cell.plain] ?? cell.plain)
    case "option": return text(Self.options[cell.plain] ?? cell.plain)
    case "capital": return text(capitalized(cell.plain))
    case "Words":
      guard environment.formatter.locale == .english, let number = cell.number else { return text(formatted(.integer)) }
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

  /// Purchase options as sentences write them.
  private static let options = [
    "on-demand": "On-Demand", "spot": "Spot", "fargate": "Fargate", "fargate-spot": "Fargate Spot",
    "savings-plan": "savings plan", "reserved": "reserved",
  ]

  /// Why an attempt came to nothing, as sentences write it.
  private static let causes = [
    "interrupted": "Spot interruptions", "host lost": "lost hosts", "exit code": "exit codes", "timeout": "timeouts",
    "image pull": "image pulls", "cancelled": "cancellation", "out of memory": "lack of memory",
  ]

  private func formatted(_ format: Format) -> String {
    environment.formatter.text(cell, NumberFormat(format, signed: signed))
  }

  private func text(_ text: String) -> TemplateValue {
    TemplateValue(cell: .text(text), environment: environment)
  }

  private func number(_ change: (Double) -> Double) -> TemplateValue {
    TemplateValue(cell: cell.number.map { .real(change($0)) } ?? .null, environment: environment)
  }

  /// Without the sign: "up 9%", where the word says the direction.
  private var magnitude: TemplateValue {
    guard case .money(let money) = cell else { return number(abs) }
    return TemplateValue(cell: .money(money < .zero ? -money : money), environment: environment)
  }

  private func count(of plural: String) -> String {
    let number = cell.number ?? 0
    return formatted(.integer) + " " + (number == 1 ? singular(of: plural) : plural)
  }

  private func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

/// What a value needs to write itself.
struct TemplateEnvironment {
  var formatter: Formatter
  var escape: @Sendable (String) -> String
}

/// A query in a template: a section walks its rows, a dot takes a column of its first row.
struct TemplateRows: MustacheSequence, MustacheParent, MustacheTransformable {
  var result: QueryResult
  var environment: TemplateEnvironment

  func makeIterator() -> AnyIterator<Any> {
    var index = 0
    return AnyIterator {
      guard index < result.rows.count else { return nil }
      defer { index += 1 }
      return TemplateRow(result: result, index: index, environment: environment)
    }
  }

  func child(named name: String) -> Any? {
    TemplateRow(result: result, index: 0, environment: environment).child(named: name)
  }

  func transform(_ name: String) -> Any? {
    name == "count" ? TemplateValue(cell: .integer(Int64(result.rows.count)), environment: environment) : nil
  }
}

struct TemplateRow: MustacheParent {
  var result: QueryResult
  var index: Int
  var environment: TemplateEnvironment

  func child(named name: String) -> Any? {
    guard result.index(of: name) != nil else { return nil }
    return TemplateValue(cell: result.cell(index, name), environment: environment)
  }
}
