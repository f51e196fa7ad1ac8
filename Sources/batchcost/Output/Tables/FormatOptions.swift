import ArgumentParser
import Domain

/// How a table is printed.
struct FormatOptions: ParsableArguments {
  @Option(help: OutputFormat.help) var format: OutputFormat = .table
  @Flag(help: "With --format csv: put ' before text that a spreadsheet would take for a formula.") var safe = false

  mutating func validate() throws {
    if safe, format != .csv { throw ValidationError("--safe is for --format csv") }
  }

  /// - Parameter currency: the currency of its amounts.
  func show(_ result: DataTable, in currency: Currency = .usd) {
    Console.show(result.named(in: currency, keepsDollars: !format.isForReading), as: format, isSafe: safe)
  }
}
