import Accounting
import ArgumentParser
import Collect
import Domain
import Insights
import Reporting
import Store

struct ReconcileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Compare the ledger with the bill, and name every difference.",
    discussion: """
      Reads Cost and Usage Reports (2.0 and legacy, CSV or Parquet), FOCUS exports and the Spot data feed: files, or \
      folders with their manifests. Importing a bill again replaces it. Where a bill covers an instance, its effective \
      cost replaces the ledger's estimate. A bill is refused if more than one row in ten cannot be read, or if \
      it covers less than the one imported before, which then stays. Without --bill, compares with what was imported before.

        $ batchcost reconcile --bill exports/ --bill spot-feed/
        $ batchcost reconcile --max-unexplained 1%
      """.paragraphs)

  @Option(help: "A bill: a file, or a folder with everything in it; may be repeated.") var bill: [String] = []
  @OptionGroup var edition: BillEditionOption
  @OptionGroup var period: PeriodOptions
  @OptionGroup var output: FormatOptions
  @Option(
    help: """
      Exit with status 3 if more than this share of the bill has no explanation, such as 1%; with 1 if no line of it \
      could be compared with the ledger.
      """)
  var maxUnexplained: Share?
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    let database = try await importedDatabase()
    let (statement, evidence, reach, currency, covered) = try database.read { connection in
      let library = QueryLibrary()
      let days = try days(connection)
      return (
        try connection.rows(try library.query("bill-difference"), parameters: days.parameters),
        try connection.rows(try library.query("spot-price-rule"), parameters: days.parameters),
        try BillReach(connection, from: days.from, to: days.to),
        try BillCurrency.of(connection) ?? .usd, days
      )
    }
    if !statement.isEmpty {
      output.show(output.format.isForReading ? BillStory.forReading(statement) : statement, in: currency)
    }
    if output.format == .table {
      for line in BillStory.evidence(evidence) { Console.result(line + "\n") }
    }
    if reach.held == 0 {
      Console.message(BillStory.nothingHeld(reach))
      if maxUnexplained != nil || (bill.isEmpty && statement.isEmpty) { throw ExitStatus.failed }
      return
    }
    let unexplained = BillStory.unexplained(statement, in: currency)
    Console.message("unexplained: \(unexplained.text) of the bill's effective cost of Batch, \(covered.words)")
    if let limit = maxUnexplained, unexplained.share > limit.value { throw ExitStatus.found }
  }

  /// The period that was asked for. Open ends come from the billed time, which may begin before the ledger.
  private func days(_ connection: Connection) throws -> Period {
    var days = try period.openPeriod(connection)
    guard period.week == nil, let billed = try Reconciliation.billedDays(connection) else { return days }
    if period.from == nil { days.from = billed.from }
    if period.to == nil { days.to = billed.to }
    return days
  }

  private func importedDatabase() async throws -> Database {
    if bill.isEmpty { return try database.openForReading() }
    let database = try await database.filling { try await importBills(bill, into: $0, edition) }
    try ledger.build(database)
    return database
  }
}

struct BillEditionOption: ParsableArguments {
  @Flag(help: "Import a bill that covers less than the one imported before: an older edition, or a part of it.")
  var olderBill = false
}

/// Imports bills. Build the ledger afterwards.
func importBills(_ paths: [String], into database: Database, _ edition: BillEditionOption) async throws {
  let progress = ProgressLine()
  let summary = try await BillImporter(mayBeOlder: edition.olderBill).importBills(paths: paths, database: database) {
    progress.show("reading \($0)")
  }
  progress.clear()
  Console.message(summary.sentence)
}

/// `1%` or `0.01`.
struct Share: ExpressibleByArgument {
  var value: Double

  init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    guard let number = Double(isPercent ? String(argument.dropLast()) : argument), number >= 0, number.isFinite else {
      return nil
    }
    value = isPercent ? number / 100 : number
  }
}

extension BillSummary {
  /// What an import did, for standard error.
  var sentence: String {
    var parts = bills.map { bill in
      let payer = bill.payer.isEmpty ? "" : " of \(bill.payer)"
      return "\(bill.format) \(bill.period)\(payer)\(bill.isNew ? "" : " (replaced)"): "
        + "\(bill.kept) of \(counted(bill.rows, "lines")) \(bill.kept == 1 ? "is" : "are") for Batch"
    }
    parts.insert("read \(counted(files, "files")), \(counted(rows, "rows"))", at: 0)
    if feedRows > 0 { parts.append("Spot data feed: \(counted(feedRows, "instance-hours"))") }
    if unread > 0 { parts.append("\(counted(unread, "rows")) could not be read") }
    if notes > 0 { parts.append("\(counted(notes, "findings")) (`batchcost query findings`)") }
    return parts.joined(separator: "; ")
  }
}
