import ArgumentParser
import Base
import Domain
import Store

/// How rows are written to standard output.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case table, csv, json, ndjson, markdown

  /// For the option that names one.
  static let help = ArgumentHelp("\(allCases.dropLast().map(\.rawValue).joined(separator: ", ")) or \(markdown).")

  /// For people, rather than programs.
  var isForReading: Bool { self == .table || self == .markdown }

  /// - Parameter isSafe: see `FormatOptions`.
  func write(_ result: QueryResult, isSafe: Bool = false) -> String {
    switch self {
    case .table: TableWriter.write(result, width: Console.width)
    case .csv: CSVWriter.write(result, isSafe: isSafe)
    case .json: JSONWriter.write(result)
    case .ndjson: JSONWriter.writeLines(result)
    case .markdown: MarkdownWriter.write(result)
    }
  }
}

extension Console {
  /// Prints a table as it was asked for.
  static func show(_ result: QueryResult, as format: OutputFormat, isSafe: Bool = false) {
    let text = format.write(result, isSafe: isSafe)
    if format.isForReading { self.result(text) } else { data(text) }
  }
}

extension Cell {
  /// The value in full: money with up to nine places, times in ISO 8601, reals in the shortest form that reads back.
  var exact: String {
    switch self {
    case .null: ""
    case .integer(let value): String(value)
    case .real(let value): plain(value)
    case .text(let value): value
    case .money(let value): value.description
    case .instant(let value): value.description
    }
  }

  var isNumber: Bool {
    switch self {
    case .integer, .real, .money: true
    case .null, .text, .instant: false
    }
  }
}

/// Without exponent where it is short.
private func plain(_ value: Double) -> String {
  if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
  return "\(value)"
}

/// A number with thousands set apart, as a person reads it.
func grouped(_ value: Double, places: Int) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
  return Digits(minus: "-").fixed(value, places: places)
}
