import Accounting
import Domain
import Store

/// Retries that nobody sees: attempts that came to nothing and were run again, beside what became of their job.
///
///     hidden = Σ (attempt + startup postings of attempts that were run again, of jobs that succeeded in the end)
///
/// A row is an attempt and day. All rows that Batch ran again are the ledger's cost of attempts that were retried; the
/// others were run again by their client, as another job.
struct RetryCost: Equatable {
  var attempt: Int64
  var day: Day
  var outcome: Outcome
  var milliseconds: Int64
  var cost: Int64?
  var isOnSpot = false

  static func rows(_ view: LedgerView) -> [RetryCost] {
    var rows: [PostingKey: RetryCost] = [:]
    for posting in view.postings.audited {
      guard var outcome = view.retried.outcomes[posting.attempt] else { continue }
      // Who took the host is the instance's to say.
      if outcome == .hostLost, view.resources[posting.resource]?.interrupted == true { outcome = .interrupted }
      // An attempt's own resource decides; its volumes and addresses follow.
      var key = PostingKey(posting)
      key.resource = 0
      var row =
        rows[key]
        ?? RetryCost(attempt: posting.attempt, day: posting.day, outcome: outcome, milliseconds: 0, cost: nil)
      if outcome == .interrupted { row.outcome = .interrupted }
      if view.resources[posting.resource]?.isMachine == true { row.milliseconds += posting.milliseconds }
      if view.resources[posting.resource]?.isSpot == true { row.isOnSpot = true }
      if let cost = posting.cost { row.cost = (row.cost ?? 0) + cost }
      rows[key] = row
    }
    return rows.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension Insight {
  static let retries = Insight("retries", tables: ["retry"]) { view, connection in
    let writer = try RowWriter(connection, "retry", columns: 10)
    let status = try connection.prepare("SELECT status = 'SUCCEEDED' FROM job WHERE id = ?")
    for row in RetryCost.rows(view) {
      guard let position = view.attempts.position(of: row.attempt) else { continue }
      status.bind(1, view.retried.lastJob(of: row.attempt))
      let succeeded = try status.step() && status.integer(0) == 1
      status.reset()
      try writer.write(
        .integer(row.attempt), .integer(Int64(row.day.number)), .integer(Int64(view.attempts[position].queue)),
        .integer(Int64(view.attempts[position].definition)), .integer(Int64(row.outcome.rawValue)), .flag(succeeded),
        .integer(row.milliseconds), .optional(row.cost), .flag(view.retried.byClient.contains(row.attempt)),
        .flag(row.isOnSpot))
    }
  }
}
