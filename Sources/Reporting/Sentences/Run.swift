import Domain

/// The headline and the tiles of the report on a run, an array, a job, or any chosen jobs.
extension Sentence {
  static let run = [
    runHeadline, runChosen, runLede, runTotal, runCost, runOnDemand, runOnDemandDetail, runBill,
    runBillDetail, runLostDetail, runFailedDetail, runPerJobDetail,
  ]

  private static let runHeadline = Sentence("run-headline") { facts in
    let row = try facts["run-summary"]
    guard try row.known("jobs") else { return "No jobs were chosen" }
    let subject = try subject(row)
    let sentence = subject.prefix(1).uppercased() + subject.dropFirst()
    guard try row.known("cost_usd") else {
      guard try row.some("attempts") else { return "Nothing of \(subject) has run" }
      if try row.known("bill_usd") { return "\(sentence) cost \(try bill(row)), as the bill divides it" }
      return "What \(subject) cost is unknown: no \(try missing(row)) is known"
    }
    let isAbout = try row.cell("kind").plain == "run" && row.some("is_about")
    let areCents = try row.counts("cost_usd")
    // So that the cost of what has a price is not taken for that of everything.
    let lacks = try row.number("is_priced") == 0
    let bound = lacks ? "at least " : isAbout && areCents ? "about " : ""
    let cost = "\(bound)\(try row.text("cost_usd", as: format(row)))"
    let isOver = try row.known("stopped_at")
    let start =
      "\(sentence) \(try isOver ? "cost" : areMany(row) ? "have cost" : "has cost") \(cost)\(isOver ? "" : " so far")"
    guard try row.known("spot_usd") else { return "\(start); what ran on Spot has no price" }
    guard try row.some("spot_hosts") else { return "\(start), none of it on Spot" }
    guard try row.some("lost_attempts") else { return "\(start); nothing was lost on Spot" }
    guard try row.known("lost_usd") else { return "\(start); what was lost on Spot is unknown" }
    if try row.counts("lost_usd") {
      return "\(start); \(try row.text("lost_usd", as: format(row))) of it was lost on Spot"
    }
    return try row.some("lost_usd")
      ? "\(start); less than a cent of it was lost on Spot"
      : "\(start); \(row.count("lost_attempts", "attempts")) lost on Spot cost nothing"
  }

  /// What nobody knows where attempts ran and nothing of them has a cost.
  private static func missing(_ row: FactRow) throws -> String {
    if try row.number("unplaced_attempts") ?? 0 >= row.number("attempts") ?? 0 { return "host" }
    return try row.some("unpriced_seconds") ? "price" : "running time of its hosts"
  }

  /// Whether the report is on several runs or jobs.
  static func areMany(_ row: FactRow) throws -> Bool {
    switch try row.cell("kind").plain {
    case "runs": true
    case "jobs": try row.number("jobs") != 1
    default: false
    }
  }

  /// Cents matter up to a thousand dollars.
  private static func format(_ row: FactRow, _ column: String = "cost_usd") throws -> Format {
    abs(try row.number(column) ?? 0) < 1000 ? .usdCents : .usd
  }

  private static func its(_ row: FactRow) throws -> String { try areMany(row) ? "their" : "its" }

  /// `run brave_hopper of etl`, `a run of nf-core/sarek`, `these two runs of etl and report`, `array align`, `child 1 of
  /// array align`, `job align`, `these 12 jobs`.
  private static func subject(_ row: FactRow) throws -> String {
    switch try row.cell("kind").plain {
    case "run":
      if try row.some("is_about") { return "a run of \(try row.name("workflow"))" }
      let (name, workflow) = (try row.name("name"), try row.name("workflow"))
      let isAlone = try name == workflow || workflow == row.name("client")
      let plain = try row.cell("name").plain
      let short = isUUID(plain) ? String(plain.prefix(8)) : name
      return isAlone ? "run \(short)" : "run \(short) of \(workflow)"
    case "runs":
      let runs = "these \(try row.words("runs")) runs"
      switch try row.number("workflows") ?? 0 {
      case 1: return "\(runs) of \(try row.name("first_workflow"))"
      case 2: return "\(runs) of \(try row.name("first_workflow")) and \(try row.name("last_workflow"))"
      default: return "\(runs) of \(try row.words("workflows")) workflows"
      }
    case "array": return "array \(try row.name("name"))"
    case "job": return "job \(try row.name("name"))"
    case "child": return try "\(part("child", row)) of array \(row.name("name"))"
    case "node": return try "\(part("node", row)) of job \(row.name("name"))"
    default:
      return try row.number("jobs") == 1 ? "this job" : "these \(try row.integer("jobs")) jobs"
    }
  }

  /// `child 1`; its number is not shown where names are replaced.
  private static func part(_ word: String, _ row: FactRow) throws -> String {
    try row.known("part") ? "\(word) \(row.name("part"))" : "one \(word)"
  }

  /// A headline has no room for one: its beginning stands for it.
  private static func isUUID(_ name: String) -> Bool {
    name.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12] && name.allSatisfy { $0.isHexDigit || $0 == "-" }
  }

  /// Where the headline does not name all of what was chosen.
  private static let runChosen = Sentence("run-chosen") { facts in
    let row = try facts["run-summary"]
    return try ["runs", "jobs"].contains(row.cell("kind").plain) || isUUID(row.cell("name").plain) ? "Chosen:" : ""
  }

  private static let runLede = Sentence("run-lede") { facts in
    let row = try facts["run-summary"]
    guard try row.some("jobs") else { return "" }
    let steps = try row.number("steps") ?? 1 > 1 ? " of \(try row.integer("steps")) steps" : ""
    let hosts = try hosts(facts)
    var said = [
      "\(try row.count("jobs", "jobs"))\(steps)\(hosts), \(try row.known("stopped_at") ? "from" : "since") "
        + "\(try row.text("created_at", as: .instant))"
        + (try row.known("stopped_at") ? " to \(row.text("stopped_at", as: .instant))" : "")
        + "\(try outcome(row))."
    ]
    if try row.counts("failed_usd") {
      let rerun =
        try row.counts("rerun_usd") ? ", \(rerun(row)) of it for work that was run again" : ""
      said.append("Retried and failed attempts cost \(try row.text("failed_usd", as: .usdCents))\(rerun).")
    }
    if try row.counts("host_share_usd") {
      let its = try its(row)
      said.append("Not included: \(its) share of unused capacity on \(its) hosts, \(try row.usd("host_share_usd")).")
    }
    if try row.known("bill_free_usd"), try !row.known("cost_usd") {
      said.append(
        "Not included: \(try row.text("bill_free_usd", as: .usdCents)) of unused capacity on their "
          + "hosts, by the bill.")
    }
    if try row.some("unplaced_attempts") {
      let unplaced = try row.number("unplaced_attempts")
      if try unplaced == row.number("attempts") {
        let its = try its(row)
        said.append("\(its.capitalizedFirst) attempts ran on unknown hosts, so \(its) steps have no cost.")
      } else {
        said.append(
          "\(try row.count("unplaced_attempts", "attempts")) ran on "
            + "\(unplaced == 1 ? "an unknown host and is" : "unknown hosts and are") not in this cost.")
      }
    }
    if try row.some("later_attempts") {
      let isOne = try row.number("later_attempts") == 1
      said.append(
        "\(try row.count("later_attempts", "attempts")) \(isOne ? "is" : "are") said to start after the collection: not "
          + "charged yet.")
    }
    if try row.some("unpriced_seconds") {
      said.append(
        "\(try row.text("unpriced_seconds", as: .duration)) of \(try its(row)) time has no price and is not in this cost."
      )
    }
    if let change = try comparison(facts) { said.append(change) }
    if try row.some("is_about") {
      said.append("Its client names no run, so it is inferred from times, and approximate.")
    }
    return said.joined(separator: " ")
  }

  private static func rerun(_ row: FactRow) throws -> String {
    let rest = try (row.number("failed_usd") ?? 0) - (row.number("rerun_usd") ?? 0)
    return try rest < 0.005 ? "all" : row.text("rerun_usd", as: .usdCents)
  }

  /// Compared with the runs before it: `A job cost 12% less than in the five runs before.`
  private static func comparison(_ facts: Facts) throws -> String? {
    guard let row = try facts.rows("run-earlier").last, let change = try row.number("change") else { return nil }
    let before = try facts.rows("run-earlier").count - 1
    let runs = before == 1 ? "the run before" : "the \(wordsOfNumber(Double(before))) runs before"
    if abs(change) < 0.005 { return "A job cost as much as in \(runs)." }
    return "A job cost \(try against(row)) in \(runs)."
  }

  /// `12% less than`; `4.5 times as much as` from double on.
  static func against(_ row: FactRow) throws -> String {
    let change = try row.number("change") ?? 0
    if change >= 1 { return "\(try row.text("times", as: .decimal1)) times as much as" }
    return "\(try row.amount("change", as: .percent)) \(change < 0 ? "less" : "more") than"
  }

  private static func bill(_ row: FactRow) throws -> String {
    try row.text("bill_usd", as: format(row, "bill_usd"))
  }

  private static let runBill = Sentence("run-bill") { facts in try bill(facts["run-summary"]) }

  private static let runBillDetail = Sentence("run-bill-detail") { facts in
    "and \(try facts["run-summary"].text("bill_free_usd", as: .usdCents)) of free capacity"
  }

  /// After the headline, in brackets.
  private static let runTotal = Sentence("run-total") { facts in
    let row = try facts["run-summary"]
    guard try row.some("jobs") else { return "" }
    let hosts = try hosts(facts)
    return "\(try row.count("jobs", "jobs"))\(hosts), \(try row.text("seconds", as: .duration))\(try outcome(row))"
  }

  /// ` on 14 hosts`; tasks of Fargate have no hosts that anybody sees.
  private static func hosts(_ facts: Facts) throws -> String {
    let row = try facts["run-summary"]
    guard try row.some("hosts") else { return "" }
    let kinds = Set(try facts.rows("run-timeline").map { try $0.cell("kind").plain })
    let isFargate =
      kinds.contains { $0.hasPrefix("fargate") } && kinds.isDisjoint(with: ["spot", "on-demand", "other"])
    return isFargate ? " on Fargate" : " on \(try row.count("hosts", "hosts"))"
  }

  private static func outcome(_ row: FactRow) throws -> String {
    var parts: [String] = []
    if try row.some("failed_jobs") { parts.append("\(try row.integer("failed_jobs")) failed") }
    if try row.some("unfinished_jobs") { parts.append("\(try row.integer("unfinished_jobs")) not over") }
    return parts.isEmpty ? "" : "; " + enumeration(parts)
  }

  private static let runCost = Sentence("run-cost") { facts in try dollars("cost_usd", facts) }
  private static let runOnDemand = Sentence("run-on-demand") { facts in try dollars("on_demand_usd", facts) }

  private static func dollars(_ column: String, _ facts: Facts) throws -> String {
    let row = try facts["run-summary"]
    return try row.text(column, as: format(row, column))
  }

  private static let runOnDemandDetail = Sentence("run-on-demand-detail") { facts in
    let row = try facts["run-summary"]
    let (now, listed) = (try row.number("compared_usd") ?? 0, try row.number("on_demand_usd") ?? 0)
    guard listed > 0 else { return "" }
    let saved = (listed - now) / listed
    return saved < 0.005
      ? "no saving"
      : "\(facts.number(.real(saved), of: "run-summary", as: "saved_share", .percent)) less was paid"
  }

  private static let runLostDetail = Sentence("run-lost-detail") { facts in
    let row = try facts["run-summary"]
    return try row.some("lost_attempts") ? "\(row.count("lost_attempts", "attempts"))" : "no attempt was lost"
  }

  private static let runFailedDetail = Sentence("run-failed-detail") { facts in
    let row = try facts["run-summary"]
    guard try row.counts("failed_usd") else {
      if try row.some("failed_usd") { return "less than a cent" }
      if try row.some("failed_attempts") { return try row.count("failed_attempts", "attempts") }
      return try row.some("failed_jobs") ? "what failed never ran" : "no attempt failed"
    }
    return try row.counts("rerun_usd") ? "\(row.text("rerun_usd", as: .usdCents)) run again" : "nothing run again"
  }

  private static let runPerJobDetail = Sentence("run-per-job-detail") { facts in
    let row = try facts["run-summary"]
    return "\(try row.count("jobs", "jobs"))\(try outcome(row))"
  }
}
