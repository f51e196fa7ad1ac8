import Domain
import Replay

/// What a search tried, with the frontier marked.
enum FrontierTable {
  static func result(_ points: [Optimiser.Point], _ backtest: Backtest?) -> DataTable {
    DataTable(
      [
        "scenario", "cost_usd", "saving_usd", "saving_spread_usd", "wait_p95_seconds", "added_wait_p95_seconds",
        "is_frontier", "reclaims",
        "actual_cost_usd", "backtest_error",
      ],
      rows: points.map { point in
        let answer = point.answer
        return [
          .text(answer.scenario.name), .money(nanodollars: answer.replayed.meanCost),
          .money(nanodollars: answer.saving), .money(nanodollars: answer.savingSpread),
          .real(Double(answer.waitP95) / 1000), .real(Double(answer.addedWaitP95) / 1000),
          .integer(point.isOnFrontier ? 1 : 0),
          .real(answer.replayed.meanReclaims), .money(nanodollars: answer.actual.cost),
          .share(backtest?.trust(in: answer).error),
        ]
      })
  }
}
