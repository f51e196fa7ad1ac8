/// How numbers and dates in charts are written: by default as in d3, in English.
///
/// Applies to everything that is drawn or described inside `ChartLocale.$current.withValue(…)`.
package struct ChartLocale: Equatable, Sendable {
  /// The separator of thousands.
  package var group: String
  /// Before the fraction.
  package var decimal: String
  /// Short names, from January.
  package var months: [String]
  /// Short names, from Sunday.
  package var weekdays: [String]
  /// The symbol for `$` in a format.
  package var currency: String

  package init(group: String, decimal: String, months: [String], weekdays: [String], currency: String = "$") {
    (self.group, self.decimal) = (group, decimal)
    (self.months, self.weekdays, self.currency) = (months, weekdays, currency)
  }

  /// d3's own: `1,234.5`, `Jan`, `Sun`.
  package static let english = ChartLocale(
    group: ",", decimal: ".", months: TimeFormat.months.map { String($0.prefix(3)) },
    weekdays: TimeFormat.days.map { String($0.prefix(3)) })

  /// Set with `withValue`, for this task and those that it starts.
  @TaskLocal package static var current = english

  var isEnglish: Bool { self == .english }
}
