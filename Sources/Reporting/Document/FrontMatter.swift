import Configuration

/// The part between the first two `---` lines of a report.
struct FrontMatter: Equatable {
  var title = ""
  /// Its description in the list of `batchcost report`.
  var summary = ""
  var page = PageSize.a4
  var period = ReportPeriod.week
  var locale = ReportLocale.english
  var language = "en"
  /// Text with values beside the title in the page header, instead of the days of the period.
  var days = ""
  /// The right side of the page header, and the footer: texts with values.
  var head = "{{accounts}} · {{region}}"
  var foot = "Collected {{collected}} · {{policy}}"
  var aliases: [String: ReportQueries.Alias] = [:]
  var optional: Set<String> = []
  /// Whether tables have low rows unless they say otherwise.
  var isCompact = false
  /// Whether it is about chosen jobs, so that it is useless without a choice.
  var needsChoice = false
  /// The lines of `days`, `head` and `foot`, for errors.
  var daysLine = 1
  var headLine = 1
  var footLine = 1

  init(_ reader: SettingsReader) throws {
    try reader.allow([
      "title", "summary", "page", "period", "days", "locale", "language", "head", "foot", "queries", "optional",
      "where", "compact",
    ])
    title = try reader.requiredString("title")
    summary = try reader.string("summary") ?? ""
    if let name = try reader.string("page") {
      guard let size = PageSize.named(name) else { throw reader.error("page", "must be A4 or Letter") }
      page = size
    }
    if let name = try reader.string("period") {
      guard let known = ReportPeriod(rawValue: name) else {
        throw reader.error("period", "must be one of \(ReportPeriod.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      period = known
    }
    if let name = try reader.string("locale") {
      guard let known = ReportLocale.named(name) else {
        throw reader.error(
          "locale", "must be one of \(ReportLocale.all.map(\.identifier).joined(separator: ", "))")
      }
      (locale, language) = (known, name)
    }
    language = try reader.string("language") ?? language
    days = try reader.string("days") ?? days
    head = try reader.string("head") ?? head
    foot = try reader.string("foot") ?? foot
    (daysLine, headLine, footLine) = (reader.line("days"), reader.line("head"), reader.line("foot"))
    optional = Set(try reader.strings("optional"))
    isCompact = try reader.bool("compact") ?? false
    if let word = try reader.string("where") {
      guard word == "needed" else { throw reader.error("where", "must be needed") }
      needsChoice = true
    }
    if let queries = try reader.reader("queries") {
      for name in queries.properties.keys.sorted() { aliases[name] = try Self.alias(queries, name) }
    }
  }

  private static func alias(_ queries: SettingsReader, _ name: String) throws -> ReportQueries.Alias {
    var parameters = Dictionary(try queries.texts(name)) { $1 }
    let query = parameters.removeValue(forKey: "query") ?? name
    return ReportQueries.Alias(query: query, parameters: parameters)
  }
}

/// The default period of a report.
package enum ReportPeriod: String, CaseIterable, Sendable { case week, month, all }

/// A sheet of paper, in points.
package struct PageSize: Equatable, Sendable {
  package var name: String
  package var width: Double
  package var height: Double

  /// 210 × 297 mm, rounded to points.
  package static let a4 = PageSize(name: "A4", width: 595, height: 842)
  /// 8.5 × 11 inches.
  package static let letter = PageSize(name: "Letter", width: 612, height: 792)

  static func named(_ name: String) -> PageSize? {
    [a4, letter].first { $0.name.lowercased() == name.lowercased() }
  }
}
