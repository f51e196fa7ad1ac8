import Base

extension Digits {
  /// In the style of a language.
  init(locale: ReportLocale) { self.init(group: locale.group, decimal: locale.decimal) }
}

let minus = Digits.english.minus
