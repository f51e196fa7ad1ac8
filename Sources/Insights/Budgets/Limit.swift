import Domain

/// What something may cost at most.
package struct Limit: Equatable, Sendable {
  /// Whose cost.
  package enum Scope: Equatable, Sendable {
    /// All cost, unused too.
    case everything
    /// Attempts and startup of one job queue, by name.
    case jobQueue(String)
    /// Attempts and startup of jobs that carry the tag; children count with their parent's.
    case tag(name: String, value: String)
  }

  package enum Measure: Equatable, Sendable {
    case weekly(Money)
    case monthly(Money)
    /// Unused cost, of all cost, 0 to 1.
    case unusedShare(Double)
    /// Cost of attempts that came to nothing, of all cost, 0 to 1.
    case retriedShare(Double)
  }

  package var scope: Scope
  package var measure: Measure

  package init(_ scope: Scope, _ measure: Measure) {
    self.scope = scope
    self.measure = measure
  }

  /// Reads `team=ml:800`, `queue=gpu:800` and `team=ml:3000/month`: dollars a week unless a month is named. `queue` is
  /// the job queue, any other name a tag.
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
  /// Reads dollars, such as `5000`, `$5,000` or `12.50`; nil for anything else and for negative amounts.
  package init?(budget text: String) {
    let digits = text.drop { $0 == "$" }.filter { $0 != "," }
    guard let amount = parseDecimal(digits, places: 9), amount >= 0 else { return nil }
    self.init(nanodollars: amount)
  }
}

/// Reads `20%` or `0.2` as 0.2; nil for anything else, and outside 0 to 1.
package func parseShare(_ text: String) -> Double? {
  let isPercent = text.hasSuffix("%")
  guard let value = Double(isPercent ? String(text.dropLast()) : text) else { return nil }
  let share = isPercent ? value / 100 : value
  return (0...1).contains(share) ? share : nil
}
