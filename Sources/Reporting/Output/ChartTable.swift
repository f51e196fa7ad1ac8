import Base
import Charts
import Domain

/// The rows of a chart as a table for people: only what is drawn, in words, with units, and at a readable length.
struct ChartTable: Equatable {
  /// The most rows shown: a day by hour, a month by day.
  static let limit = 31

  var heads: [String]
  var isNumeric: [Bool]
  var rows: [[String]]
  /// The number of rows not shown.
  var left: Int

  init(_ result: DataTable, _ fields: ChartFields, _ formatter: Formatter) {
    let columns = Self.columns(result, fields)
    let writer = ColumnWriter(formatter: formatter)
    self =
      Self.split(result, columns, fields).map { ChartTable($0, writer) }
      ?? ChartTable(result, columns, fields, writer)
  }

  /// One row per row.
  private init(_ result: DataTable, _ columns: [Int], _ fields: ChartFields, _ writer: ColumnWriter) {
    heads = columns.map { writer.head(fields.meaning[result.names[$0]] ?? result.names[$0]) }
    isNumeric = columns.map { result.columns[$0].contains { $0.number != nil } }
    let places = result.columns.indices.map { writer.places(result, $0) }
    rows = (0..<result.rowCount).prefix(Self.limit).map { row in
      columns.map { writer.text(result.columns[$0][row], result.names[$0], places: places[$0]) }
    }
    left = max(0, result.rowCount - Self.limit)
  }

  /// Drawn columns with a value in at least one row; all columns except flags if nothing drawn is a column. If only numbers
  /// are drawn, the query's first text column names the rows.
  static func columns(_ result: DataTable, _ fields: ChartFields) -> [Int] {
    let known = result.columns.indices.filter { index in
      !result.names[index].hasPrefix("is_") && result.columns[index].contains { !$0.isNull }
    }
    func isText(_ index: Int) -> Bool { result.columns[index].contains { $0.words != nil } }
    let drawn = known.filter { fields.drawn.contains(result.names[$0]) }
    guard !drawn.isEmpty else { return known }
    guard !drawn.contains(where: isText), let name = known.first(where: isText) else { return drawn }
    return [name] + drawn
  }

  // MARK: One column per value

  private struct Split {
    var result: DataTable
    /// The position whose values are the rows, by its column in the query, and its heading.
    var key: (column: Int, head: String)
    var splitter: Int
    var value: Int
    /// Columns with the same value in all rows of a key.
    var constants: [Int]
    /// What is the same in all rows of a splitter's value, such as its change: a row each at the end.
    var ends: [Int]
    var keys: [Cell]
    var kinds: [Cell]
    var cells: [[Cell]: [Cell]]

    func values(of kind: Cell, _ column: Int) -> Set<Cell> { Set(keys.compactMap { cells[[$0, kind]]?[column] }) }
  }

  /// Nil if the rows do not form a full table of one number: one key, one splitter with at most eight values, one
  /// value.
  private static func split(_ result: DataTable, _ columns: [Int], _ fields: ChartFields) -> Split? {
    func isNumber(_ index: Int) -> Bool { result.columns[index].contains { $0.number != nil } }
    let positions = fields.positions.compactMap { name in columns.first { result.names[$0] == name } }
    let (values, keys) = (positions.filter(isNumber), positions.filter { !isNumber($0) })
    guard values.count == 1, keys.count == 1,
      let splitter = fields.splitters.lazy.compactMap({ name in columns.first { result.names[$0] == name } }).first,
      splitter != keys[0]
    else { return nil }
    var split = Split(
      result: result, key: (keys[0], fields.meaning[result.names[keys[0]]] ?? result.names[keys[0]]),
      splitter: splitter, value: values[0], constants: [], ends: [], keys: [], kinds: [], cells: [:])
    for row in result.rows {
      let place = [row[keys[0]], row[splitter]]
      guard split.cells[place] == nil else { return nil }
      split.cells[place] = row
      if !split.keys.contains(place[0]) { split.keys.append(place[0]) }
      if !split.kinds.contains(place[1]) { split.kinds.append(place[1]) }
    }
    guard split.kinds.count <= 8, split.cells.count * 2 >= split.keys.count * split.kinds.count else { return nil }
    let others = columns.filter { ![keys[0], splitter, values[0]].contains($0) }
    // Only a small multiple has notes: equal days are no note about a colour.
    let hasNotes = split.keys.count > 1 && fields.facets.contains(result.names[splitter])
    split.ends = others.filter { column in
      hasNotes && split.kinds.allSatisfy { split.values(of: $0, column).count == 1 }
    }
    split.constants = others.filter { column in
      !split.ends.contains(column)
        && split.keys.allSatisfy { key in
          Set(split.kinds.compactMap { split.cells[[key, $0]]?[column] }).count == 1
        }
    }
    return split
  }

  private init(_ split: Split, _ writer: ColumnWriter) {
    let names = split.result.names
    let unit = writer.unit(names[split.value]).map { ", \($0)" } ?? ""
    heads =
      [writer.head(split.key.head)] + split.kinds.map { ($0.isNull ? "unknown" : $0.plain) + unit }
      + split.constants.map { writer.head(names[$0]) }
    isNumeric =
      [false] + split.kinds.map { _ in true }
      + split.constants.map { split.result.columns[$0].contains { $0.number != nil } }
    let places = names.indices.map { writer.places(split.result, $0) }
    func text(_ row: [Cell], _ column: Int) -> String {
      writer.text(row[column], names[column], places: places[column])
    }
    rows = split.keys.prefix(Self.limit).map { key in
      let known = split.kinds.compactMap { split.cells[[key, $0]] }
      return [known.first.map { text($0, split.key.column) } ?? ""]
        + split.kinds.map { kind in split.cells[[key, kind]].map { text($0, split.value) } ?? "–" }
        + split.constants.map { index in known.first.map { text($0, index) } ?? "–" }
    }
    rows += split.ends.map { column in
      [writer.head(names[column])]
        + split.kinds.map { kind in
          split.values(of: kind, column).first.map { writer.text($0, names[column], places: places[column]) } ?? "–"
        } + split.constants.map { _ in "" }
    }
    left = max(0, split.keys.count - Self.limit)
  }
}

/// The names and values of a query's columns for people: units move from the names to the headings or to the numbers.
struct ColumnWriter {
  var formatter: Formatter

  private static let words = [
    "vcpu": "vCPU", "vcpus": "vCPUs", "gpu": "GPU", "gpus": "GPUs", "id": "id", "gib": "GiB",
  ]

  /// `Cost, USD` for `cost_usd`; `Memory used p95, GiB` for `memory_gib_used_p95`.
  func head(_ column: String) -> String {
    var words = column.split(separator: "_").map(String.init)
    let unit = unit(column)
    if column.hasSuffix("_usd_per_hour") {
      words.removeAll { ["usd", "per", "hour"].contains($0) }
    } else {
      words.removeAll { $0 == "usd" || $0 == "gib" && unit == "GiB" }
    }
    if words.count > 1, ["seconds", "share", "at"].contains(words.last) { words.removeLast() }
    var text = words.map { Self.words[$0] ?? $0 }.joined(separator: " ")
    if let first = text.first, !text.hasPrefix("vCPU") { text = first.uppercased() + text.dropFirst() }
    guard let unit else { return text }
    return text.isEmpty ? unit : "\(text), \(unit)"
  }

  /// The unit in the heading; shares and times have theirs in each cell.
  func unit(_ column: String) -> String? {
    let currency = formatter.locale.currency.rawValue
    if column.hasSuffix("_usd_per_hour") { return "\(currency) per hour" }
    if column.hasSuffix("_usd") { return currency }
    let parts = column.split(separator: "_")
    return parts.contains("gib") && parts.last != "hours" && !parts.contains("per") ? "GiB" : nil
  }

  /// Decimals of a column's numbers: the same in all rows, and fewer if the numbers are large.
  func places(_ result: DataTable, _ column: Int) -> Int {
    if result.names[column].hasSuffix("_usd_per_hour") { return 4 }
    let numbers = result.columns[column].compactMap(\.number)
    if numbers.allSatisfy({ $0 == $0.rounded() }) { return 0 }
    let largest = numbers.map(abs).max() ?? 0
    return largest < 10 ? 3 : largest < 100 ? 2 : 1
  }

  func text(_ cell: Cell, _ column: String, places: Int) -> String {
    if cell.isNull { return "–" }
    if column == "share" || column.hasSuffix("_share") { return formatter.text(cell, NumberFormat(.percent)) }
    if column.hasSuffix("_seconds") { return formatter.text(cell, NumberFormat(.duration)) }
    if column == "at" || column.hasSuffix("_at") { return formatter.text(cell, NumberFormat(.instant)) }
    switch cell {
    case .money: return formatter.text(cell, NumberFormat(.cents))
    case .integer(let value):
      return Digits(locale: formatter.locale).fixed(Double(value), places: places)
    case .real(let value): return Digits(locale: formatter.locale).fixed(value, places: places)
    case .text, .null, .instant, .boolean:
      return Day(cell.plain) == nil ? cell.plain : formatter.text(cell, NumberFormat(.dateLong))
    }
  }
}
