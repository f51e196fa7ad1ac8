import Domain
import Insights
import Store

/// The verdicts of `check` as rows: in words for people, in numbers for programs. Broken limits come first.
struct VerdictTable {
  /// Of all that was looked at.
  let currencies: [Currency]
  /// What `--where` chose of everything.
  let narrowing: Lens?

  private var isMixed: Bool { currencies.count > 1 }
  private var own: Currency { currencies.first ?? .usd }
  /// What its columns' names say: of several currencies each has columns of its own.
  var currency: Currency { isMixed ? .usd : own }
  private var columns: [Currency] { isMixed ? Currency.allCases : [own] }

  func result(_ verdicts: [BudgetCheck.Verdict], isForReading: Bool) -> DataTable {
    let ordered = verdicts.filter(\.isBroken) + verdicts.filter { !$0.isBroken }
    guard isForReading else {
      return DataTable(
        ["check", "scope", "period"]
          + columns.flatMap {
            isMixed ? [$0.column("actual_usd"), $0.column("limit_usd")] : ["actual_usd", "limit_usd"]
          }
          + ["actual_share", "limit_share", "is_broken"],
        rows: ordered.map { verdict in
          [.text(check(verdict.limit)), .text(scope(verdict.limit)), .text(verdict.period)]
            + columns.flatMap { amounts(verdict, in: $0) }
            + [share(verdict.actual), share(verdict.allowed), .integer(verdict.isBroken ? 1 : 0)]
        })
    }
    return DataTable(
      ["verdict", "check", "scope", "period", "actual", "limit"],
      rows: ordered.map { verdict in
        [
          .text(verdict.isBroken ? "BROKEN" : verdict.isUnknown ? "unknown" : "holds"),
          .text(check(verdict.limit)), .text(scope(verdict.limit)), .text(verdict.period),
          .text(actual(verdict)), .text(words(verdict.allowed, verdict.limit)),
        ]
      })
  }

  /// The outcome, in one line.
  static func summary(_ verdicts: [BudgetCheck.Verdict]) -> String {
    let broken = verdicts.count(where: \.isBroken)
    let unknown = verdicts.count(where: \.isUnknown)
    let limits = "\(verdicts.count) limit\(verdicts.count == 1 ? "" : "s")"
    if broken == 0, unknown == 0 {
      return verdicts.count == 1
        ? "The limit holds." : "\(verdicts.count == 2 ? "Both" : "All \(verdicts.count)") limits hold."
    }
    let parts = [
      broken > 0 ? "\(broken) of \(limits) \(broken == 1 ? "is" : "are") broken" : nil,
      unknown > 0 ? "\(unknown) of \(limits) could not be checked" : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: "; ") + "."
  }

  func sentence(_ verdict: BudgetCheck.Verdict) -> String {
    "\(scope(verdict.limit)): \(check(verdict.limit)) is \(actual(verdict)), "
      + "limit \(words(verdict.allowed, verdict.limit)) (\(verdict.period))"
  }

  /// Why a limit was not checked.
  func unknown(_ verdict: BudgetCheck.Verdict) -> String {
    let subject = "\(scope(verdict.limit)), \(verdict.period)"
    if case .unusedShare = verdict.limit.measure, narrowing?.isOfPlaces == false {
      return "\(subject): unused cost belongs to no job, so its share was not checked; choose places alone, or leave "
        + "out --where"
    }
    if verdict.isShareWithoutJobs {
      return "\(subject): no job was collected, so what was unused or retried is not known; collect describe-jobs"
    }
    if verdict.actual != nil, verdict.time.isPriced {
      let share = Cell.real((verdict.evidence.undescribedShare * 1000).rounded() / 10).plain
      return
        "\(subject): nobody described the instances of \(share)% of the cost, which may be higher, so whether its limit "
        + "holds is not known; collect describe-instances, or events"
    }
    guard verdict.actual == nil else {
      let share = Cell.real((verdict.time.unpricedShare * 1000).rounded() / 10).plain
      return "\(subject): \(share)% of what ran has no price, so whether its limit holds is not known"
    }
    if verdict.isOfNothing { return "\(subject): nothing was paid, so there is no \(check(verdict.limit)) to check" }
    return "\(subject): the \(check(verdict.limit)) is unknown, so its limit was not checked"
  }

  /// A cost of which a part has no price is at least what is known of it, one of instances that nobody described about that;
  /// a share may be anything.
  private func actual(_ verdict: BudgetCheck.Verdict) -> String {
    let words = words(verdict.actual, verdict.limit) + (verdict.isSoFar && verdict.actual != nil ? " so far" : "")
    guard verdict.actual != nil, case .money = verdict.allowed else { return words }
    if !verdict.time.isPriced { return "at least \(words)" }
    return verdict.isMostlyUndescribed ? "about \(words)" : words
  }

  /// With what everything is narrowed to, and the currency of its part where there are several.
  private func scope(_ limit: Limit) -> String {
    let scope = limit.scope == .everything ? narrowing?.words ?? "everything" : limit.scope.description
    guard isMixed, let currency = limit.currency else { return scope }
    return "\(scope), \(currency.rawValue)"
  }

  private func check(_ limit: Limit) -> String {
    switch limit.measure {
    case .weekly: "weekly cost"
    case .monthly: "monthly cost"
    case .unusedShare: "unused share"
    case .retriedShare: "retried share"
    }
  }

  private func words(_ amount: BudgetCheck.Verdict.Amount?, _ limit: Limit) -> String {
    switch amount {
    case .money(let money): (limit.currency ?? own).symbol + grouped(money.dollars, places: 2)
    case .share(let share): "\(Cell.real((share * 1000).rounded() / 10).plain)%"
    case nil: "–"
    }
  }

  private func amounts(_ verdict: BudgetCheck.Verdict, in currency: Currency) -> [Cell] {
    guard verdict.limit.currency ?? own == currency else { return [.null, .null] }
    return [money(verdict.actual), money(verdict.allowed)]
  }

  private func money(_ amount: BudgetCheck.Verdict.Amount?) -> Cell {
    if case .money(let money)? = amount { .money(money) } else { .null }
  }

  private func share(_ amount: BudgetCheck.Verdict.Amount?) -> Cell {
    if case .share(let share)? = amount { .real(share) } else { .null }
  }
}
