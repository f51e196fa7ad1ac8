import Domain
import Store

/// An answer as the database keeps it, for queries and reports.
package struct KeptAnswer: Sendable {
  package var answer: Answer
  /// Position of the piece of advice that it is.
  package var advice: Int?
  /// `Backtest.error` of what it changes.
  package var backtestError: Double?

  package init(answer: Answer, advice: Int?, backtest: Backtest?) {
    self.answer = answer
    self.advice = advice
    backtestError = backtest?.error(changing: answer.changed)
  }

  /// Replaces answers of a week to the same scenarios, forgets those about other facts, and marks the frontier anew.
  package static func keep(
    _ kept: [KeptAnswer], week: String, seeds: Int, _ connection: Connection
  ) throws {
    let inputs = try connection.inputs(of: "insights") ?? ""
    let stale = try connection.prepare("DELETE FROM replay_answer WHERE inputs <> ?")
    stale.bind(1, inputs)
    try stale.run()
    let row = try connection.prepare(
      "INSERT OR REPLACE INTO replay_answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)")
    for item in kept {
      let answer = item.answer
      row.bind(1, week)
      row.bind(2, answer.scenario.name)
      row.bind(3, item.advice.map(Int64.init))
      let numbers = [
        answer.replayed.meanCost, answer.asItWas.meanCost, answer.saving, answer.savingSpread, answer.waitP95,
        answer.asItWasWaitP95,
      ]
      for (index, number) in numbers.enumerated() { row.bind(Int32(index + 4), number) }
      row.bind(10, Int64(seeds))
      if let backtestError = item.backtestError { row.bind(11, backtestError) } else { row.bindNull(11) }
      row.bind(12, inputs)
      try row.run()
    }
    let mark = try connection.prepare(
      """
      UPDATE replay_answer AS r SET is_frontier = NOT EXISTS (
        SELECT 1 FROM replay_answer o WHERE o.week = r.week AND o.scenario <> r.scenario
          AND o.cost <= r.cost AND o.wait_p95_ms <= r.wait_p95_ms AND (o.cost < r.cost OR o.wait_p95_ms < r.wait_p95_ms))
      WHERE r.week = ?
      """)
    mark.bind(1, week)
    try mark.run()
  }
}
