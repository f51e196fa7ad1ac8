import Domain
import Insights
import Replay

/// Answers narrowed to some jobs, as rows and sentences.
enum NarrowedTable {
  /// The note beside every narrowed answer.
  static func note(_ lens: Lens) -> String {
    "Only \(lens.words): what its attempts cost, startup included. All jobs are replayed, because they share hosts; unused "
      + "cost belongs to no job and is left out."
  }

  /// The back-test: the chosen jobs, then everything that is replayed.
  static func result(_ narrowed: Backtest.Narrowed, _ backtest: Backtest, _ words: String) -> DataTable {
    var rows: [[Cell]] = [
      [
        .text(words), .money(nanodollars: narrowed.actual), .money(nanodollars: narrowed.replayed),
        .share(narrowed.error), .money(nanodollars: narrowed.free.mean), .money(nanodollars: narrowed.free.spread),
        .share(narrowed.freeError), .money(nanodollars: narrowed.drawn.mean),
        .money(nanodollars: narrowed.drawn.spread),
        .share(narrowed.drawnError),
      ]
    ]
    if let all = backtest.rows.last {
      rows.append([
        .text("all, with unused cost"), .money(nanodollars: all.actual), .money(nanodollars: all.replayed),
        .share(all.error), .money(nanodollars: all.free.mean), .money(nanodollars: all.free.spread),
        .share(all.freeError), .money(nanodollars: all.drawn.mean), .money(nanodollars: all.drawn.spread),
        .share(all.drawnError),
      ])
    }
    return DataTable(
      [
        "jobs", "actual_usd", "replayed_usd", "error", "free_usd", "free_spread_usd", "free_error", "drawn_usd",
        "drawn_spread_usd", "drawn_error",
      ], rows: rows)
  }

  /// One row per scenario; the last columns cover all jobs.
  static func result(_ answers: [Answer], _ backtest: Backtest?) -> DataTable {
    DataTable(
      [
        "scenario", "cost_usd", "as_it_was_usd", "saving_usd", "saving_spread_usd", "wait_p95_seconds",
        "as_it_was_wait_p95_seconds", "actual_cost_usd", "backtest_error", "changes", "saving_of_all_usd",
      ],
      rows: answers.sorted { saving($0) > saving($1) }.map { answer in
        let (was, replayed) = (answer.asItWas.meanNarrowed, answer.replayed.meanNarrowed)
        return [
          .text(answer.scenario.name), .money(nanodollars: replayed.cost), .money(nanodollars: was.cost),
          .money(nanodollars: saving(answer)),
          .money(nanodollars: Spread.deviation(answer.narrowedSavings)), .real(Double(replayed.waitP95) / 1000),
          .real(Double(was.waitP95) / 1000), .money(nanodollars: answer.actual.narrowed.cost),
          .share(backtest?.trust(in: answer).error), .text(answer.changed.joined(separator: ", ")),
          .money(nanodollars: answer.saving),
        ]
      })
  }

  /// Where the difference comes from: the chosen jobs, other jobs, or unused capacity. Rows add up to the last.
  static func parts(_ answer: Answer, _ words: String) -> DataTable {
    func parts(_ results: [EnvironmentResult], _ chosen: Int64) -> [Int64] {
      let cost = results.reduce(0) { $0 + $1.cost }
      let unused = results.reduce(0) { sum, result in
        Account.unused.reduce(sum) { $0 + result.accounts[$1.rawValue] }
      }
      return [chosen, cost - unused - chosen, unused, cost]
    }
    let actual = parts(answer.actual.environments, answer.actual.narrowed.cost)
    let was = parts(answer.asItWas.meanEnvironments, answer.asItWas.meanNarrowed.cost)
    let replayed = parts(answer.replayed.meanEnvironments, answer.replayed.meanNarrowed.cost)
    let names = [words, "other jobs", "unused", "all"]
    return DataTable(
      ["cost", "actual_usd", "as_it_was_usd", "scenario_usd", "difference_usd"],
      rows: names.indices.map { index in
        [
          .text(names[index]), .money(nanodollars: actual[index]), .money(nanodollars: was[index]),
          .money(nanodollars: replayed[index]), .money(nanodollars: replayed[index] - was[index]),
        ]
      })
  }

  static func headline(_ answer: Answer, _ backtest: Backtest?, _ words: String, in currency: Currency) -> String {
    func money(_ nanodollars: Int64) -> String { ReplayStory.money(nanodollars, currency) }
    let (was, replayed) = (answer.asItWas.meanNarrowed.cost, answer.replayed.meanNarrowed.cost)
    let saving = saving(answer)
    let spread = Spread.deviation(answer.narrowedSavings)
    let error = ReplayStory.error(answer, backtest, "for these jobs or for what this changes")
    return
      "\(answer.scenario.name), \(words): \(money(replayed)) instead of \(money(was)), "
      + "\(money(abs(saving))) ± \(money(spread)) \(saving >= 0 ? "less" : "more"). "
      + "95% of them start within \(ReplayStory.seconds(answer.replayed.meanNarrowed.waitP95)), instead of "
      + "\(ReplayStory.seconds(answer.asItWas.meanNarrowed.waitP95)).\(error)"
  }

  private static func saving(_ answer: Answer) -> Int64 {
    answer.asItWas.meanNarrowed.cost - answer.replayed.meanNarrowed.cost
  }

}
