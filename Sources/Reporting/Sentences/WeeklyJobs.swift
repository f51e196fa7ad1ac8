/// Unused capacity, jobs, retries and waits.
extension Sentence {
  static let weeklyJobs = [
    unusedTitle, reservedTitle, reservedSubtitle, heatTitle, heatSubtitle, retriesByQueue, retriesByDefinition,
    jobsHeading,
    dearestTitle, unitTitle,
    unitsAbout, heldTitle, runTitle, toldBy, runsAbout,
    retriesHeading, retriesTitle, retriesLikely, lostCaption, hiddenTitle, hiddenLikely, waitsTitle, waitsSubtitle,
  ]

  /// The largest kind of unused cost, and the environment with most of it.
  private static let unusedTitle = Sentence("weekly-unused-title") { facts in
    // A table of what nobody knows says nothing.
    let environments = try facts.rows("unused-cost")
    if try !environments.isEmpty && environments.allSatisfy({ try !$0.known("unused_usd") }) { return "" }
    if try facts.lacksJobs { return "Unused cost by kind, at most: no job was collected" }
    if try facts.lacksPlaces { return "Unused cost by kind, at most: some attempts ran on unknown instances" }
    let row = try facts["weekly-titles"]
    let kinds = [
      "boot": "Booting is", "packing": "Free space beside jobs is", "gap": "Gaps between jobs are",
      "tail": "Instances that outlived their jobs are", "idle": "Instances that ran nothing are",
      "reserved": "Reservations without an instance are",
    ]
    guard try row.some("top_unused_share"), let kind = kinds[try row.cell("top_unused_kind").plain] else {
      return "Unused cost by kind"
    }
    let most = "\(kind) \(try facts.share(row, "top_unused_share", of: "it"))"
    guard try facts.rows("unused-cost").count > 1, try row.known("top_environment") else { return most }
    let share = try row.share("top_environment_share")
    // "Two fifths are", but "a fifth is" and "48% is".
    return "\(most); \(share) \(share.hasSuffix("s") ? "are" : "is") in \(try row.name("top_environment"))"
  }

  private static let reservedTitle = Sentence("weekly-reserved-title") { facts in
    let row = try facts["weekly-titles"]
    guard try row.known("memory_share"), try !facts.lacksJobs else { return "" }
    if try facts.lacksPlaces { return "What jobs are known to reserve" }
    return "Jobs reserve \(try row.percent("memory_share")) of the memory that was paid for"
  }

  private static let reservedSubtitle = Sentence("weekly-reserved-subtitle") { facts in
    let gpus = try facts.rows("utilization").contains { try $0.known("gpu_share") } ? ", square GPU" : ""
    let environments = try facts.rows("utilization").count
    let left = environments > 16 ? "; the 16 of \(environments) that cost most" : ""
    return "Reserved share of capacity-time by compute environment: filled vCPU, hollow memory\(gpus)\(left)"
  }

  private static let heatTitle = Sentence("weekly-heat-title") { facts in
    let row = try facts["weekly-titles"]
    // A single day has nothing to compare it with.
    guard try row.known("reserved_min"), try !facts.lacksJobs,
      Set(try facts.rows("utilization-by-hour").map { try $0.cell("day") }).count > 1
    else {
      return ""
    }
    if try facts.lacksPlaces { return "vCPUs that jobs are known to reserve" }
    let (low, high) = (try row.percent("reserved_min"), try row.percent("reserved_max"))
    return low == high ? "\(low) of vCPUs were reserved" : "By day, \(low) to \(high) of vCPUs were reserved"
  }

  private static let heatSubtitle = Sentence("weekly-heat-subtitle") { facts in
    "vCPUs reserved ÷ vCPUs running, by UTC hour and day, all environments on EC2"
      + (facts.days > 31 ? "; the last 31 days" : "")
  }

  private static let jobsHeading = Sentence("weekly-jobs-heading") { facts in
    let row = try facts["weekly-titles"]
    return try row.known("top_ten_jobs_share") && !facts.isMostlyUnknown
      ? "Jobs: ten make up \(row.percent("top_ten_jobs_share")) of the work" : "Jobs and what they cost"
  }

  private static let dearestTitle = Sentence("weekly-dearest-title") { facts in
    let row = try facts["weekly-titles"]
    guard let jobs = try row.number("top_jobs"), let failed = try row.number("top_ten_failed"), jobs > 0 else {
      return try facts["totals"].known("cost_usd") ? "Most expensive jobs" : "Jobs"
    }
    // Others may be shown below, whose cost nobody knows.
    if try facts.rows("job-cost").prefix(10).contains(where: { try !$0.known("cost_usd") }) {
      return "Most expensive jobs"
    }
    if jobs == 1 {
      let what = try facts["job-cost"].known("children") ? "The only array of jobs" : "The only job"
      return failed == 1 ? "\(what) failed" : what
    }
    // There may be no others.
    let areAll = try jobs <= 10 && facts.rows("job-cost").count == Int(jobs)
    let which = "\(try row.words("top_jobs"))\(areAll ? "" : " most expensive") jobs"
    if jobs == 2, failed != 1 { return failed == 0 ? "Neither of the \(which) failed" : "Both jobs failed" }
    if failed == 0 { return "None of the \(which) failed" }
    return "\(failed == jobs ? "All" : try row.beginning("top_ten_failed")) of the \(which) failed"
  }

  private static let unitTitle = Sentence("weekly-unit-title") { facts in
    let row = try facts["outlook-titles"]
    // The table above already shows all jobs if there are few.
    if try facts["weekly-titles"].number("top_jobs") ?? 0 < 10, try !row.known("unit_definition") { return "" }
    guard try row.known("unit_definition") else { return "Cost per job by job definition" }
    return "A successful \(try row.name("unit_definition")) job costs \(try row.usd("unit_usd")), "
      + "\(try row.percent("unit_failed_share")) of it for those that failed"
  }

  private static let unitsAbout = Sentence("weekly-units-about") { facts in
    let isAny = try facts.rows("unit-costs").contains { try $0.some("unpriced_jobs") }
    return isAny ? "; cost per job and per success: of jobs whose cost is known" : ""
  }

  private static let heldTitle = Sentence("weekly-held-title") { facts in
    let row = try facts["outlook-titles"]
    guard try row.known("held_definition") else { return "Arrays and their last children" }
    return
      "One \(try row.name("held_definition")) array waited \(try row.text("held_seconds", as: .duration)) for its last "
      + "children, \(try row.percent("held_share")) of its run"
  }

  private static let runTitle = Sentence("weekly-run-title") { facts in
    let row = try facts["outlook-titles"]
    guard try row.known("run_name") else { return "Workflow runs" }
    guard try row.known("run_usd") else { return "What a run of \(try row.name("run_name")) cost is unknown" }
    let about = try row.number("run_is_priced") == 0 ? "at least " : row.some("run_is_about") ? "about " : ""
    return
      "A run of \(try row.name("run_name")) cost \(about)\(try row.usd("run_usd")) for \(try row.count("run_jobs", "jobs"))"
  }

  /// How it is known which jobs belong to a run: from its client, or from their times alone.
  private static let toldBy = Sentence("weekly-told-by") { facts in
    try facts.row.cell("confidence").plain == "about" ? "time" : facts.row.name("client")
  }

  private static let runsAbout = Sentence("weekly-runs-about") { facts in
    let rows = try facts.rows("workflow-runs")
    let isAny = try rows.contains { try $0.cell("confidence").plain == "about" }
    let about = isAny ? "; known by time: the client names no run, so its jobs are approximate" : ""
    let bound = try costIsAtLeast(rows)
    return about + (bound.isEmpty ? "" : "; \(bound)")
  }

  /// The causes after which something was run again, inferred from step and time alone.
  private static let retriesLikely = Sentence("weekly-likely") { facts in
    var parts: [String] = []
    for row in try facts.rows("retry-cost") where try row.counts("likely_usd") {
      parts.append("\(try row.text("likely_usd", as: .usdCents)) after \(try row.cause("cause"))")
    }
    guard !parts.isEmpty else { return "" }
    return "; probably run again by its client, inferred from step and time alone: \(enumeration(parts))"
  }

  private static let hiddenLikely = Sentence("weekly-hidden-likely") { facts in
    let isAny = try facts.rows("hidden-retries").contains { try $0.counts("likely_usd") }
    return isAny ? "; some of it probably run again by its client, inferred from step and time alone" : ""
  }

  private static let retriesHeading = Sentence("weekly-retries-heading") { facts in
    let row = try facts["weekly-titles"]
    if try row.counts("retried_usd") {
      return "Retries and failures took \(try row.percent("retried_share")) of the cost"
    }
    return try facts.rows("retry-cost").isEmpty
      ? "How long jobs waited" : "Retries and failures, and how long jobs waited"
  }

  private static let retriesTitle = Sentence("weekly-retries-title") { facts in
    let row = try facts["weekly-titles"]
    guard try row.counts("retried_usd"), try row.known("top_cause_share") else { return "Retries and failures" }
    return
      "Retries and failures cost \(try row.usd("retried_usd")), \(try byCause("top_cause_share", "top_cause", of: "retry-cost", row, facts))"
  }

  /// `two fifths of it by lost hosts`.
  private static func byCause(_ share: String, _ cause: String, of query: String, _ row: FactRow, _ facts: Facts) throws
    -> String
  {
    let rows = try facts.rows(query)
    let isKnown = try rows.allSatisfy { try $0.known("cost_usd") }
    return try facts.share(row, share, of: "it by \(row.cause(cause))", isKnown: isKnown)
  }

  /// By queue and by definition only if there is more than one of them.
  private static let retriesByQueue = Sentence("weekly-retries-by-queue") { facts in
    try names("job_queue", of: "retry-cost-by-queue", facts) > 1 ? "Retries and failures, by job queue" : ""
  }

  private static let retriesByDefinition = Sentence("weekly-retries-by-definition") { facts in
    try names("step", of: "retry-cost-by-job-definition", facts) > 1
      ? "Retries and failures, by job definition" : ""
  }

  private static func names(_ column: String, of query: String, _ facts: Facts) throws -> Int {
    Set(try facts.rows(query).map { try $0.cell(column) }).count
  }

  /// How the causes above relate to the Spot audit's lost work.
  private static let lostCaption = Sentence("weekly-lost-caption") { facts in
    let row = try facts["spot-audit"]
    guard try row.counts("lost_usd") else { return "" }
    let hosts = try row.some("left_out_lost_attempts") ? "Spot hosts whose two prices are known" : "Spot hosts"
    let lost = "\(try row.text("lost_usd", as: .usdCents)) was lost with \(hosts): the Spot audit’s lost work"
    let checkpoint = try row.sinceCheckpoint.map { " \($0)." } ?? ""
    guard try row.counts("abandoned_usd") else { return "\(lost).\(checkpoint)" }
    let (abandoned, all) = (try row.number("abandoned_usd") ?? 0, try row.number("lost_usd") ?? 0)
    let rerun =
      try all - abandoned < 0.005
      ? "none of it was run again" : "\(row.text("abandoned_usd", as: .usdCents)) of it was not run again"
    return "\(lost); \(rerun).\(checkpoint)"
  }

  private static let hiddenTitle = Sentence("weekly-hidden-title") { facts in
    let row = try facts["outlook-titles"]
    guard try row.counts("hidden_usd") else { return "Retries of jobs that succeeded" }
    return
      "Jobs that succeeded hide \(try row.usd("hidden_usd")) of retries, \(try byCause("hidden_share", "hidden_cause", of: "hidden-retries", row, facts))"
  }

  private static let waitsTitle = Sentence("weekly-waits-title") { facts in
    let row = try facts["weekly-titles"]
    // The waits of a single queue are already shown beside its cost.
    guard try row.number("waiting_queues") ?? 0 > 1 else { return "" }
    guard try row.some("slow_queues") else { return "Queue waits" }
    let (slow, all) = (try row.number("slow_queues") ?? 0, try row.number("waiting_queues") ?? 0)
    let slowest = try facts.rows("queue-wait").filter { try $0.number("p95_seconds") ?? 0 >= 3600 }
    let isForJobs =
      try !slowest.isEmpty
      && slowest.allSatisfy { row in
        let rest = try (row.number("capacity_seconds") ?? 0) + (row.number("start_seconds") ?? 0)
        return try row.number("dependency_seconds") ?? 0 > rest
      }
    let wait = "one job in twenty waits an hour or more\(isForJobs ? ", mostly for other jobs" : "")"
    if slow == all { return "In \(all == 2 ? "both" : "all \(try row.words("waiting_queues"))") queues \(wait)" }
    return "In \(try row.words("slow_queues")) of \(try row.words("waiting_queues")) queues \(wait)"
  }

  /// The figure has room for 24 queues.
  private static let waitsSubtitle = Sentence("weekly-waits-subtitle") { facts in
    let queues = try facts.rows("queue-wait").count
    let left = queues > 24 ? "; the 24 of \(queues) queues that waited longest" : ""
    return "Time from creation to first start by job queue, logarithmic\(left)"
  }
}
