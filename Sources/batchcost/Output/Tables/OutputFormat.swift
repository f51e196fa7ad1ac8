import ArgumentParser
import Base
import Domain

/// How rows are written to standard output.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case table, csv, json, ndjson, markdown

  /// The names of the formats, for an option's help.
  static let help = ArgumentHelp("\(allCases.dropLast().map(\.rawValue).joined(separator: ", ")) or \(markdown).")

  /// For people, rather than programs.
  var isForReading: Bool { self == .table || self == .markdown }

  /// - Parameter isSafe: see `FormatOptions`.
  func write(_ result: DataTable, isSafe: Bool = false) -> String {
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
  /// Prints a table in the format that was asked for.
  static func show(_ result: DataTable, as format: OutputFormat, isSafe: Bool = false) {
    let text = format.write(result, isSafe: isSafe)
    if format.isForReading { self.result(text) } else { data(text) }
  }
}

/// A number with thousands separators, for people.
func grouped(_ value: Double, places: Int) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
  return Digits(minus: "-").fixed(value, places: places)
}
