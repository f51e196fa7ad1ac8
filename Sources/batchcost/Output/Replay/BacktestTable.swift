import Domain
import Replay

/// The back-test as rows: the environments in which anything ran, then the account.
enum BacktestTable {
  static func result(_ backtest: Backtest) -> DataTable {
    DataTable(
      [
        "compute_environment", "actual_usd", "replayed_usd", "error", "free_usd", "free_spread_usd", "free_error",
        "drawn_usd", "drawn_spread_usd", "drawn_error", "drawn_by_chance", "actual_hours", "replayed_hours",
        "actual_unused_usd",
        "replayed_unused_usd", "spread_usd",
      ],
      rows: backtest.rows.filter { $0.environment == nil || $0.ran }.map { row in
        [
          .text(row.environment ?? "all"), .money(nanodollars: row.actual), .money(nanodollars: row.replayed),
          .share(row.error), .money(nanodollars: row.free.mean), .money(nanodollars: row.free.spread),
          .share(row.freeError),
          .money(nanodollars: row.drawn.mean), .money(nanodollars: row.drawn.spread), .share(row.drawnError),
          .integer(row.drawn.includes(row.actual) ? 1 : 0),
          hours(row.actualMilliseconds), hours(row.replayedMilliseconds), .money(nanodollars: row.actualUnused),
          .money(nanodollars: row.replayedUnused), .money(nanodollars: row.spread),
        ]
      })
  }

  private static func hours(_ milliseconds: Int64) -> Cell {
    .real(Double(milliseconds) / Double(millisecondsPerHour))
  }
}

extension Cell {
  static func money(nanodollars: Int64) -> Cell { .money(Money(nanodollars: nanodollars)) }

  /// Rounded to a hundredth of a percent.
  static func share(_ value: Double?) -> Cell { value.map { .real(($0 * 10_000).rounded() / 10_000) } ?? .null }
}
