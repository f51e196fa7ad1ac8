import Domain

/// The most that something may cost.
package struct Limit: Equatable, Sendable {
  /// What the limit covers.
  package enum Scope: Equatable, Sendable {
    /// All cost, including unused.
    case everything
    /// Attempts and startup of one job queue, by name.
    case jobQueue(String)
    /// Attempts and startup of jobs that carry the tag; array children have their parent's tags.
    case tag(name: String, value: String)
  }

  /// What is limited, and by how much.
  package enum Measure: Equatable, Sendable {
    /// The cost of seven days.
    case weekly(Money)
    /// The cost of a calendar month, UTC.
    case monthly(Money)
    /// Unused cost as a share of all cost, 0 to 1.
    case unusedShare(Double)
    /// Cost of retried or failed attempts as a share of all cost, 0 to 1.
    case retriedShare(Double)
  }

  /// Whose cost is limited: all, a queue's or a tag's.
  package var scope: Scope
  /// What is limited, and how much of it is allowed.
  package var measure: Measure
  /// Of an amount, and whose part of the cost a share is of; nil where whoever set it did not say.
  package var currency: Currency?

  package init(_ scope: Scope, _ measure: Measure, in currency: Currency? = nil) {
    self.scope = scope
    self.measure = measure
    self.currency = currency
  }

  /// Whether it is money, not a share.
  package var isAmount: Bool {
    switch measure {
    case .weekly, .monthly: true
    case .unusedShare, .retriedShare: false
    }
  }

  /// Reads `team=ml:800`, `queue=gpu:800` and `team=ml:3000/month`: dollars per week, or per month if the text says so.
  /// `queue` is the job queue, any other name a tag.
  package init?(budget text: String) {
    guard let colon = text.lastIndex(of: ":"), let equals = text.firstIndex(of: "="), equals < colon else { return nil }
    let name = String(text[..<equals])
    let value = String(text[text.index(after: equals)..<colon])
    var amount = text[text.index(after: colon)...]
    let isMonthly = amount.hasSuffix("/month")
    if isMonthly { amount = amount.dropLast(6) } else if amount.hasSuffix("/week") { amount = amount.dropLast(5) }
    guard !name.isEmpty, !value.isEmpty, let money = Money(budget: String(amount)) else { return nil }
    scope = name == "queue" ? .jobQueue(value) : .tag(name: name, value: value)
    measure = isMonthly ? .monthly(money) : .weekly(money)
  }
}

extension Limit.Scope: CustomStringConvertible {
  package var description: String {
    switch self {
    case .everything: "everything"
    case .jobQueue(let name): "queue \(name)"
    case .tag(let name, let value): "\(name)=\(value)"
    }
  }
}

extension Money {
  /// Reads dollars, such as `5000`, `$5,000` or `12.50`; nil for anything else, for negative amounts and for a decimal
  /// comma: `12,50`.
  package init?(budget text: String) {
    let amount = text.drop { $0 == "$" }
    let isGrouped = amount.wholeMatch(of: /[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?/) != nil
    guard isGrouped || !amount.contains(",") else { return nil }
    let digits = amount.filter { $0 != "," }
    guard let amount = parseDecimal(digits, places: 9), amount >= 0 else { return nil }
    self.init(nanodollars: amount)
  }
}

/// Reads `20%` or `0.2` as 0.2; nil for anything else, and for values outside 0 to 1.
package func parseShare(_ text: String) -> Double? {
  let isPercent = text.hasSuffix("%")
  guard let value = Double(isPercent ? String(text.dropLast()) : text) else { return nil }
  let share = isPercent ? value / 100 : value
  return (0...1).contains(share) ? share : nil
}
