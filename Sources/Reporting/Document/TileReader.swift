import Base
import Charts
import Configuration
import Domain

/// Reads a `tiles` block: a list of headline numbers.
///
///     - {name: Cost, field: headline.cost_usd, was: headline.previous_cost_usd, change: headline.change, good: down,
///       trend: cost-by-week.cost_usd}
struct TileReader {
  var template: ReportTemplate

  func tiles(_ yaml: String, firstLine: Int) throws -> [Tile] {
    let list = try SettingsReader(
      yaml: "tiles:\n" + yaml, file: template.file, firstLine: firstLine - 1, what: "tiles")
    return try list.readers("tiles").compactMap { try tile($0) }
  }

  /// Nil if the value it needs is unknown.
  private func tile(_ reader: SettingsReader) throws -> Tile? {
    try reader.allow([
      "name", "field", "format", "number", "needs", "was", "change", "change_format", "good", "detail", "otherwise",
      "trend",
    ])
    for key in ["needs", "field"] {
      guard let path = try reader.string(key) else { continue }
      if try cells(path, reader.line(key)).first?.isNull ?? true { return nil }
      break
    }
    let change = try change(reader)
    func text(_ property: String) throws -> String {
      try template.text(reader.string(property) ?? "", line: reader.line(property))
    }
    let number =
      try value("field", reader) ?? template.text(reader.requiredString("number"), line: reader.line("number"))
    let was = try value("was", reader).map { "from \($0)" }
    let isCompared = change != nil || !reader.has("otherwise") && !reader.has("change")
    let detail = try isCompared ? was ?? text("detail") : text("otherwise")
    // A change too small to show: `$2.06, from $2.06`.
    let isShown = detail != "from \(number)"
    return Tile(
      name: try template.text(reader.requiredString("name"), line: reader.line), number: number,
      change: isShown ? change : change.map { _ in .unchanged }, detail: detail, trend: try trend(reader))
  }

  /// A column of a query's first row; nil if the tile does not name one.
  private func value(_ key: String, _ reader: SettingsReader) throws -> String? {
    guard let path = try reader.string(key) else { return nil }
    let format = try reader.string("format") ?? (path.hasSuffix("_usd") ? "usd" : "integer")
    return try template.text("{{\(format)(\(path))}}", line: reader.line(key))
  }

  private func change(_ reader: SettingsReader) throws -> Tile.Change? {
    guard let path = try reader.string("change") else { return nil }
    let value = try cells(path, reader.line("change")).first ?? .null
    guard let number = value.number else { return nil }
    var format = NumberFormat(.percent)
    if let name = try reader.string("change_format") {
      guard let known = NumberFormat(name) else {
        throw ReportError.unknown(
          "format", name, among: NumberFormat.names, file: reader.file, line: reader.line("change_format"))
      }
      format = known
    }
    let good = try reader.string("good") ?? "none"
    guard ["up", "down", "none"].contains(good) else { throw reader.error("good", "must be up, down or none") }
    // Of what is all but gone a little is left.
    let isNearlyAll = format.format == .percent && abs(number) > 0.995 && abs(number) < 0.9999999
    let text = isNearlyAll ? ">99%" : template.formatter.text(.real(abs(number)), format)
    let isUp = number > 0
    let isGood = good == (isUp ? "up" : "down")
    let isFlat = text == template.formatter.text(.real(0), format)
    if isFlat { return .unchanged }
    return Tile.Change(text: text, isUp: isUp, token: good == "none" ? .ink2 : isGood ? .positive : .negative)
  }

  private func trend(_ reader: SettingsReader) throws -> [Double] {
    guard let path = try reader.string("trend") else { return [] }
    let values = try cells(path, reader.line("trend")).compactMap(\.number)
    return values.count < 3 ? [] : values
  }

  /// The cells of `query.column`.
  private func cells(_ path: String, _ line: Int) throws -> [Cell] {
    let names = path.split(separator: ".", maxSplits: 1).map(String.init)
    guard names.count == 2 else {
      throw ReportError(file: template.file, line: line, "\"\(path)\" is not of the form query.column")
    }
    let result = try template.queries.rows(names[0], line: line)
    guard !result.names.isEmpty else { return [] }
    guard let index = result.index(of: names[1]) else {
      throw ReportError.noColumn(names[1], in: names[0], result, file: template.file, line: line)
    }
    return result.columns[index]
  }
}
