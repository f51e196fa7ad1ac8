import Base
import Charts
import Domain

/// How a report writes numbers and dates: the `locale` in its front matter. Its text is not translated.
package struct ReportLocale: Equatable, Sendable {
  /// The language: `en`, `de`, `fr`, `es`.
  package var identifier: String
  var group: String
  var decimal: String
  var months: [String]
  /// Starting with Monday.
  var weekdays: [String]
  /// Between a day and a month: `28 Oct`, `28. Okt`.
  var dayMark: String
  /// The currency of amounts.
  var currency = Currency.usd

  /// Whether the built-in words are in its language.
  var isEnglish: Bool { identifier == "en" }

  package static let english = ReportLocale(
    identifier: "en", group: ",", decimal: ".",
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], dayMark: " ")

  package static let german = ReportLocale(
    identifier: "de", group: ".", decimal: ",",
    months: ["Jan", "Feb", "März", "Apr", "Mai", "Juni", "Juli", "Aug", "Sept", "Okt", "Nov", "Dez"],
    weekdays: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"], dayMark: ". ")

  package static let french = ReportLocale(
    identifier: "fr", group: "\u{202F}", decimal: ",",
    months: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    weekdays: ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."], dayMark: " ")

  package static let spanish = ReportLocale(
    identifier: "es", group: ".", decimal: ",",
    months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
    weekdays: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"], dayMark: " ")

  static let all = [english, german, french, spanish]

  /// The locale of `de`, `de-AT` or `de_AT`; nil for languages that it lacks.
  package static func named(_ identifier: String) -> ReportLocale? {
    let language = identifier.split(whereSeparator: { $0 == "-" || $0 == "_" }).first.map { $0.lowercased() }
    return all.first { $0.identifier == language }
  }
}

extension ReportLocale {
  /// The same for charts.
  var charts: ChartLocale {
    ChartLocale(
      group: group, decimal: decimal, months: months, weekdays: [weekdays[6]] + weekdays.dropLast(),
      currency: currency.symbol)
  }
}

extension Digits {
  /// In the style of a language.
  init(locale: ReportLocale) { self.init(group: locale.group, decimal: locale.decimal) }
}

let minus = Digits.english.minus
