import Accounting
import ArgumentParser
import Collect
import Domain
import Store

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the ledger for other tools.",
    discussion: """
      focus: FOCUS 1.2, the cost of Batch allocated to jobs; a row is a posting and day, and the rows of a charge add up
      to it. Columns that begin with x_ name the job, its queue and the kind of unused capacity. ListCost adds up to
      on_demand_usd + left_out_usd of the query totals.

        $ batchcost export --format focus --from 2026-10-26 --to 2026-11-01 --output focus.csv.gz
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case focus
  }

  @Option(help: "focus.") var format: Format
  @OptionGroup var period: PeriodOptions
  @Option(help: "The file to write, gzipped where it ends in .gz; - for standard output.") var output: String
  @Flag(inversion: .prefixedNo, help: "Put ' before names in x_ columns that a spreadsheet would take for a formula.")
  var safe = true
  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let file = output == "-" ? nil : try PackedFile(path: output)
    let (summary, unlisted) = try database.openForReading().read { connection in
      let days = try period.period(connection)
      let totals = try connection.rows(try QueryLibrary().query("totals"), parameters: days.parameters)
      let summary = try FocusExport.write(connection, from: days.from, to: days.to, isSafe: safe) { bytes in
        if let file { try file.write(bytes) } else { try Console.data(bytes) }
      }
      return (summary, totals.rows.isEmpty ? .null : totals[0, "left_out_usd"])
    }
    try file?.close()
    var text = "wrote \(summary.rows) rows, $\(summary.cost)"
    if summary.unpricedMilliseconds > 0 {
      text += "; \(summary.unpricedMilliseconds / 1000) billed seconds have no price and no row"
    }
    if case .money(let amount) = unlisted, amount > .zero {
      text += "; $\(amount) have no On-Demand price to be listed at: their ListCost is their cost"
    }
    Console.message(text)
  }
}
