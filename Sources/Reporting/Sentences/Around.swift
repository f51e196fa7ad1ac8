/// Costs around jobs: logs, file systems, data transfer.
extension Sentence {
  static let around = [weeklyAroundTitle, aroundRest, aroundKind, runAroundTitle]

  /// Empty if nothing is attributed to jobs.
  private static let weeklyAroundTitle = Sentence("weekly-around-title") { facts in
    let rows = try facts.rows("around-jobs").filter { try $0.known("job_queue") }
    guard let first = rows.first, try first.counts("attributed_usd") else { return "" }
    let part = "\(try first.aroundKind) of \(try first.name("job_queue"))"
    return "\(try first.usd("attributed_usd")) more was spent around the jobs"
      + (rows.count == 1 ? ", all of it on \(part)" : "; \(part) took the largest part")
  }

  /// Under the table of attributed costs.
  private static let aroundRest = Sentence("weekly-around-rest") { facts in
    guard let rest = try facts.notAttributed else { return "" }
    return "The bill of these accounts has \(rest.amount) more of this kind, attributed to no job: \(rest.kinds)."
  }

  /// In the report on a run. Empty if nothing is attributed to its jobs.
  private static let runAroundTitle = Sentence("run-around-title") { facts in
    let rows = try facts.rows("run-around")
    guard let first = rows.first, try first.counts("total_usd") else { return "" }
    let them = try facts["run-summary"].number("jobs") == 1 ? "it" : "them"
    return "\(try first.text("total_usd", as: .usdCents)) more was spent around \(them)"
      + (rows.count == 1
        ? ", all of it on \(try first.aroundKind)" : "; \(try first.aroundKind) took the largest part")
  }

  /// For a row of the table: `Logs`.
  private static let aroundKind = Sentence("around-kind") { facts in try facts.row.aroundKind.capitalizedFirst }
}

extension Facts {
  /// Costs around jobs in these accounts that are attributed to none; nil if they print as nothing.
  var notAttributed: (amount: String, kinds: String)? {
    get throws {
      let rows = try rows("around-jobs").filter { try !$0.known("job_queue") && $0.counts("billed_usd") }
      guard let first = rows.first, try first.counts("unattributed_usd") else { return nil }
      return (
        try first.usd("unattributed_usd"),
        enumeration(try rows.map { "\(try $0.aroundKind) \(try $0.usd("billed_usd"))" })
      )
    }
  }
}

extension FactRow {
  fileprivate var aroundKind: String {
    get throws {
      switch try cell("kind").plain {
      case "logs": "logs"
      case "nat": "NAT gateways"
      case "cross-zone": "transfer between zones"
      case "data-transfer": "other data transfer"
      case "s3": "S3"
      case "efs": "EFS"
      case "fsx": "FSx"
      case let other: other
      }
    }
  }
}
