/// The sentences of the Spot audit.
extension Sentence {
  static let spotAudit = [
    spotHeadline, spotLede, paidName, netName, paidDetail, breakEven, breakEvenDetail, spotStep, spotEvidence,
    spotBridgeSubtitle,
    spotTypeTitle,
    spotPoolsTitle,
    reclaimsTitle, reclaimsCaption, spotAdviceTitle, leakageTitle, poolNetTitle, spotFoot,
  ]

  private static let spotHeadline = Sentence("spot-headline") { facts in
    let row = try facts["spot-audit"]
    guard try row.some("resources") else {
      return try facts["totals"].some("unplaced_seconds")
        ? "What ran on Spot is unknown: attempts ran on unknown instances" : "Nothing ran on Spot"
    }
    guard try row.some("spot_usd") else {
      return try row.some("unpriced_seconds")
        ? "The cost of Spot is unknown: no price is known"
        : "Spot cost nothing: \(row.count("free_instances", "instances")) reclaimed in the first hour"
    }
    if try !row.known("on_demand_usd"), try row.some("unpriced_seconds") {
      return "Spot cost at least \(try row.usd("spot_usd")): a part of its time has no price, so nothing is compared"
    }
    guard try row.known("on_demand_usd") else {
      return "Spot cost \(try row.usd("spot_usd")); no On-Demand price is known to compare it with"
    }
    var taken: [String] = []
    if try row.counts("lost_usd") { taken.append("\(try row.usd("lost_usd")) of work") }
    if try row.counts("rerun_usd"), try row.number("rerun_usd") ?? 0 > 0 {
      taken.append("\(try row.usd("rerun_usd")) of re-runs")
    }
    // A host can be lost without proof that EC2 took it back.
    let who = try facts["interruptions"].some("all_reclaims") ? "Interruptions" : "Lost hosts"
    let interruptions = taken.isEmpty ? "" : ". \(who) cost \(enumeration(taken))."
    let place = try facts.comparesPartOfSpot ? " where both prices are known" : ""
    if abs(try row.number("net_share") ?? 0) < 0.005 { return "Spot saved nothing in the end\(place)\(interruptions)" }
    let isAtMost = try row.savingIsAtMost
    return try row.number("net_usd") ?? 0 > 0
      ? "Spot saved \(isAtMost ? "at most " : "")\(try row.usd("net_usd")) net\(place)\(interruptions)"
      : "Spot cost \(isAtMost ? "at least " : "")\(try row.amount("net_usd")) more than it saved\(place)\(interruptions)"
  }

  private static let spotLede = Sentence("spot-lede") { facts in
    let row = try facts["spot-audit"]
    guard try row.isInterrupted else {
      guard try row.some("lost_attempts") else { return try lostElsewhere(row) }
      let isOne = try row.number("lost_attempts") == 1
      let lost =
        "\(try row.beginning("lost_attempts", "attempts")) \(isOne ? "was lost with its host" : "were lost with their hosts"), "
        + "\(try row.some("lost_usd") ? "for less than a \(facts.money.hundredth)" : "at no cost")."
      return try [lost, lostElsewhere(row)].filter { !$0.isEmpty }.joined(separator: " ")
    }
    var said =
      try row.known("gross_usd")
      ? ["Without lost work and re-runs the saving would be \(row.usd("gross_usd"))."] : []
    if try row.some("rerun_attempts") {
      let isOne = try row.number("lost_attempts") == 1
      said.append(
        "\(try row.beginning("rerun_attempts", "re-runs")) fell through to On-Demand after "
          + "\(try row.words("lost_attempts", "attempts")) \(isOne ? "was" : "were") lost with their host\(isOne ? "" : "s")."
      )
    }
    if let checkpoint = try row.sinceCheckpoint {
      said.append("\(checkpoint); counting that alone, net is \(try row.usd("net_since_checkpoint_usd")).")
    }
    said.append(try lostElsewhere(row))
    return said.filter { !$0.isEmpty }.joined(separator: " ")
      .replacing("was lost with their host", with: "was lost with its host")
  }

  /// Attempts whose loss is in no number of the audit.
  private static func lostElsewhere(_ row: FactRow) throws -> String {
    guard try row.some("left_out_lost_attempts") else { return "" }
    let isOne = try row.number("left_out_lost_attempts") == 1
    return
      "\(try row.beginning("left_out_lost_attempts", "attempts")) \(isOne ? "was" : "were") lost on instances without both "
      + "prices: that loss and its re-runs are not counted."
  }

  private static let paidName = Sentence("spot-paid-name") { facts in
    try facts["spot-audit"].some("unpriced_seconds") ? "Paid for Spot, at least" : "Paid for Spot"
  }

  private static let netName = Sentence("spot-net-name") { facts in
    try facts["spot-audit"].savingIsAtMost ? "Net saving, at most" : "Net saving"
  }

  private static let paidDetail = Sentence("spot-paid-detail") { facts in
    let row = try facts["spot-audit"]
    return try row.counts("left_out_usd")
      ? "\(row.usd("left_out_usd")) of it not compared" : "\(row.percent("spot_share")) of all cost"
  }

  /// The share of lost hours at which nothing is saved; above 1, no loss is large enough.
  private static let breakEven = Sentence("spot-break-even") { facts in
    let row = try facts["spot-audit"]
    guard let share = try row.number("break_even") else { return "" }
    return share > 1 || share < 0 ? "never" : try row.percent("break_even")
  }

  private static let breakEvenDetail = Sentence("spot-break-even-detail") { facts in
    let row = try facts["spot-audit"]
    let share = try row.number("break_even") ?? 0
    if share < 0 { return "Spot cost more than On-Demand" }
    let now = try row.percent("lost_hours_share")
    return share > 1 ? "even if all hours were lost; now \(now)" : "of hours lost; now \(now)"
  }

  private static let spotStep = Sentence("spot-step") { facts in
    switch try facts.row.cell("step").plain {
    case "on-demand": "At On-Demand rates"
    case "paid": "Paid for Spot"
    case "gross": "Gross saving"
    case "lost": "Lost work"
    case "rerun": "Re-runs on On-Demand"
    case "net": try facts.row.number("change_usd") ?? 0 < 0 ? "Net loss" : "Net saving"
    case let other: other
    }
  }

  private static let spotEvidence = Sentence("spot-evidence") { facts in
    let row = facts.row
    switch try row.cell("step").plain {
    case "on-demand": return "the same billed time"
    case "paid": return "lost work included"
    case "lost", "rerun": return try row.count("attempts", "attempts")
    default: return try row.percent("share")
    }
  }

  private static let spotBridgeSubtitle = Sentence("spot-bridge-subtitle") { facts in
    let row = try facts["spot-audit"]
    var said = ["From On-Demand price to net saving, \(facts.currency); each bar starts where the one above it ends"]
    if try row.counts("left_out_usd") {
      said.append("Left out: \(try row.text("left_out_usd", as: .usdCents)) of Spot without an On-Demand price")
    }
    if try row.counts("abandoned_usd") {
      said.append(
        "Of lost work, \(try row.text("abandoned_usd", as: .usdCents)) was given up: its jobs were not run again")
    }
    if try row.some("uncompared_reruns") {
      let isOne = try row.number("uncompared_reruns") == 1
      said.append(
        "\(try row.beginning("uncompared_reruns", "re-runs")) \(isOne ? "has" : "have") no Spot price and "
          + "\(isOne ? "is" : "are") not counted")
    }
    if try row.some("unplaced_reruns") {
      let isOne = try row.number("unplaced_reruns") == 1
      said.append(
        "\(try row.beginning("unplaced_reruns", "re-runs")) ran on \(isOne ? "an unknown instance and is" : "unknown instances and are") not counted"
      )
    }
    if try row.counts("likely_rerun_usd") {
      said.append(
        "Of lost work, \(try row.text("likely_rerun_usd", as: .usdCents)) was probably run again by its client, inferred from step and time "
          + "alone")
    }
    return said.joined(separator: ". ")
  }

  private static let spotTypeTitle = Sentence("spot-type-title") { facts in
    let row = try facts["spot-audit"]
    guard let share = try row.number("gross_share"), share > 0.005 else { return "Saving by instance type" }
    let cents = Int((share * 100).rounded())
    return "Of every On-Demand \(facts.money.whole), Spot left \(cents) "
      + "\(cents == 1 ? facts.money.hundredth : facts.money.hundredths) unspent"
  }

  private static let spotPoolsTitle = Sentence("spot-pools-title") { facts in
    let row = try facts["spot-pools"]
    guard try row.counts("cost_usd") else { return "Prices of the most expensive pools" }
    return "\(try row.name("instance_type")) in \(try row.name("zone")) cost most: \(try row.usd("cost_usd")) for "
      + "\(try row.count("hours", "hours"))"
  }

  private static let reclaimsTitle = Sentence("spot-reclaims-title") { facts in
    let row = try facts["interruptions"]
    guard try row.some("all_reclaims") else { return "EC2 took back no instance" }
    let above = try row.some("types_above_band") ? "; \(row.count("types_above_band", "types")) above AWS's band" : ""
    // A rate for 100 hours says nothing of a few.
    let rate =
      try row.number("all_hours") ?? 0 < 100
      ? " in \(row.text("all_hours", as: .decimal1)) instance-hours"
      : ", \(row.text("all_per_100_hours", as: .decimal1)) in 100 instance-hours"
    return "EC2 took back \(try row.count("all_reclaims", "instances"))\(rate)\(above)"
  }

  private static let reclaimsCaption = Sentence("spot-reclaims-caption") { facts in
    let rest =
      try facts["interruptions"].some("types_with_band")
      ? "Of instances: share taken back; red: above the Spot Advisor's band (all accounts, a month), if those ran as long."
      : "To add AWS's own bands, download https://spot-bid-advisor.s3.amazonaws.com/spot-advisor-data.json and "
        + "collect it with `batchcost collect --from`."
    let most = Dictionary(grouping: try facts.rows("interruptions").map { try $0.cell("kind").plain }) { $0 }
    let left = most.values.contains { $0.count > 16 } ? " Of each kind the 16 rows with the highest rates." : ""
    return "Spot price in force at the start of each instance-hour; intervals: Poisson, exact.\(left) \(rest)"
  }

  private static let spotAdviceTitle = Sentence("spot-advice-title") { facts in
    let row = try facts["spot-advice"]
    guard try row.counts("all_saving_usd") else { return "Buying more on Spot" }
    return "Buying more on Spot is worth up to \(try row.usd("all_saving_usd")) a week"
  }

  private static let leakageTitle = Sentence("spot-leakage-title") { facts in
    let row = try facts["on-demand-leakage"]
    guard try row.counts("all_premium_usd") else { return "Work of Spot-first queues that ran On-Demand" }
    return
      "Falling back to On-Demand cost \(try row.words("queues", "Spot-first queues")) \(try row.usd("all_premium_usd")) above Spot prices"
  }

  private static let poolNetTitle = Sentence("spot-pool-net-title") { facts in
    let row = try facts["spot-net-by-pool"]
    guard try row.counts("dearer_usd") else {
      let pools = try facts.rows("spot-net-by-pool")
      if try pools.allSatisfy({ try $0.known("net_usd") && !$0.some("is_at_most") }) {
        return "No pool cost more than it saved"
      }
      return try pools.contains { try $0.known("net_usd") }
        ? "No pool is known to have cost more than it saved" : "No pool can be compared with On-Demand"
    }
    return
      "\(try row.beginning("dearer_pools", "pools")) cost \(try row.amount("dearer_usd")) more than Spot saved there"
  }

  private static let spotFoot = Sentence("spot-foot") { facts in
    let row = try facts["spot-audit"]
    var said: [String] = []
    if try row.some("free_instances") {
      said.append("\(try row.count("free_instances", "instances")) reclaimed in the first hour cost nothing")
    }
    if try row.some("unpriced_seconds") {
      said.append("\(try row.text("unpriced_seconds", as: .hours)) of instances without a price left out")
    }
    return said.joined(separator: " · ")
  }
}

extension FactRow {
  /// What some re-runs cost beyond Spot is not known, so that the net saving is at most what is counted.
  var savingIsAtMost: Bool { get throws { try some("uncompared_reruns") || some("unplaced_reruns") } }

  /// Whether lost work or re-runs cost something that is seen when printed: a row of the Spot audit.
  var isInterrupted: Bool { get throws { try counts("lost_usd") || counts("rerun_usd") } }

  /// How much of the lost work came after the last checkpoint; nil if no checkpoint is known.
  var sinceCheckpoint: String? {
    get throws {
      guard try (number("lost_usd") ?? 0) - (number("since_checkpoint_usd") ?? 0) >= 0.005 else { return nil }
      return "Of lost work, \(try text("since_checkpoint_usd", as: .usdCents)) came after the last checkpoint"
    }
  }
}
