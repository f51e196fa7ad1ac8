/// The last page: accounts, bill, restated days, findings.
extension Sentence {
  static let weeklyMethod = [
    accountsTitle, billTitle, restatedTitle, restatedAt, thisPeriod, periodBefore, findingsTitle, findingMessage,
  ]

  /// Empty if no price is known, because then all amounts below it are empty too.
  private static let accountsTitle = Sentence("weekly-accounts-title") { facts in
    let row = try facts["totals"]
    guard try row.known("cost_usd") else { return "" }
    guard try row.some("cost_usd") else { return "Every charge is counted once" }
    let cost = try row.text("cost_usd", as: abs(row.number("cost_usd") ?? 0) < 0.1 ? .usd : .usdCents)
    return try facts["headline"].number("is_priced") == 0
      ? "Every known \(facts.money.whole), \(cost) in all, is counted once"
      : "Every \(facts.money.whole) of \(cost) is counted once"
  }

  private static let billTitle = Sentence("weekly-bill-title") { facts in
    let row = try facts["weekly-titles"]
    guard let days = try row.number("bill_days"), days > 0 else { return "" }
    if try facts.isOtherBill { return "A bill that names no instance of this ledger: is it of another account?" }
    if days == 1 { return "Ledger and bill of \(try row.text("bill_from", as: .date))" }
    return "Ledger and bill, \(try row.text("bill_from", as: .date)) to \(try row.text("bill_to", as: .date))"
  }

  private static let restatedTitle = Sentence("weekly-restated-title") { facts in
    let row = try facts["restated-days"]
    guard try row.counts("period_change_usd"), let change = try row.number("period_change_usd") else {
      return "Days that a later collection or a bill changed"
    }
    return
      "This period \(change > 0 ? "rose" : "fell") by \(try row.amount("period_change_usd")) since its days were first reported"
  }

  /// When a day was last restated, or by what, since a bill is compared with the same collection.
  private static let restatedAt = Sentence("restated-at") { facts in
    try facts.row.some("by_bill") ? "by the bill" : facts.row.text("last_at", as: .instant)
  }

  /// The length of the period over its amounts.
  private static let thisPeriod = Sentence("weekly-this-period") { facts in
    facts.days == 7 ? "This week" : facts.days == 1 ? "This day" : "This period"
  }

  private static let periodBefore = Sentence("weekly-period-before") { facts in
    String(facts.before.dropFirst("the ".count)).capitalizedFirst
  }

  /// If the subjects have different messages, this one is marked as an example.
  private static let findingMessage = Sentence("finding-message") { facts in
    let message = try facts.row.name("message")
    guard let messages = try facts.row.number("messages"), messages > 1 else { return message }
    return "such as: \(message)"
  }

  private static let findingsTitle = Sentence("weekly-findings-title") { facts in
    let row = try facts["weekly-titles"]
    let kinds = try [("errors", "an error"), ("warnings", "a warning"), ("notes", "a note")].filter {
      try row.some($0.0)
    }
    // A single kind of note is told in the last paragraph.
    guard let first = kinds.first else { return "" }
    if first.0 == "notes" { return try row.number("notes") ?? 0 > 1 ? "All findings are notes" : "" }
    return try kinds.map { column, one in
      let isOne = try row.number(column) == 1
      let are = isOne ? "is \(one)" : "are \(column)"
      if column != first.0 { return "\(try row.words(column)) \(are)" }
      return "\(try row.beginning(column)) \(isOne ? "kind of finding" : "kinds of findings") \(are)"
    }.joined(separator: "; ")
  }
}

extension Facts {
  /// Whether all instances of the billing export are unknown to the collector.
  var isOtherBill: Bool {
    get throws {
      let rows = try rows("bill-difference")
      guard rows.count > 1, let billed = try rows.first?.number("instances"), billed > 0 else { return false }
      let unknown = try rows.first { try $0.cell("what").plain == "Batch's, but unknown to the collector" }
      return try unknown?.number("instances") == billed
    }
  }
}
