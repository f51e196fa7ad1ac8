import Configuration
import Domain
import Insights

extension ConfigurationFile {
  /// The limits that `check` compares the cost with.
  static func limits(_ reader: SettingsReader) throws -> [Limit] {
    var limits = try reader.readers("budgets").flatMap(budget)
    if let share = try share(reader, "max_unused") { limits.append(Limit(.everything, .unusedShare(share))) }
    if let share = try share(reader, "max_retried") { limits.append(Limit(.everything, .retriedShare(share))) }
    return limits
  }

  /// One entry of `budgets`: for everything unless it names a tag or a queue.
  private static func budget(_ reader: SettingsReader) throws -> [Limit] {
    try reader.allow(["tag", "queue", "weekly", "monthly", "currency"])
    let (queue, tag) = (try reader.string("queue"), try tag(reader))
    if queue != nil, tag != nil { throw reader.error("an entry names a queue or a tag, not both") }
    let scope = queue.map(Limit.Scope.jobQueue) ?? tag ?? .everything
    let currency = try reader.value("currency", as: Currency.init(rawValue:), expected: "USD or CNY")
    let weekly = try money(reader, "weekly").map { Limit(scope, .weekly($0), in: currency) }
    let monthly = try money(reader, "monthly").map { Limit(scope, .monthly($0), in: currency) }
    guard weekly != nil || monthly != nil else { throw reader.error("\(scope): needs weekly or monthly") }
    return [weekly, monthly].compactMap { $0 }
  }

  /// `team=ml`
  private static func tag(_ reader: SettingsReader) throws -> Limit.Scope? {
    try reader.value(
      "tag",
      as: { text in
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex, text.index(after: equals) < text.endIndex
        else { return nil }
        return .tag(name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
      }, expected: "NAME=VALUE, such as team=ml")
  }

  private static func money(_ reader: SettingsReader, _ name: String) throws -> Money? {
    try reader.value(name, as: Money.init(budget:), expected: "an amount of dollars, such as 5000")
  }

  private static func share(_ reader: SettingsReader, _ name: String) throws -> Double? {
    try reader.value(name, as: parseShare, expected: "a share, such as 20%")
  }
}
