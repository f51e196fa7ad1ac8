import Base

/// Why the cost changed, and in which week and queue.
extension Sentence {
  static let weeklyChange = [
    whyHeading, bridgeTitle, bridgeStep, bridgeEvidence, moversTitle, moverChange, weeksTitle, queueDaysTitle,
    queueDaysSubtitle,
  ]

  private static let whyHeading = Sentence("weekly-why-heading") { facts in
    let row = try facts["headline"]
    guard try row.known("change_usd"), try row.some("cost_usd") || row.some("previous_cost_usd") else {
      return "Week by week"
    }
    guard try row.counts("change_usd") else { return "As much as \(facts.before)" }
    return "Why it changed: \(try row.text("change_usd", as: .usd, signed: true)) against \(facts.before)"
  }

  private static let bridgeTitle = Sentence("weekly-bridge-title") { facts in
    let row = try facts["headline"]
    guard try row.counts("change_usd") else { return "Changes that evened out" }
    let isMore = try row.number("change_usd") ?? 0 > 0
    return "\(try row.amount("change_usd")) \(isMore ? "more" : "less") than \(facts.before), step by step"
  }

  /// A step of the bridge in words, by the figures behind it as they are printed; by its amount, if there are none.
  private static let bridgeStep = Sentence("bridge-step") { facts in
    let row = facts.row
    let change = try row.number("change_usd") ?? 0
    let factor = try row.cell("factor").plain
    let digits = Digits(locale: facts.formatter.locale)
    func pick(_ more: String, _ less: String, _ same: String) throws -> String {
      guard let now = try row.number("now"), let before = try row.number("before") else {
        return change > 0 ? more : change < 0 ? less : same
      }
      let isSame =
        switch factor {
        case "volume": now == before
        case "size", "price", "mix": before > 0 && abs(now / before - 1) < 0.0005
        case "purchase option": digits.fixed(now * 100, places: 0) == digits.fixed(before * 100, places: 0)
        default: digits.fixed(now, places: 2) == digits.fixed(before, places: 2)
        }
      return isSame ? same : now > before ? more : less
    }
    switch factor {
    case "volume": return try pick("More jobs ran", "Fewer jobs ran", "As many jobs ran")
    case "size": return try pick("Jobs were larger", "Jobs were smaller", "Jobs were the same size")
    case "price": return try pick("Prices rose", "Prices fell", "Prices stayed the same")
    // Also between Spot and Fargate Spot, which are the same share.
    case "purchase option": return try pick("More ran On-Demand", "Less ran On-Demand", "Bought in other ways")
    case "mix":
      return try pick("Costlier types or memory", "Cheaper types or memory", "Same types and memory")
    case "unused": return try pick("More was unused", "Less was unused", "As much was unused")
    case "retries": return try pick("More retried or failed", "Less retried or failed", "As much retried or failed")
    case let other: return other
    }
  }

  /// The figures behind it; empty if there is nothing to compare.
  private static let bridgeEvidence = Sentence("bridge-evidence") { facts in
    let row = facts.row
    guard let now = try row.number("now"), let before = try row.number("before") else { return "" }
    let digits = Digits(locale: facts.formatter.locale)
    let symbol = facts.formatter.locale.currency.symbol
    var amounts: String {
      "\(symbol)\(digits.fixed(now, places: 2)), was \(symbol)\(digits.fixed(before, places: 2))"
    }
    let change = before > 0 ? 100 * (now / before - 1) : nil
    let percent = change.map { ($0 < 0 ? "" : "+") + digits.fixed($0, places: 1) + "%" } ?? ""
    switch try row.cell("factor").plain {
    case "volume": return "\(try row.integer("now")) against \(try row.integer("before"))"
    case "size": return percent.isEmpty ? "" : "vCPU-hours per job \(percent)"
    case "price": return percent.isEmpty ? "" : "rate of the same pools \(percent)"
    case "purchase option": return "\(try row.percent("now")) of vCPU-hours, was \(try row.percent("before"))"
    case "mix": return percent.isEmpty ? "" : "work per vCPU-hour \(percent)"
    case "unused": return "per \(facts.money.whole) of work \(amounts)"
    case "retries": return "per \(facts.money.whole) of work \(amounts)"
    default: return ""
    }
  }

  private static let moversTitle = Sentence("weekly-movers-title") { facts in
    let moved = try facts.rows("movers").filter { try $0.known("step") }
    let most = try moved.max { try abs($0.number("change_usd") ?? 0) < abs($1.number("change_usd") ?? 0) }
    guard let most, try most.counts("change_usd") else { return "What changed most" }
    let change = try most.cell("change_usd")
    // Of several that changed by the same amount none changed most.
    guard try moved.count(where: { try $0.cell("change_usd") == change }) == 1 else { return "What changed most" }
    let rose = try most.number("change_usd") ?? 0 > 0
    return "\(try most.name("step")) \(rose ? "rose" : "fell") most, by \(try most.amount("change_usd"))"
  }

  /// How much a step changed; from what, where it was next to nothing.
  private static let moverChange = Sentence("mover-change") { facts in
    guard let change = try facts.row.number("change") else { return "new" }
    return try change >= 10
      ? "from \(facts.row.usd("previous_cost_usd"))" : facts.row.text("change", as: .percent, signed: true)
  }

  /// Empty if there is at most one week, or if none of them cost anything.
  private static let weeksTitle = Sentence("weekly-weeks-title") { facts in
    let weeks = try facts.rows("cost-by-week")
    guard weeks.count > 1, try weeks.contains(where: { try $0.counts("cost_usd") }) else { return "" }
    let row = try facts["weekly-titles"]
    // Parts of weeks say less than the days do.
    guard try row.some("weeks") else { return "" }
    return try row.some("is_dearest_week") ? "The most expensive of \(row.words("weeks")) whole weeks" : "Cost by week"
  }

  private static let queueDaysTitle = Sentence("weekly-queue-days-title") { facts in
    let row = try facts["queue-days"]
    // The first page already shows a single queue by day, unless there is something to compare it with.
    let queues = Set(try facts.rows("queue-days").map { try $0.cell("job_queue") })
    if queues.count < 2, try !row.counts("change_usd") { return "" }
    guard try row.counts("change_usd"), let change = try row.number("change_usd") else {
      return "Cost by queue and day"
    }
    let name = "\(try row.name("job_queue")) changed\(queues.count > 1 ? " most" : "")"
    guard try row.counts("previous_usd") else { return "\(name): from nothing to \(try row.usd("period_usd"))" }
    guard try row.counts("period_usd") else { return "\(name): from \(try row.usd("previous_usd")) to nothing" }
    return
      "\(name): \(try row.amount("change_usd")) \(change > 0 ? "more" : "less") than the \(try row.usd("previous_usd")) before"
  }

  private static let queueDaysSubtitle = Sentence("weekly-queue-days-subtitle") { facts in
    try facts["queue-days"].known("change_usd")
      ? "Cost by day, \(facts.currency), one scale; pale: the period before, dark: this one, with its change; the largest change comes first"
      : "Cost by day, \(facts.currency), one scale; the most expensive queues first"
  }
}
