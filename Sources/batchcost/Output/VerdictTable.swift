import Domain
import Insights
import Store

/// The verdicts of `check` as rows: one of words for people, one of numbers for programs. Broken ones come first.
enum VerdictTable {
  static func result(_ verdicts: [BudgetCheck.Verdict], isForReading: Bool) -> QueryResult {
    let ordered = verdicts.filter(\.isBroken) + verdicts.filter { !$0.isBroken }
    guard isForReading else {
      return QueryResult(
        columns: [
          "check", "scope", "period", "actual_usd", "limit_usd", "actual_share", "limit_share", "is_broken",
        ],
        rows: ordered.map { verdict in
          [.text(check(verdict.limit)), .text(verdict.limit.scope.description), .text(verdict.period)]
            + [money(verdict.actual), money(verdict.allowed), share(verdict.actual), share(verdict.allowed)]
            + [.integer(verdict.isBroken ? 1 : 0)]
        })
    }
    return QueryResult(
      columns: ["verdict", "check", "scope", "period", "actual", "limit"],
      rows: ordered.map { verdict in
        [
          .text(verdict.isBroken ? "BROKEN" : verdict.actual == nil ? "unknown" : "holds"),
          .text(check(verdict.limit)), .text(verdict.limit.scope.description), .text(verdict.period),
          .text(words(verdict.actual)), .text(words(verdict.allowed)),
        ]
      })
  }

  static func sentence(_ verdict: BudgetCheck.Verdict) -> String {
    "\(verdict.limit.scope): \(check(verdict.limit)) is \(words(verdict.actual)), limit \(words(verdict.allowed))"
      + " (\(verdict.period))"
  }

  private static func check(_ limit: Limit) -> String {
    switch limit.measure {
    case .weekly: "weekly cost"
    case .monthly: "monthly cost"
    case .unusedShare: "unused share"
    case .retriedShare: "retried share"
    }
  }

  private static func words(_ amount: BudgetCheck.Verdict.Amount?) -> String {
    switch amount {
    case .money(let money): "$" + Cell.money(money).readable
    case .share(let share): "\(Cell.real((share * 1000).rounded() / 10).exact)%"
    case nil: "–"
    }
  }

  private static func money(_ amount: BudgetCheck.Verdict.Amount?) -> Cell {
    if case .money(let money)? = amount { .money(money) } else { .null }
  }

  private static func share(_ amount: BudgetCheck.Verdict.Amount?) -> Cell {
    if case .share(let share)? = amount { .real(share) } else { .null }
  }
}
