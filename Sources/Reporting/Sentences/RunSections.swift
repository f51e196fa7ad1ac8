import Domain

/// The titles and notes of the sections of a run's report: timeline, steps, what it waited for, what failed.
extension Sentence {
  static let runSections = [
    runLanesTitle, runGatheredTitle, runColours, runStepsTitle, runEarlierTitle, runEarlierAbout, runHeading,
    runCreated, runPathTitle, runStragglersTitle, runStragglersSubtitle, runLikely, runFailuresTitle, runSizesTitle,
    runScenariosTitle, runScenario, runDays, runFoot,
  ]

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
    // What passed before a job was submitted is its client's.
    func own(_ row: FactRow) throws -> Double {
      try (row.number("queued_seconds") ?? 0) + (row.number("ran_seconds") ?? 0)
    }
    func share(_ part: Double, _ name: String) -> String {
      facts.number(.real(part), of: "run-critical-path", as: name, .percent)
    }
    let client = try rows.reduce(0) { try $0 + ($1.number("submit_seconds") ?? 0) }
    let all = try rows.reduce(client) { try $0 + own($1) }
    guard all > 0, let longest = try rows.max(by: { try own($0) < own($1) }) else { return "What it waited for" }
    let most = try own(longest)
    if client > most, client / all >= 0.1 {
      return "It waited for its client to submit jobs, \(share(client / all, "client_share")) of its time"
    }
    guard most / all >= 0.1 else { return "What it waited for" }
    return "It waited for \(try step(longest)), \(share(most / all, "own_share")) of its time"
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
