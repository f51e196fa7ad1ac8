/// The first page of the weekly report: what the period cost, and how sure that is.
extension Sentence {
  static let weekly = [
    headline, lede, unpriced, costName, unusedName, savingName, unusedDetail, savingDetail, successName, dailyTitle,
    dailySubtitle, changesTitle, howSure,
  ]

  /// What the period cost, compared with the one before, and how much of it was unused.
  private static let headline = Sentence("weekly-headline") { facts in
    let row = try facts["headline"]
    guard try row.known("cost_usd") else {
      return try facts["totals"].some("attempts")
        ? "The cost of \(facts.scope.subject) is unknown: \(facts.hasNoPlaces ? "no instance is known of anything that ran" : "nothing that ran has a price")"
        : "There is no data for these days"
    }
    let isSoFar = try !row.some("last_day_complete")
    guard try row.some("ran") else {
      let after = try row.some("previous_cost_usd") ? ", after \(row.usd("previous_cost_usd")) \(facts.before)" : ""
      let isOfPlaces = facts.scope == .places
      return "Nothing ran\(isOfPlaces ? " there" : "")\(isSoFar ? " so far" : ""): "
        + "\(isOfPlaces ? "it" : facts.scope.subject) cost \(try row.usd("cost_usd"))\(after)"
    }
    let cost =
      "\(facts.scope.subject.capitalizedFirst) cost \(try facts.bound)\(try row.usd("cost_usd"))\(isSoFar ? " so far" : "")"
    let (change, unused) = (try change(row, facts), try unused(row, facts))
    return unused.isEmpty ? "\(cost)\(change)" : "\(cost)\(change). \(unused)"
  }

  private static func change(_ row: FactRow, _ facts: Facts) throws -> String {
    guard try row.some("compares"), try row.known("previous_cost_usd") else { return "" }
    guard try row.some("previous_cost_usd") else { return " after nothing \(facts.before)" }
    let change = try row.number("change") ?? 0
    let beside = try billedUnlike(row, facts)
    if abs(change) < 0.005 { return ", as much as \(facts.before)\(beside)" }
    let reason = try beside.isEmpty ? ChangeReason(facts.rows("bridge")).words(rising: change > 0) : ""
    let because = reason.isEmpty ? beside : " as \(reason)"
    // Thousands of per cent say only that there was next to nothing before.
    if change >= 10 { return ", up from \(try row.usd("previous_cost_usd"))\(because)" }
    return ", \(change > 0 ? "up" : "down") \(try row.amount("change", as: .percent))\(because)"
  }

  /// Says so if one period is billed and the other is estimated.
  private static func billedUnlike(_ row: FactRow, _ facts: Facts) throws -> String {
    let (now, before) = (try row.number("billed_share") ?? 0, try row.number("previous_billed_share") ?? 0)
    guard abs(now - before) >= 0.1 else { return "" }
    // A few billed days are not the period.
    if now > before, now < 0.75 {
      return
        " (\(try row.percent("billed_share")) by the bill; of \(facts.before), \(try row.percent("previous_billed_share")))"
    }
    return now > before
      ? " (by the bill; \(facts.before) is mostly estimated)" : " (mostly estimated; \(facts.before) by the bill)"
  }

  private static func unused(_ row: FactRow, _ facts: Facts) throws -> String {
    guard let share = try row.number("unused_share"), share > 0 else { return "" }
    if try facts.lacksJobs { return "Whether jobs ran on it is unknown: none was collected." }
    if try facts.lacksPlaces {
      return
        "How much of it no job used is unknown: nobody knows where \(try facts["confidence"].text("unplaced_attempts", as: .integer)) "
        + "of \(try facts["totals"].count("attempts", "attempts")) ran."
    }
    let cents = (share * 100).rounded()
    if share > 0.9999999 { return "All of it\(try known(facts)) bought capacity that no job used." }
    let money = facts.money
    if cents < 1 { return "Of every \(money.whole), less than a \(money.hundredth) bought capacity no job used." }
    let count = try row.text("unused_share", as: .percent).replacing("\\", with: "").dropLast()
    let unit = cents == 1 ? money.hundredth : money.hundredths
    return "Of every \(money.whole), \(count) \(unit) bought capacity no job used."
  }

  /// Between commas, where something ran of which no cost is known.
  private static func known(_ facts: Facts) throws -> String {
    try facts.lacksCost ? ", as far as is known," : ""
  }

  /// The most expensive instance type, and what Spot saved.
  private static let lede = Sentence("weekly-lede") { facts in
    let row = try facts["headline"]
    guard try row.known("cost_usd") else { return "" }
    guard try row.some("ran") else {
      return try [waiting(facts), idleBefore(facts)].filter { !$0.isEmpty }.joined(separator: " ")
    }
    var said: [String] = []
    if try row.known("top_type") {
      let isOne = try row.number("top_type_instances") == 1
      let who =
        [
          try row.beginning("top_type_instances"), try row.option("top_type_option"), try row.name("top_type"),
          isOne ? "instance" : "instances",
        ].filter { !$0.isEmpty }.joined(separator: " ")
      let share = try row.number("top_type_share") ?? 0
      let part =
        share > 0.995
        ? try facts.share(row, "top_type_share", of: "the cost") : "\(try row.percent("top_type_share")) of the cost"
      let idle =
        try row.some("top_type_unused_share") && !facts.lacksPlaces
        ? ", and \(try row.share("top_type_unused_share")) of what \(isOne ? "it" : "they") offered was not used" : ""
      said.append("\(who) took \(try row.usd("top_type_usd")), \(part)\(idle).")
    } else if try row.number("fargate_share") ?? 0 > 0.9999999, try !facts.isMostlyUnknown {
      said.append("All of it\(try known(facts)) ran on Fargate: \(try facts["totals"].count("jobs", "jobs")) began.")
    }
    if try row.counts("net_saving_usd") {
      let net = try row.number("net_saving_usd") ?? 0
      let place = try facts.comparesPartOfSpot ? ", where both prices are known" : ""
      said.append(
        net > 0
          ? "Spot saved \(try facts["spot-audit"].savingIsAtMost ? "at most " : "")"
            + "\(try row.usd("net_saving_usd")) after lost work and re-runs\(place)."
          : try facts["spot-audit"].isInterrupted
            ? "Lost work and re-runs cost \(row.amount("net_saving_usd")) more than Spot saved\(place)."
            : "Spot cost \(row.amount("net_saving_usd")) more than On-Demand would have\(place).")
    }
    if try facts.isMostlyUndescribed {
      let row = try facts["confidence"]
      let whose =
        try row.number("undescribed_share") ?? 0 > 0.9999999
        ? "Nobody described any of the instances"
        : "Nobody described the instances of \(row.percent("undescribed_share")) of the cost"
      said.append("\(whose): when they started is known only from their registration or their jobs.")
    }
    if let reason = try incomparable(row, facts) { said.append(reason) }
    return said.joined(separator: " ")
  }

  /// Why the period is not compared with the one before.
  private static func incomparable(_ row: FactRow, _ facts: Facts) throws -> String? {
    if try row.some("compares") { return nil }
    if try row.number("previous_is_priced") == 0 {
      let part = try row.percent("previous_unpriced_share")
      return "\(part) of what ran \(facts.before) has no price, so the two are not compared."
    }
    if try row.known("previous_is_priced"), try row.number("is_priced") == 0 {
      return
        "\(try row.percent("unpriced_share")) of what ran has no price, so it is not compared with \(facts.before)."
    }
    return try row.some("last_day_complete")
      ? "There is no whole period before this one to compare with."
      : "This period is not over, so it is not compared with \(facts.before)."
  }

  /// If nothing ran in the period: what would have, if it had been started.
  private static func waiting(_ facts: Facts) throws -> String {
    let row = try facts["waiting-jobs"]
    guard try row.some("jobs") else { return "" }
    let isOne = try row.number("jobs") == 1
    let place =
      try row.number("job_queues") == 1 ? row.name("job_queue") : row.words("job_queues", "queues")
    return "\(try row.beginning("jobs", "jobs")) \(isOne ? "has" : "have") been waiting to start in \(place)"
      + "\(isOne ? "" : ", the first") since \(try row.text("created_at", as: .date))."
  }

  /// If nothing ran in the period: whether the weeks before were idle too.
  private static func idleBefore(_ facts: Facts) throws -> String {
    let weeks = try facts.rows("cost-by-week")
    guard weeks.count > 1, try weeks.allSatisfy({ try $0.number("cost_usd") == 0 }) else { return "" }
    let before = weeks.count - 1
    return before == 1
      ? "The week before cost nothing either."
      : "The \(wordsOfNumber(Double(before))) weeks before cost nothing either."
  }

  private static let unpriced = Sentence("weekly-unpriced") { facts in
    guard try !facts["totals"].known("cost_usd") else { return "" }
    let isOne = try facts["totals"].number("attempts") == 1
    guard try facts["totals"].some("attempts") else {
      return "Nothing that ran in this period was collected. `batchcost query cost-by-week` lists the weeks that were."
    }
    // The bill may know what nothing else does.
    let split = try facts.rows("billed-task-cost").filter { try $0.known("job_id") }
      .reduce(0) { try $0 + ($1.number("split_usd") ?? 0) }
    if split >= 0.005 {
      let amount = facts.number(.real(split), of: "billed-task-cost", as: "split_usd", .usdCents)
      return "The bill gives them \(amount) of their instances: see `batchcost query billed-task-cost`."
    }
    let began = "\(try facts["totals"].count("attempts", "attempts")) began, but no"
    // A finding says what is missing better than a list of all that might be.
    if try !facts["totals"].some("unplaced_seconds"), let why = try whyUnpriced(facts) {
      return "\(began) price is known for \(isOne ? "it" : "any of them"): \(why)."
    }
    return "\(began) instance, or no price, is known for \(isOne ? "it" : "any of them"). "
      + "Once instances, list prices and Spot prices are collected too, this report says what \(isOne ? "it" : "they") cost."
  }

  /// The message of the finding `unpriced`, if all that has no price has the same.
  private static func whyUnpriced(_ facts: Facts) throws -> String? {
    let found = try facts.rows("findings-by-check").filter { try $0.cell("check_name") == .text("unpriced") }
    guard let row = found.first, try row.number("messages") == 1 else { return nil }
    return try row.name("message")
  }

  /// Of an amount whose unpriced part is missing: its tile says so.
  private static let costName = Sentence("weekly-cost-name") { facts in
    let bound = try facts.bound.trimmingCharacters(in: .whitespaces)
    return bound.isEmpty ? "Cost" : "Cost, \(bound)"
  }

  private static let unusedName = Sentence("weekly-unused-name") { facts in
    try facts["headline"].number("is_priced") == 0 && !facts.lacksPlaces ? "Unused, at least" : "Unused"
  }

  private static let savingName = Sentence("weekly-saving-name") { facts in
    try facts["spot-audit"].savingIsAtMost ? "Net Spot saving, at most" : "Net Spot saving"
  }

  /// The text below the number of unused cost: `to 20% of cost` after a change, `at 20% of cost` without one.
  private static let unusedDetail = Sentence("weekly-unused-detail") { facts in
    let row = try facts["headline"]
    guard try row.known("unused_share") else { return "nothing was paid for" }
    if try facts.lacksPlaces { return "at most \(try row.percent("unused_share")) of cost" }
    // The change stands before it, and is one of the share.
    let isSame = abs(try row.number("unused_share_change") ?? 0) < 0.005
    return try row.known("unused_share_change")
      ? "\(isSame ? "share of cost:" : "to") \(try row.percent("unused_share"))\(isSame ? "" : " of cost")"
      : "\(try row.percent("unused_share")) of cost"
  }

  private static let savingDetail = Sentence("weekly-saving-detail") { facts in
    let row = try facts["headline"]
    if try row.known("net_saving_change") { return "from \(try row.usd("previous_net_saving_usd"))" }
    return try row.some("succeeded_jobs") ? "net of lost work" : "but no job succeeded"
  }

  /// Where unused cost is left out, it is not all.
  private static let successName = Sentence("weekly-success-name") { facts in
    try facts.isNarrowed && !facts["headline"].known("unused_usd") ? "Cost per success" : "All cost per success"
  }

  private static let dailyTitle = Sentence("weekly-daily-title") { facts in
    let row = try facts["headline"]
    // For a single day, the first lines say it all.
    let ran = try Set(facts.rows("cost-by-day-part").filter { try $0.some("cost_usd") }.map { try $0.cell("day") })
    guard ran.count > 1 else { return "" }
    guard try row.some("unused_days"), try !facts.lacksPlaces else { return "Cost by day" }
    let (days, of) = (try row.number("unused_days") ?? 0, try row.number("full_days") ?? 0)
    if of == 1 { return "Unused capacity cost more than work on the one whole day on which something ran" }
    let among = Int(of) < facts.days ? " on which something ran" : ""
    let which: String
    if days == of {
      which = of == 2 ? "both days" : "all \(try row.words("full_days")) days"
    } else {
      which = "\(try row.words("unused_days")) of \(among.isEmpty ? "" : "the ")\(try row.words("full_days")) days"
    }
    return "Unused capacity cost more than work on \(which)\(among)"
  }

  private static let dailySubtitle = Sentence("weekly-daily-subtitle") { facts in
    let row = try facts["confidence"]
    let storage =
      try row.some("instances") && row.number("storage_unknown") == 0 ? "; EBS volumes count as On-Demand" : ""
    let hollow = try facts["headline"].some("unused_usd") ? ", hollow = paid for and unused (share inside the bar)" : ""
    return "Cost by day, \(facts.currency); work by purchase option\(hollow)\(storage)"
  }

  private static let changesTitle = Sentence("weekly-changes-title") { facts in
    let row = try facts["right-sizing-totals"]
    guard try row.counts("three_saving_usd") else { return "What to change first" }
    let worth = "worth up to \(try row.usd("three_saving_usd")) \(try facts.weekOfAdvice)"
    switch try row.number("changes") ?? 0 {
    case 1: return "One change is \(worth)"
    case 2: return "Two changes are \(worth), without overlap"
    default: return "Three changes are \(worth), without overlap"
    }
  }

  /// The sources of the numbers, and what they leave out.
  private static let howSure = Sentence("weekly-how-sure") { facts in
    let row = try facts["confidence"]
    guard let priced = try row.number("priced_share") else {
      return try facts["totals"].some("attempts")
        ? facts.hasNoPlaces ? "No instance is known of anything that ran." : "No price is known for anything that ran."
        : facts["headline"].some("ran") ? "Nothing ran that has a price." : "Nothing ran."
    }
    let share =
      priced > 0.9999999
      ? "All that ran has a price"
      : priced > 0.9995
        ? "More than 99.9% of what ran has a price"
        : priced < 0.0000001
          ? "Nothing that ran has a price" : "\(try row.text("priced_share", as: .percent1)) of what ran has a price"
    let sources = try [
      ("billed_usd", "from the bill"), ("spot_history_usd", "from Spot history"),
      ("price_list_usd", "from the price list"),
      ("bundled_usd", "from the bundled list"), ("manual_usd", "from your own prices"),
    ].filter { try row.counts($0.0) }.map { "\(try row.usd($0.0)) \($0.1)" }
    var said = [share + (sources.isEmpty ? "." : ": \(sources.joined(separator: ", ")).")]
    if try row.some("billed_usd") { said.append(try billPeriod(facts)) }
    var left: [String] = []
    if try row.some("unpriced_seconds") {
      // Less than 0.1 h would print as 0.0.
      let isShort = try row.number("unpriced_seconds") ?? 0 < 360
      left.append(
        "\(try row.text("unpriced_seconds", as: isShort ? .duration : .hours)) of billed time without a price")
    }
    if try row.some("unpriced_volumes") {
      left.append("\(try row.count("unpriced_volumes", "EBS volumes")) without a price")
    }
    if try row.some("lifeless_instances") {
      let they = try row.number("lifeless_instances") == 1 ? "it" : "they"
      left.append("\(try row.count("lifeless_instances", "instances")) of which nobody knows when \(they) ran")
    }
    if try row.some("unplaced_attempts") {
      left.append(
        "\(try row.count("unplaced_attempts", "attempts")) on unknown instances "
          + "(\(try row.text("unplaced_seconds", as: .duration)))")
    }
    if !left.isEmpty { said.append("Left out and not counted as zero: \(left.joined(separator: ", ")).") }
    if try row.number("undescribed_share") ?? 0 >= 0.01 {
      said.append(
        "\(try row.percent("undescribed_share")) of the cost is of instances whose start is known only from their "
          + "registration or their jobs: they may have cost more.")
    }
    if try row.some("unsized_instances") {
      said.append(
        "The capacity of \(try row.count("unsized_instances", "instances")) is unknown: what was free beside jobs is in the cost of "
          + "these jobs.")
    }
    if try facts.lacksJobs { said.append("No job was collected, so all of the cost counts as unused.") }
    if try row.some("unread_files") {
      said.append(
        "\(try row.beginning("unread_files", "files")) could not be read, or not to "
          + "\(try row.number("unread_files") == 1 ? "its" : "their") end: what ran may cost more, and less of it may be unused."
      )
    }
    let beside = try [
      ("storage_unknown", "EBS volumes"), ("addresses_unknown", "public addresses"),
      ("task_addresses_unknown", "public addresses of Fargate tasks"),
    ].filter { try row.some($0.0) }.map(\.1)
    if !beside.isEmpty {
      said.append("\(enumeration(beside).capitalizedFirst) are not in these numbers: none was collected.")
    }
    let open = [("open_instances", "instances"), ("open_tasks", "tasks")]
    let running = try open.filter { try row.some($0.0) }
    if !running.isEmpty {
      let isOne = try running.reduce(0) { try $0 + (row.number($1.0) ?? 0) } == 1
      let what = try enumeration(running.map { try row.count($0.0, $0.1) })
      said.append(
        "\(what) still running at collection \(isOne ? "is" : "are") charged to "
          + "\(try row.text("collected_at", as: .time)) UTC.")
    }
    return said.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func billPeriod(_ facts: Facts) throws -> String {
    let row = try facts["weekly-titles"]
    guard let days = try row.number("bill_days"), days > 0 else { return "" }
    if Int(days) >= facts.days { return "The bill covers all of these days.\(try missingInBill(facts))" }
    let last = days > 1 ? " to \(try row.text("bill_to", as: .date))" : ""
    return "The bill covers \(try row.words("bill_days")) of these \(wordsOfNumber(Double(facts.days))) days, "
      + "\(try row.text("bill_from", as: .date))\(last).\(try missingInBill(facts))"
  }

  /// What ran and the bill should have, if it is more than a twentieth of the cost: the bill may be of other accounts, or a part
  /// of one.
  private static func missingInBill(_ facts: Facts) throws -> String {
    let missing = try facts.rows("bill-difference").first {
      try $0.cell("what").plain == "In the ledger, not in the bill"
    }
    guard let missing, let cost = try facts["headline"].number("cost_usd"),
      try abs(missing.number("cost_usd") ?? 0) > cost / 20
    else { return "" }
    return " It lacks \(try missing.amount("cost_usd")) of what ran then."
  }
}
