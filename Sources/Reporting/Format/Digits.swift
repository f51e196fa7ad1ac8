import Base

extension Digits {
  /// As a language writes them.
  init(locale: ReportLocale) { self.init(group: locale.group, decimal: locale.decimal) }
}

let minus = Digits.english.minus
