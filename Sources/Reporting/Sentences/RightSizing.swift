/// The sentences of the right-sizing report.
extension Sentence {
  static let rightSizing = [
    sizingHeadline, sizingLede, sizesDetail, memoryDetail, overMemoryTitle, coverageTitle, sizesTitle, backTestTitle,
    gpuTitle,
    gpuAdviceTitle,
    shapeHeading, shapeTitle, typesTitle, environmentsDetail, environmentsTitle,
  ]

  private static let sizingHeadline = Sentence("sizing-headline") { facts in
    let row = try facts["right-sizing-totals"]
    let (environments, sizes) = (try row.counts("environments_saving_usd"), try row.counts("sizes_saving_usd"))
    let smaller = sizes ? "Smaller job sizes: \(try row.usd("sizes_saving_usd")) in this period" : ""
    if environments {
      let most = try facts.lacksPlaces ? "at most " : ""
      let worth = "\(most)\(try row.usd("environments_saving_usd")) \(try facts.weekOfAdvice)"
      return sizes ? "Fix the instances first: \(worth). \(smaller)." : "Fix the instances first: \(worth)"
    }
    if sizes { return smaller }
    if try facts.lacksJobs { return "No job was collected, so there is nothing to size" }
    if try !row.some("attempts") { return "Nothing ran, so there is nothing to size" }
    if try facts["gpu-advice"].counts("saving_usd") { return try gpuAdvice(facts) }
    if try facts["totals"].number("instances") ?? 0 == 0 {
      if try facts["totals"].some("unplaced_seconds") {
        return "What to change is unknown: no instance of these attempts is known"
      }
      return try facts["totals"].known("cost_usd")
        ? "No change is advised: everything ran on Fargate, as asked"
        : "What to change is unknown: nothing that ran has a price"
    }
    if try !facts["totals"].known("cost_usd") { return "What to change is unknown: nothing that ran has a price" }
    if try facts["confidence"].number("unsized_instances").map({ $0 > 0 }) == true,
      try facts["confidence"].number("unsized_instances") == facts["totals"].number("instances")
    {
      return "No advice: the capacity of the instances is unknown"
    }
    if try !facts.rows("utilization-by-type").isEmpty { return "No change to instances was found" }
    if facts.isNarrowed { return "No other job sizes are advised" }
    return "No advice: the capacity of the instances is unknown"
  }

  private static let sizingLede = Sentence("sizing-lede") { facts in
    let row = try facts["right-sizing-totals"]
    guard try row.some("attempts") else { return "" }
    guard try row.some("attempts_measured") else {
      if try !facts.rows("gpu-use").isEmpty {
        return "How much memory and how many vCPUs jobs really use is not known; the use of GPUs was collected."
      }
      return "What jobs really use is not known: no usage was collected for \(try row.count("attempts", "attempts"))."
    }
    let cost = try row.known("known_share") ? "\(row.text("known_share", as: .percent1)) of the cost of work: " : ""
    return
      "What jobs really use is known for \(cost)\(try row.integer("attempts_measured")) of \(try row.count("attempts", "attempts"))."
  }

  private static let sizesDetail = Sentence("sizing-sizes-detail") { facts in
    let row = try facts["right-sizing-totals"]
    return try row.counts("measured_usd") ? "of \(try row.usd("measured_usd")) in this period" : "in this period"
  }

  /// The text below the number of attempts that ran out of memory.
  private static let memoryDetail = Sentence("sizing-memory-detail") { facts in
    let row = try facts["right-sizing-totals"]
    let attempts = try row.number("out_of_memory_attempts") == 1 ? "attempt" : "attempts"
    guard try row.some("out_of_memory_attempts") else { return "attempts" }
    return "\(attempts), which cost \(try row.usd("out_of_memory_usd"))"
  }

  private static let overMemoryTitle = Sentence("sizing-over-memory-title") { facts in
    let row = try facts["right-sizing-totals"]
    guard let over = try row.number("over_memory"), over > 0 else { return "What job definitions ask for and use" }
    let all = try row.number("memory_definitions") ?? 0
    if all <= 1 { return "The job definition whose memory was measured can ask for less" }
    let which =
      try over == all
      ? all == 2 ? "Both" : "All \(row.words("memory_definitions"))"
      : "\(row.beginning("over_memory")) of \(row.words("memory_definitions"))"
    return "\(which) job definitions whose memory was measured can ask for less"
  }

  private static let coverageTitle = Sentence("sizing-coverage-title") { facts in
    let rows = try facts.rows("usage-coverage")
    if try rows.allSatisfy({ try !$0.some("attempts_known") }) { return "No usage is known" }
    if let first = rows.first, try !first.some("attempts_known") { return "No usage is known where most is spent" }
    return "Where usage is known"
  }

  private static let sizesTitle = Sentence("sizing-sizes-title") { facts in
    let row = try facts["right-sizing-totals"]
    guard try row.counts("sizes_saving_usd") else { return "No smaller request is advised" }
    return "Smaller requests would have saved \(try row.usd("sizes_saving_usd")) of \(try row.usd("measured_usd"))"
  }

  private static let backTestTitle = Sentence("sizing-back-test-title") { facts in
    let row = try facts["right-sizing-back-test"]
    guard try row.counts("cost_usd") else { return "Advice from the earlier half, tested on the later" }
    return
      "Advice from the earlier half, tested on the later: \(try row.text("net_usd", as: .usd, signed: true)) of \(try row.usd("cost_usd"))"
  }

  private static let gpuTitle = Sentence("sizing-gpu-title") { facts in
    let row = try facts["gpu-use"]
    guard try row.counts("idle_usd") else { return "No GPU stood idle for long while a job held it" }
    return "\(try row.name("step")) left GPUs idle for \(try row.usd("idle_usd")) while it held them"
  }

  private static let gpuAdviceTitle = Sentence("sizing-gpu-advice-title") { facts in
    guard try facts["gpu-advice"].counts("saving_usd") else { return "Steps have as many GPUs at work as they ask for" }
    return try gpuAdvice(facts)
  }

  /// Advice on GPUs is of all history, so it says so where the rest of the page is of a period.
  private static func gpuAdvice(_ facts: Facts) throws -> String {
    let row = try facts["gpu-advice"]
    let gpus = "\(try row.integer("gpus_advised")) of \(try row.count("gpus_requested", "GPUs"))"
    return
      "\(try row.name("step")) needs \(gpus): since the first day collected, the others cost \(try row.usd("saving_usd"))"
  }

  private static let shapeHeading = Sentence("sizing-shape-heading") { facts in
    try facts["right-sizing-totals"].counts("environments_saving_usd")
      ? "Environments: buy the shape that jobs ask for" : "Environments: what is bought, and what jobs ask for"
  }

  private static let shapeTitle = Sentence("sizing-shape-title") { facts in
    let row = try facts["right-sizing-totals"]
    guard try row.known("shape_environment") else { return "" }
    return
      "Jobs in \(try row.name("shape_environment")) reserve \(try row.text("shape_reserved", as: .decimal1)) GiB per vCPU; "
      + "we buy them \(try row.text("shape_bought", as: .decimal1))"
  }

  private static let typesTitle = Sentence("sizing-types-title") { facts in
    // Of a type on which nothing ran, or of unknown capacity, none of the hours would have been enough.
    let rows = try facts.rows("utilization-by-type")
    let used = try rows.first { try $0.some("vcpu_share") || $0.some("memory_share") }
    guard let row = used, try row.some("instance_hours"), try row.known("sufficient_share") else {
      return "Instance types"
    }
    let place = try row.some("compute_environment") ? " in \(row.name("compute_environment"))" : ""
    let share = try row.number("sufficient_share") ?? 0 > 0.9999999 ? "All" : row.percent("sufficient_share")
    return "\(share) of the hours of \(try row.name("instance_type"))\(place) would have been enough for its jobs"
  }

  private static let environmentsDetail = Sentence("sizing-environments-detail") { facts in
    "\(try facts.weekOfAdvice), estimated"
  }

  private static let environmentsTitle = Sentence("sizing-environments-title") { facts in
    let row = try facts["right-sizing-totals"]
    guard try row.counts("environments_saving_usd") else { return "What to change" }
    let worth = "\(try row.usd("environments_saving_usd")) \(try facts.weekOfAdvice), estimated"
    let changes = try row.number("changes") ?? 0
    if changes == 1 { return worth }
    // The table ends after nine.
    return changes <= 9
      ? "\(worth), without the overlap of these changes"
      : "\(worth), without the overlap of \(try row.words("changes")) changes; nine are shown"
  }
}
