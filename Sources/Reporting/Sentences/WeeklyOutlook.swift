import Base

/// What comes next: forecasts, budgets, unusual days.
extension Sentence {
  static let weeklyOutlook = [
    nextHeading, weekForecastTitle, weekForecastSubtitle, monthForecastTitle, budgetsTitle, anomaliesTitle,
    anomalyEvidence, budgetWeek, budgetSoFar,
    notShown, forecastName,
  ]

  /// Over queues by day, forecasts, budgets and unusual days, of those that are shown.
  private static let nextHeading = Sentence("weekly-next-heading") { facts in
    let row = try facts["outlook-titles"]
    let queues = try facts.rows("queue-days")
    let names = Set(try queues.map { try $0.cell("job_queue") }).count
    let moved = try queues.first.map { try $0.counts("change_usd") } ?? false
    let isForecast = try (row.known("week_usd") || row.known("month_usd")) && forecastCounts(facts)
    let comes = try isForecast || facts["budgets"].some("budgets")
    guard names > 1 || moved else { return comes ? "What comes next" : "Unusual days" }
    let which = moved && names > 1 ? "Which queue changed" : "Cost by queue and day"
    return comes ? "\(which), and what comes next" : which
  }

  private static let weekForecastTitle = Sentence("weekly-week-forecast-title") { facts in
    let row = try facts["outlook-titles"]
    guard try row.known("week_usd"), try forecastCounts(facts) else { return "" }
    let start = try row.known("week_start") ? "of \(row.text("week_start", as: .date)) " : ""
    return "The week \(start)is heading for \(try facts.bound)\(try row.usd("week_usd"))"
  }

  /// Whether any amount is visible when printed: what has long cost nothing is expected to cost nothing.
  private static func forecastCounts(_ facts: Facts) throws -> Bool {
    try facts.rows("forecast").contains { try $0.counts("high_usd") || $0.counts("expected_usd") }
  }

  private static let weekForecastSubtitle = Sentence("weekly-week-forecast-subtitle") { facts in
    let row = try facts["outlook-titles"]
    return "Cost at its end, \(facts.currency); four of five end between low and high, if coming days are like the "
      + "\(try row.words("history_days")) before. What is expected of the rows adds up to everything"
  }

  private static let monthForecastTitle = Sentence("weekly-month-forecast-title") { facts in
    let row = try facts["outlook-titles"]
    guard try row.known("month_usd"), try forecastCounts(facts) else { return "" }
    let month = try row.known("month_start") ? row.text("month_start", as: .month) : "The month"
    return "\(month) is heading for \(try facts.bound)\(try row.usd("month_usd"))"
  }

  private static let budgetsTitle = Sentence("weekly-budgets-title") { facts in
    let row = try facts["budgets"]
    guard try row.some("budgets") else { return "" }
    let week = try budgetedWeek(row)
    let next = try budgetsAhead(row, facts.rows("budgets"))
    return week.isEmpty ? next.capitalizedFirst : "\(week); \(next)"
  }

  /// What became of the weekly budgets in the week that is reported; empty if there are none.
  private static func budgetedWeek(_ row: FactRow) throws -> String {
    guard let weekly = try row.number("weekly"), weekly > 0 else { return "" }
    let its = weekly == 1 ? "its budget" : "its budgets"
    if try row.some("broken") {
      if weekly == 1 { return "The week exceeded \(its)" }
      return try weekly == row.number("broken")
        ? "The week exceeded \(weekly == 2 ? "both" : "all \(row.words("weekly"))") weekly budgets"
        : "The week exceeded \(row.words("broken")) of \(row.words("weekly", "weekly budgets"))"
    }
    return try row.some("unknown_weeks")
      ? "Whether the week kept within \(its) is unknown" : "The week kept within \(its)"
  }

  /// What is to be expected of the budgets.
  private static func budgetsAhead(_ row: FactRow, _ rows: [FactRow]) throws -> String {
    let budgets = rows.count
    let states = try rows.map { try $0.cell("state").plain }
    func who(_ state: String) -> String {
      if budgets == 1 { return "the budget" }
      return states.allSatisfy { $0 == state } ? "the budgets" : "some budgets"
    }
    if try row.some("at_risk") {
      let atRisk = try row.number("at_risk") ?? 0
      let who =
        budgets == 1
        ? "the budget"
        : Double(budgets) == atRisk
          ? "\(budgets == 2 ? "both" : "all \(try row.words("budgets"))") budgets"
          : "\(try row.words("at_risk")) of \(try row.words("budgets", "budgets"))"
      return "\(who) \(atRisk == 1 ? "is" : "are") over or expected to go over"
    }
    if states.contains("no-such") { return "no job has the queue or tag of \(who("no-such"))" }
    if states.contains("unknown") { return "whether \(who("unknown")) will hold is unknown" }
    if states.contains("no-forecast") { return "there is no forecast for \(who("no-forecast"))" }
    return budgets == 1 ? "the budget is expected to hold" : "all budgets are expected to hold"
  }

  private static let budgetWeek = Sentence("budget-week") { facts in
    try facts.row.known("week_is_priced") ? spent("week_usd", facts.row.number("week_is_priced"), facts.row) : ""
  }

  private static let budgetSoFar = Sentence("budget-so-far") { facts in
    try spent("so_far_usd", facts.row.number("so_far_is_priced"), facts.row)
  }

  private static func spent(_ column: String, _ isPriced: Double?, _ row: FactRow) throws -> String {
    guard try row.known(column) else { return "unknown" }
    return try "\(isPriced == 0 ? "at least " : "")\(row.usd(column))"
  }

  private static let anomaliesTitle = Sentence("weekly-anomalies-title") { facts in
    let row = try facts["outlook-titles"]
    return try row.some("anomalies") ? "Cost was unusual on \(row.count("anomalies", "days"))" : "Unusual days"
  }

  /// A row of the forecast: everything, a queue, or unused capacity.
  private static let forecastName = Sentence("forecast-name") { facts in
    switch try facts.row.cell("kind").plain {
    case "everything": "Everything"
    case "unused": "Unused, no queue"
    default: try facts.row.name("name")
    }
  }

  /// What changed most on an unusual day, and its usual value.
  private static let anomalyEvidence = Sentence("anomaly-evidence") { facts in
    let row = facts.row
    let digits = Digits(locale: facts.formatter.locale)
    func text(_ column: String, _ places: Int) throws -> String {
      try row.number(column).map { digits.fixed($0, places: places) } ?? "–"
    }
    func both(_ places: Int, _ unit: String, before mark: String = "") throws -> String {
      "\(mark)\(try text("figure", places)) \(unit), usually \(mark)\(try text("usual", places))"
    }
    switch try row.cell("cause").plain {
    case "jobs":
      let jobs = try text("figure", 0)
      return "\(jobs) \(jobs == "1" ? "job" : "jobs"), usually \(try text("usual", 0))"
    case "size": return try both(2, "vCPU-hours per job")
    case "price": return try both(3, "per vCPU-hour", before: facts.formatter.locale.currency.symbol)
    case "retries": return try both(2, "retried or failed", before: facts.formatter.locale.currency.symbol)
    case "unused": return try both(2, "unused", before: facts.formatter.locale.currency.symbol)
    default: return ""
    }
  }

  /// What is not shown, and why: one paragraph instead of empty figures.
  private static let notShown = Sentence("weekly-not-shown") { facts in
    let row = try facts["outlook-titles"]
    var said: [String] = []
    if try !row.known("week_usd") {
      let days = try row.number("whole_days") ?? 0
      said.append(
        days >= 7
          ? "A forecast needs seven whole days whose cost is known and a week that began within them."
          : "A forecast needs seven whole days of history and a week that began within them; "
            + "\(try row.count("whole_days", "days")) \(days == 1 ? "is" : "are") known.")
    } else if try !facts["totals"].known("cost_usd"), try facts["totals"].some("attempts") {
      said.append("No cost can be expected: that of the last days is unknown.")
    } else if try !forecastCounts(facts) {
      said.append("No cost is expected: the last \(try row.words("history_days")) days had none.")
    }
    if try !row.some("anomalies") {
      if try row.some("watched") {
        said.append(
          "No day stands out from its history: \(try row.integer("watched")) of \(try row.integer("series")) series are "
            + "watched, with about one false alarm a year.")
      } else if try row.some("watch_days_left") {
        said.append(
          "Unusual days are detected after \(try row.integer("watch_needed")) whole days of history; "
            + "\(try row.watchedDays) known.")
      } else if try row.some("watch_recent_days") {
        said.append(
          "Unusual days are not detected: something ran on \(try row.activeDays) of the last "
            + "\(try row.count("watch_recent_days", "days")).")
      }
    }
    if !facts.isNarrowed, try !facts["budgets"].some("budgets") {
      said.append("No budget is known (`budgets` in batchcost.yaml, read by `batchcost ledger build`).")
    }
    if try facts["headline"].some("ran"), try facts.rows("retry-cost").isEmpty {
      said.append("No attempt was retried or failed.")
    }
    if !facts.isNarrowed, try facts.rows("bill-difference").isEmpty, try facts.rows("billed-task-cost").isEmpty {
      said.append("No billing export covers these days.")
    } else if try facts.isOtherBill {
      said.append("The billing export of these days names no instance of this ledger.")
    }
    if let rest = try facts.notAttributed, try !facts["around-jobs"].counts("attributed_usd") {
      said.append("The bill of these accounts has \(rest.amount) around jobs, attributed to none: \(rest.kinds).")
    }
    if !facts.isNarrowed, try facts.rows("restated-days").isEmpty { said.append("No day was restated.") }
    let found = try facts["weekly-titles"]
    if try !found.some("warnings"), try found.number("notes") == 1, let row = try facts.rows("findings-by-check").first
    {
      said.append("The only finding is a note, `\(try row.cell("check_name").plain)`: \(try row.name("message")).")
    }
    return said.joined(separator: " ")
  }
}

extension FactRow {
  /// `only 18`, `none`
  fileprivate var activeDays: String {
    get throws { try some("watch_active_days") ? "only \(integer("watch_active_days"))" : "none" }
  }

  /// Days whose cost is known: `1 day is`, `7 days are`, `the whole cost of none is`.
  fileprivate var watchedDays: String {
    get throws {
      guard try some("watch_days") else { return "the whole cost of none is" }
      return "\(try count("watch_days", "days")) \(try number("watch_days") == 1 ? "is" : "are")"
    }
  }
}
