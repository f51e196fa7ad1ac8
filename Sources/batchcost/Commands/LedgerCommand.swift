import Accounting
import ArgumentParser
import Domain
import Insights
import Store

struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Build the ledger anew, or check that it adds up.",
    subcommands: [Build.self, Check.self])

  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compute the ledger from what was collected.",
      discussion: """
        `collect` does this by itself; build it again to change weights or the Spot price rule.

          $ batchcost ledger build --weights cpu-only
        """)

    @OptionGroup var ledger: LedgerOptions
    @Option(help: "Stands in for the time of collection, such as 2026-11-02T05:20:00Z.") var asOf: Instant?
    @OptionGroup var database: DatabaseOptions

    func run() throws {
      let database = try database.open()
      let summary = try Ledger.build(database, settings: ledger.settings(asOf: asOf))
      try RightSizing.build(database)
      Console.message(summary.sentence)
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check that the ledger adds up; exits 3 if not.",
      discussion: "  $ batchcost ledger check")

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      let failures = try database.openForReading().read { connection in
        try LedgerCheck.all.flatMap { check in
          let failures = try check.run(connection)
          let verdict = failures.isEmpty ? "holds" : "broken, \(failures.count)×"
          Console.result("\(check.name): \(check.rule) — \(verdict)\n")
          return failures
        }
      }
      for failure in failures { Console.message(failure.message) }
      if !failures.isEmpty { throw ExitStatus.found.error }
    }
  }
}

extension LedgerSummary {
  /// What a build did, for standard error.
  var sentence: String {
    let left = unplaced == 0 ? "" : ", \(unplaced) attempts without a known instance"
    return "ledger: \(instances) instances, \(fargateTasks) Fargate tasks, \(attempts) attempts, \(postings) postings; "
      + "$\(cost) charged\(left)"
  }
}
