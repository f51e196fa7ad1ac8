import Accounting
import ArgumentParser
import Collect
import Domain
import Insights
import Reporting
import Store

struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Rebuild the ledger, check that it adds up, or explain one cost.",
    subcommands: [Build.self, Check.self, Explain.self, Fingerprint.self])

  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compute the ledger from what was collected.",
      discussion: """
        `collect` does this by itself; build it again to change weights or the Spot price rule. Only what depends
        on changed facts is computed again.

          $ batchcost ledger build --weights cpu-only
        """.paragraphs)

    @OptionGroup var ledger: LedgerOptions
    @Option(help: "Use this as the time of collection, such as 2026-11-02T05:20:00Z.") var asOf: Instant?
    @Flag(help: "Compute everything again, even if nothing changed.") var anew = false
    @OptionGroup var database: DatabaseOptions

    func run() throws { try ledger.build(try database.openExisting(), asOf: asOf, anew: anew) }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check that the ledger adds up; exits 3 if not.",
      discussion: "  $ batchcost ledger check")

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      let results = try database.openForReading().read { try LedgerCheck.results($0) }
      for (check, failures) in results {
        let verdict = failures.isEmpty ? "holds" : "broken, \(failures.count)×"
        Console.result("\(check.name): \(check.rule) — \(verdict)\n")
      }
      let failures = results.flatMap(\.failures)
      for failure in failures { Console.message(failure.message) }
      if !failures.isEmpty { throw ExitStatus.found }
    }
  }
}

extension LedgerCommand {
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Print how the cost of an instance, a capacity reservation, a task, a job or a workflow run is computed.",
      discussion: """
        Running span and its sources, every charge with its price, what the bill says about it, every posting, and the
        sums. For a job, only the instance-hours in which it ran, with its share of each, and the postings to it.

          $ batchcost ledger explain i-0a9aafaaef2889d0e

        For a job that ran on several hosts, such as an array, the sums come first; for more than three hosts only the
        sums are printed, unless you pass --all. For a workflow run, the total and its most expensive jobs are printed.
        """.paragraphs)

    @Argument(help: "The id of an instance, a capacity reservation or a task, a job id or its first digits, or a run.")
    var subject: String
    @Flag(help: "Explain every instance and task of a job, however many.") var all = false
    @OptionGroup var database: DatabaseOptions

    func run() throws {
      let explained = try database.openForReading().read { try Explanations(of: subject, all: all, $0) }
      Console.result(explained.texts.joined(separator: "\n"))
      if explained.isShort {
        Console.message("for one of them: batchcost ledger explain ID; for all: --all")
      }
    }
  }
}

extension LedgerCommand {
  struct Fingerprint: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print digests of the collected data and of the ledger.",
      discussion: """
        The same facts give the same digests, whatever order they were collected in and however often.

          $ batchcost ledger fingerprint
        """.paragraphs)

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      let database = try database.openForReading()
      Console.result("facts   \(try fingerprint(database))\n")
      Console.result("ledger  \(try Ledger.fingerprint(database))\n")
    }
  }
}

extension LedgerSummary {
  /// What a build did, for standard error.
  var sentence: String {
    let left = unplaced == 0 ? "" : ", \(counted(unplaced, "attempts")) without a known instance"
    let part = isWhole || changedResources == 0 ? "" : "; \(counted(changedResources, "resources")) changed"
    let things = [
      counted(instances, "instances"), counted(fargateTasks, "Fargate tasks"),
      trainingJobs == 0 ? nil : counted(trainingJobs, "training jobs"), counted(attempts, "attempts"),
      counted(postings, "postings"),
    ]
    return "ledger: \(things.compactMap(\.self).joined(separator: ", ")); \(charged)\(left)\(part)"
  }

  /// In cents, and less where there are none: the queries have every digit.
  private static func amount(_ cost: Money, _ currency: Currency) -> String {
    let text = grouped(cost.dollars, places: 2)
    return cost > .zero && text == "0.00" ? "<\(currency.symbol)0.01" : currency.symbol + text
  }

  /// Each currency separately, and what lacks a price.
  private var charged: String {
    let parts = [(Currency.usd, cost), (.cny, costInCNY)].filter { $0.1 != .zero }.map { Self.amount($0.1, $0.0) }
    let lacking = unpriced == 0 ? "" : "\(counted(unpriced, "resources")) without a price"
    if parts.isEmpty, unpriced > 0 { return "nothing charged, \(lacking)" }
    return (parts.isEmpty ? "$0" : parts.joined(separator: " and ")) + " charged"
      + (lacking.isEmpty ? "" : ", \(lacking)")
  }
}
