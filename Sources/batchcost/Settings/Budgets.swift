import ArgumentParser
import Domain
import Insights

extension ConfigurationFile {
  /// One entry of `budgets`: of everything unless a tag or a queue is named.
  struct Budget: Decodable {
    /// `team=ml`
    var tag: String?
    /// The job queue's name.
    var queue: String?
    /// Dollars.
    var weekly: String?
    var monthly: String?
  }

  /// The limits that `check` holds the cost against.
  func limits() throws -> [Limit] {
    var limits = try (budgets ?? []).flatMap(Self.limits)
    if let maxUnused { limits.append(Limit(.everything, .unusedShare(try Self.share(maxUnused, "max_unused")))) }
    if let maxRetried { limits.append(Limit(.everything, .retriedShare(try Self.share(maxRetried, "max_retried")))) }
    return limits
  }

  private static func limits(of budget: Budget) throws -> [Limit] {
    let scope: Limit.Scope
    switch (budget.queue, budget.tag) {
    case (let queue?, nil): scope = .jobQueue(queue)
    case (nil, let tag?):
      guard let equals = tag.firstIndex(of: "="), tag.index(after: equals) < tag.endIndex else {
        throw ValidationError("batchcost.yaml: budgets: tag \(tag): not NAME=VALUE")
      }
      scope = .tag(name: String(tag[..<equals]), value: String(tag[tag.index(after: equals)...]))
    case (nil, nil): scope = .everything
    default: throw ValidationError("batchcost.yaml: budgets: an entry names a queue or a tag, not both")
    }
    guard budget.weekly != nil || budget.monthly != nil else {
      throw ValidationError("batchcost.yaml: budgets: \(scope): neither weekly nor monthly")
    }
    var limits: [Limit] = []
    if let text = budget.weekly { limits.append(Limit(scope, .weekly(try money(text)))) }
    if let text = budget.monthly { limits.append(Limit(scope, .monthly(try money(text)))) }
    return limits
  }

  private static func money(_ text: String) throws -> Money {
    guard let money = Money(budget: text) else {
      throw ValidationError("batchcost.yaml: budgets: \(text): not an amount of dollars")
    }
    return money
  }

  private static func share(_ text: String, _ key: String) throws -> Double {
    guard let share = parseShare(text) else {
      throw ValidationError("batchcost.yaml: \(key): \(text): not a share such as 20%")
    }
    return share
  }
}
