import Domain
import Store

/// An answer as stored in the database, for queries and reports.
package struct KeptAnswer: Sendable {
  package var answer: Answer
  /// The position of the advice that it answers.
  package var advice: Int?
  /// `Trust.error` of what it changes and draws.
  package var backtestError: Double?

  package init(answer: Answer, advice: Int?, backtest: Backtest?) {
    self.answer = answer
    self.advice = advice
    backtestError = backtest?.trust(in: answer).error
  }

  /// Why a piece of advice has no answer, as printed in a report.
  package struct Refusal: Sendable {
    /// Its position in the week's advice.
    package var advice: Int
    /// A clause: "it would move no job".
    package var reason: String

    package init(advice: Int, reason: String) {
      self.advice = advice
      self.reason = reason
    }
  }

  /// Replaces answers of a week to the same scenarios, removes those about other facts, and marks the frontier again.
  package static func keep(
    _ kept: [KeptAnswer], refused: [Refusal], week: String, seeds: Int, _ connection: Connection
  ) throws {
    let inputs = try connection.inputs(of: .insights) ?? ""
    let stale = try connection.prepare("DELETE FROM replay_answer WHERE inputs <> ?")
    stale.bind(inputs)
    try stale.run()
    try keep(refused, week: week, inputs, connection)
    let row = try connection.prepare(
      "INSERT OR REPLACE INTO replay_answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)")
    for item in kept {
      let answer = item.answer
      row.bind(
        week, answer.scenario.name, item.advice.map(Int64.init), answer.replayed.meanCost, answer.asItWas.meanCost,
        answer.saving, answer.savingSpread, answer.waitP95, answer.asItWasWaitP95, Int64(seeds), item.backtestError,
        inputs)
      try row.run()
    }
    let mark = try connection.prepare(
      """
      UPDATE replay_answer AS r SET is_frontier = NOT EXISTS (
        SELECT 1 FROM replay_answer o WHERE o.week = r.week AND o.scenario <> r.scenario AND o.saving >= r.saving
          AND o.wait_p95_ms - o.as_it_was_wait_p95_ms <= r.wait_p95_ms - r.as_it_was_wait_p95_ms
          AND (o.saving > r.saving OR o.wait_p95_ms - o.as_it_was_wait_p95_ms < r.wait_p95_ms - r.as_it_was_wait_p95_ms))
      WHERE r.week = ?
      """)
    mark.bind(week)
    try mark.run()
    // A forced answer replaces the refusal before it.
    let answered = try connection.prepare(
      """
      DELETE FROM replay_refusal WHERE week = ?
        AND advice IN (SELECT advice FROM replay_answer r WHERE r.week = replay_refusal.week AND advice IS NOT NULL)
      """)
    answered.bind(week)
    try answered.run()
  }

  private static func keep(_ refused: [Refusal], week: String, _ inputs: String, _ connection: Connection) throws {
    let stale = try connection.prepare("DELETE FROM replay_refusal WHERE inputs <> ?")
    stale.bind(inputs)
    try stale.run()
    let answer = try connection.prepare("DELETE FROM replay_answer WHERE week = ? AND advice = ?")
    let row = try connection.prepare("INSERT OR REPLACE INTO replay_refusal VALUES (?, ?, ?, ?)")
    for refusal in refused {
      answer.bind(week, Int64(refusal.advice))
      try answer.run()
      row.bind(week, Int64(refusal.advice), refusal.reason, inputs)
      try row.run()
    }
  }
}
