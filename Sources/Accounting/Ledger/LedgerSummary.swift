import Domain
import Store

/// The counts of a ledger build, all of the whole ledger except those that name changes.
package struct LedgerSummary: Equatable, Sendable {
  /// Also those of which no cost is known.
  package var instances = 0
  package var fargateTasks = 0
  package var trainingJobs = 0
  /// With unplaced ones.
  package var attempts = 0
  /// Attempts whose instance is unknown: they bear no cost.
  package var unplaced = 0
  package var postings = 0
  /// What is billed in US dollars.
  package var cost = Money.zero
  /// What is billed in CNY.
  package var costInCNY = Money.zero
  /// Resources for some of whose time there is no price.
  package var unpriced = 0
  /// Rows of `ledger_finding`.
  package var findings = 0
  /// This build computed everything, not only what changed.
  package var isWhole = false
  /// Resources whose rows changed.
  package var changedResources = 0
  /// The days that changed; nil for all.
  package var changedDays: Set<Day>? = []

  /// Whether nothing has run.
  package var isEmpty: Bool { instances + fargateTasks + trainingJobs == 0 }
}

extension LedgerSummary {
  /// The counts of the last build, for a build without changes.
  init(storedIn connection: Connection) throws {
    self.init()
    try connection.each("SELECT name, value FROM ledger_summary") { (name: String, value: Int64) in
      switch name {
      case "instances": instances = Int(value)
      case "fargate-tasks": fargateTasks = Int(value)
      case "training-jobs": trainingJobs = Int(value)
      case "attempts": attempts = Int(value)
      case "unplaced": unplaced = Int(value)
      case "postings": postings = Int(value)
      case "cost": cost = Money(nanodollars: value)
      case "cost-cny": costInCNY = Money(nanodollars: value)
      case "unpriced": unpriced = Int(value)
      case "findings": findings = Int(value)
      default: break
      }
    }
  }

  func store(_ connection: Connection) throws {
    let statement = try connection.prepare("INSERT OR REPLACE INTO ledger_summary VALUES (?, ?)")
    let counts = [
      ("instances", instances), ("fargate-tasks", fargateTasks), ("training-jobs", trainingJobs),
      ("attempts", attempts), ("unplaced", unplaced),
      ("postings", postings), ("cost", Int(cost.nanodollars)),
      ("cost-cny", Int(costInCNY.nanodollars)), ("unpriced", unpriced), ("findings", findings),
    ]
    for (name, count) in counts {
      statement.bind(name, Int64(count))
      try statement.run()
    }
  }
}
