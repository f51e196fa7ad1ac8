import Domain

/// The sentences of the report on a run, an array, a job, or any chosen jobs.
extension Sentence {
  static let run = [
    runHeadline, runChosen, runLede, runTotal, runCost, runOnDemand, runOnDemandDetail, runHeading, runCreated, runBill,
    runBillDetail, runLostDetail, runFailedDetail,
    runPerJobDetail,
    runLanesTitle, runGatheredTitle, runColours, runStepsTitle, runEarlierTitle, runEarlierAbout, runPathTitle,
    runStragglersTitle, runStragglersSubtitle, runFailuresTitle, runLikely, runSizesTitle, runScenariosTitle,
    runScenario, runFoot, runDays,
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

  private static func areMany(_ row: FactRow) throws -> Bool {
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
  private static func against(_ row: FactRow) throws -> String {
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

  private static let runLanesTitle = Sentence("run-lanes-title") { facts in
    let rows = try facts.rows("run-timeline")
    guard let first = rows.first, try !first.some("is_gathered") else { return "" }
    return try title(of: facts)
  }

  private static let runGatheredTitle = Sentence("run-gathered-title") { facts in
    let rows = try facts.rows("run-timeline")
    guard let first = rows.first, try first.some("is_gathered") else { return "" }
    return try title(of: facts)
  }

  /// The colours of the bars, for those in the figure.
  private static let runColours = Sentence("run-colours") { facts in
    let kinds = Set(try facts.rows("run-timeline").map { try $0.cell("kind").plain })
    let words: KeyValuePairs<String, String> = [
      "spot": "gold: Spot", "on-demand": "blue: On-Demand", "fargate": "violet: Fargate",
      "fargate-spot": "light violet: Fargate Spot", "other": "dark: other purchase options",
    ]
    var said = words.filter { kinds.contains($0.key) }.map(\.value)
    let isGathered = try facts["run-timeline"].some("is_gathered")
    if isGathered, kinds.contains("failed") || kinds.contains("lost") {
      said.append("red: retried, failed or lost with its Spot host")
    } else if kinds.contains("lost") {
      said.append("red: retried or failed, tick: lost with its Spot host")
    } else if kinds.contains("failed") {
      said.append("red: retried or failed")
    }
    return said.isEmpty ? "" : "; " + said.joined(separator: ", ")
  }

  private static func title(of facts: Facts) throws -> String {
    let row = try facts["run-summary"]
    let length = try row.text("seconds", as: .duration)
    let isOver = try row.known("stopped_at")
    guard try areMany(row) else { return isOver ? "It took \(length)" : "It has taken \(length)" }
    return isOver ? "They took \(length)" : "They have taken \(length)"
  }

  private static let runStepsTitle = Sentence("run-steps-title") { facts in
    let rows = try facts.rows("run-steps")
    guard rows.count > 1, let first = rows.first, try first.some("share"),
      try first.number("share") ?? 0 < 0.995 || rows.allSatisfy({ try $0.known("cost_usd") })
    else { return "What its steps cost" }
    return "\(try step(first)) is \(try first.text("share", as: .fraction)) of the cost"
  }

  /// Names of Nextflow processes can be three lines long, and differ at the end.
  private static func step(_ row: FactRow) throws -> String {
    let name = try row.name("step")
    guard name.count > 44 else { return name }
    // From the last word that leaves enough of it.
    let end = name.suffix(44)
    let word = end.firstIndex { ":_-./ ".contains($0) }.map { end[end.index(after: $0)...] } ?? end
    return "…\(word.count >= 12 ? word : end.suffix(40))"
  }

  private static let runEarlierTitle = Sentence("run-earlier-title") { facts in
    guard let row = try facts.rows("run-earlier").last else { return "" }
    guard let change = try row.number("change"), abs(change) >= 0.005 else { return "The runs before it" }
    let per =
      "\(try row.text("cost_per_job_usd", as: row.number("cost_per_job_usd") ?? 0 < 0.1 ? .usd : .usdCents)) a job"
    return "\(per), \(try against(row)) before"
  }

  private static let runEarlierAbout = Sentence("run-earlier-about") { facts in
    let about =
      try facts["run-summary"].some("is_about")
      ? ". Its client names no runs: they are inferred from times, and approximate" : ""
    let bound = try costIsAtLeast(facts.rows("run-earlier"))
    return about + (bound.isEmpty ? "" : "; \(bound)")
  }

  /// The heading of what follows.
  private static let runHeading = Sentence("run-heading") { facts in
    let waited = try !path(facts).isEmpty
    let failed = try !facts.rows("retry-cost-by-job-definition").isEmpty
    if waited { return failed ? "What it waited for, and what failed" : "What it waited for" }
    return failed ? "What failed" : "How long jobs took, and what they used"
  }

  /// Jobs that waited for each other; empty for several runs, where this is not known.
  private static func path(_ facts: Facts) throws -> [FactRow] {
    let rows = try facts.rows("run-critical-path")
    return try rows.count < 2 || areMany(facts["run-summary"]) ? [] : rows
  }

  /// With its day if there are several days.
  private static let runCreated = Sentence("run-created") { facts in
    let isOfDays = try facts["run-summary"].number("seconds") ?? 0 > 86_400
    return try facts.row.text("created_at", as: isOfDays ? .instant : .time)
  }

  private static let runPathTitle = Sentence("run-path-title") { facts in
    let rows = try path(facts)
    guard !rows.isEmpty else { return "" }
    let longest = try rows.max { try $0.number("share") ?? 0 < $1.number("share") ?? 0 }
    guard let longest, try longest.number("share") ?? 0 >= 0.1 else { return "What it waited for" }
    return "It waited for \(try step(longest)), \(try longest.percent("share")) of its time"
  }

  private static let runStragglersTitle = Sentence("run-stragglers-title") { facts in
    let rows = try facts.rows("run-stragglers")
    guard !rows.isEmpty else { return "" }
    return rows.count == 1
      ? "One job took at least twice as long as others of its step"
      : "\(facts.number(.integer(Int64(rows.count)), of: "run-stragglers", as: "rows")) jobs took at least twice as long as others of their step"
  }

  private static let runStragglersSubtitle = Sentence("run-stragglers-subtitle") { facts in
    let rule = "Jobs that ran at least twice as long as the median of their step, and at least a minute longer"
    return try facts.rows("run-stragglers").count > 8 ? "\(rule); the eight that differ most" : rule
  }

  /// How certain re-runs by a client are.
  private static let runLikely = Sentence("run-likely") { facts in
    let row = try facts["run-summary"]
    guard try row.counts("likely_usd") else { return "" }
    return ", \(try row.text("likely_usd", as: .usdCents)) of it probably, inferred from step and time alone"
  }

  private static let runFailuresTitle = Sentence("run-failures-title") { facts in
    let row = try facts["run-summary"]
    guard try !facts.rows("retry-cost-by-job-definition").isEmpty else { return "" }
    return try row.counts("failed_usd")
      ? "\(row.text("failed_usd", as: .usdCents)) of retried and failed attempts" : "What failed"
  }

  private static let runSizesTitle = Sentence("run-sizes-title") { facts in
    let measured = try facts.rows("run-steps").filter { try $0.known("memory_gib_used") || $0.known("vcpus_used") }
    guard !measured.isEmpty else { return "" }
    return "What it asked for, and what it used"
  }

  private static let runScenariosTitle = Sentence("run-scenarios-title") { facts in
    let rows = try facts.rows("run-scenarios")
    let changes = try rows.compactMap { row in
      try row.number("change_usd").map { (row, $0) }
    }
    guard let cheapest = changes.min(by: { $0.1 < $1.1 }), let dearest = changes.max(by: { $0.1 < $1.1 }) else {
      return ""
    }
    guard try rows.contains(where: { try $0.counts("cost_usd") }) else { return "What it would have cost otherwise" }
    if cheapest.1 < -0.005 {
      return "\(try scenario(cheapest.0)), it would have cost \(try cheapest.0.amount("change_usd")) less"
    }
    if dearest.1 > 0.005 {
      return "\(try scenario(dearest.0)), it would have cost \(try dearest.0.amount("change_usd")) more"
    }
    return try rows.contains { try $0.some("unknown_usd") }
      ? "No other price is known for those hours" : "Other purchase options would have cost about the same"
  }

  private static func scenario(_ row: FactRow) throws -> String {
    switch try row.cell("scenario").plain {
    case "on-demand": "All On-Demand"
    case "spot": "All on Spot"
    default: "As it ran"
    }
  }

  private static let runScenario = Sentence("run-scenario") { facts in try scenario(facts.row) }

  /// The days from its first job to the end of its last, or to the collection if it is not over: for the page header.
  private static let runDays = Sentence("run-days") { facts in
    let row = try facts["run-summary"]
    guard let start = try row.instant("created_at") else { return "" }
    let end = try row.instant("stopped_at") ?? row.instant("collected_at") ?? start
    return facts.formatter.period(from: start.day, to: max(start, end).day + 1)
  }

  private static let runFoot = Sentence("run-foot") { facts in
    "Attempts and startup, without unused cost of hosts"
  }
}
