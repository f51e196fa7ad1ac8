import Accounting
import Domain
import Store

/// What attempts cost that came to nothing, who ran them again, and whether their work succeeded in the end, so that
/// nobody sees it.
///
///     hidden = Σ (attempt + startup postings of attempts that were run again, of work that succeeded in the end)
///
/// A row is an attempt and day. Together they are the ledger's cost of attempts with an outcome, to the nanodollar.
struct FailureCost: Equatable {
  var attempt: Int64
  var day: Day
  var failure: FailedAttempts.Failure
  var milliseconds: Int64 = 0
  var cost: Int64?
  var isOnSpot = false

  static func rows(_ view: LedgerView) -> [FailureCost] {
    var rows: [PostingKey: FailureCost] = [:]
    var told: [Int64: Outcome] = [:]
    for posting in view.postings.audited {
      guard let failure = view.failed.failures[posting.attempt] else { continue }
      // An attempt's own resource decides; its volumes and addresses follow.
      var key = PostingKey(posting)
      key.resource = 0
      var row = rows[key] ?? FailureCost(attempt: posting.attempt, day: posting.day, failure: failure)
      // Who took the host is the instance's to say.
      let resource = view.resources[posting.resource]
      if let resource, resource.isInstance {
        let outcome = failure.outcome.told(by: resource.option.lifecycle, interrupted: resource.interrupted)
        if outcome != failure.outcome { told[posting.attempt] = outcome }
      }
      if resource?.isMachine == true { row.milliseconds += posting.milliseconds }
      if resource?.isSpot == true { row.isOnSpot = true }
      if let cost = posting.cost { row.cost = (row.cost ?? 0) + cost }
      rows[key] = row
    }
    return rows.sorted { $0.key < $1.key }.map { _, row in
      var row = row
      if let outcome = told[row.attempt] { row.failure.outcome = outcome }
      return row
    }
  }
}

extension Insight {
  static let failures = Insight("failed attempts", tables: ["failed_attempt"], by: .attempt) { view, connection in
    let writer = try RowWriter(connection, "failed_attempt", columns: 12)
    let status = try connection.prepare("SELECT status = 'SUCCEEDED' FROM job WHERE id = ?")
    for row in FailureCost.rows(view) {
      guard let position = view.attempts.position(of: row.attempt) else { continue }
      let job = AttemptID.job(of: row.attempt)
      status.bind(1, view.reruns.last(of: job))
      let succeeded = try status.step() && status.integer(0) == 1
      status.reset()
      let attempt = view.attempts[position]
      try writer.write(
        .integer(row.attempt), .integer(Int64(row.day.number)), .integer(Int64(attempt.queue)),
        .integer(Int64(attempt.definition)), .integer(Int64(view.jobs.identities[job].step)),
        .integer(Int64(row.failure.outcome.rawValue)), .text(row.failure.rerun.rawValue), .flag(succeeded),
        .flag(row.isOnSpot), .flag(attempt.started >= 0 && Instant(milliseconds: attempt.started).day == row.day),
        .integer(row.milliseconds), .optional(row.cost))
    }
  }
}
