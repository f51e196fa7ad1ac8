import Accounting
import Domain
import Store

/// What retried or failed attempts cost, who ran them again, and whether their work succeeded in the end, in which case
/// the cost goes unnoticed.
///
///     hidden = Σ (attempt + startup postings of attempts that were run again, of work that succeeded in the end)
///
/// A row is an attempt and day, with what its volumes and addresses cost; what an attempt cost whose host is unknown is
/// unknown. The rows add up to the ledger's cost of attempts with an outcome, to the nanodollar. Money is in nanodollars.
struct FailureCost: Equatable {
  var attempt: Int64
  var day: Day
  var failure: FailedAttempts.Failure
  var milliseconds: Int64 = 0
  var cost: Int64?
  /// The part of it for running time, on its instance or task alone.
  var work: Int64 = 0
  /// The Spot instance or task that it ran on; nil if it ran elsewhere.
  var spotResource: Int64?

  private struct Key: Hashable, Comparable {
    var attempt: Int64
    var day: Int32

    static func < (a: Key, b: Key) -> Bool { (a.attempt, a.day) < (b.attempt, b.day) }
  }

  static func rows(_ block: JobBlock, _ resources: ResourceTable) -> [FailureCost] {
    var rows: [Key: FailureCost] = [:]
    var told: [Int64: Outcome] = [:]
    for posting in block.postings {
      guard let failure = block.failed[posting.attempt] else { continue }
      // An attempt's own resource decides; its volumes and addresses follow.
      let key = Key(attempt: posting.attempt, day: posting.day)
      var row = rows[key] ?? FailureCost(attempt: posting.attempt, day: Day(number: posting.day), failure: failure)
      // The instance knows who took the host.
      let resource = resources[Int64(posting.resource)]
      if let resource, resource.isInstance {
        let outcome = failure.outcome.told(by: resource.option.lifecycle, interrupted: resource.interrupted)
        if outcome != failure.outcome { told[posting.attempt] = outcome }
      }
      if resource?.isMachine == true { row.milliseconds += posting.milliseconds }
      if resource?.isSpot == true { row.spotResource = row.spotResource ?? Int64(posting.resource) }
      if let cost = posting.cost { row.cost = (row.cost ?? 0) + cost }
      if let cost = posting.cost, !posting.isStartup, resource?.isMachine == true { row.work += cost }
      rows[key] = row
    }
    return rows.sorted { $0.key < $1.key }.map { _, row in
      var row = row
      if let outcome = told[row.attempt] { row.failure.outcome = outcome }
      return row
    }
  }

  /// The part of the day that a checkpoint made at this time kept, if somebody continued from it. Rounded down.
  ///
  /// - Parameter span: the attempt's running time, in milliseconds.
  func kept(until checkpoint: Int64?, _ span: Range<Int64>) -> Int64 {
    guard let checkpoint, failure.rerun != .none else { return 0 }
    let today = span.clamped(to: day.start.milliseconds..<day.start.milliseconds + millisecondsPerDay)
    guard !today.isEmpty else { return 0 }
    let kept = min(max(checkpoint, today.lowerBound), today.upperBound) - today.lowerBound
    return Int64(Int128(work) * Int128(kept) / Int128(today.upperBound - today.lowerBound))
  }
}

private struct FailureCosts: JobGathering {
  private let view: LedgerView
  private let writer: RowWriter
  private let checkpoints: LastCheckpoint
  private let status: Statement
  private let unplaced: Statement

  init(_ view: LedgerView, _ connection: Connection) throws {
    self.view = view
    writer = try RowWriter(connection, "failed_attempt", columns: 14)
    checkpoints = try LastCheckpoint(connection)
    status = try connection.prepare("SELECT status = 'SUCCEEDED' FROM job WHERE id = ?")
    unplaced = try connection.prepare("SELECT day, ms FROM unplaced WHERE attempt = ?")
  }

  func add(_ block: JobBlock) throws {
    let placed = FailureCost.rows(block, view.resources)
    for row in try placed + withoutHost(block, Set(placed.map(\.attempt))) {
      guard let position = block.attempts.position(of: row.attempt) else { continue }
      let attempt = block.attempts[position]
      status.bind(view.reruns.last(of: attempt.job))
      let succeeded = try status.first(Bool.self) ?? false
      var kept: Int64 = 0
      if attempt.started >= 0, attempt.stopped > attempt.started {
        let span = attempt.started..<attempt.stopped
        kept = row.kept(until: try checkpoints.time(ofJob: attempt.job, span), span)
      }
      try writer.write(
        .integer(row.attempt), .integer(Int64(row.day.number)), .integer(Int64(attempt.queue)),
        .integer(Int64(attempt.definition)), .integer(Int64(view.jobs.identities.step(of: attempt.job))),
        .integer(Int64(row.failure.outcome.rawValue)), .text(row.failure.rerun.rawValue), .flag(succeeded),
        .flag(row.spotResource != nil),
        .flag(attempt.started >= 0 && Instant(milliseconds: attempt.started).day == row.day),
        .integer(row.milliseconds), .optional(row.cost), .integer(kept),
        .optional(row.failure.outcome.isLostHost ? row.spotResource : nil))
    }
  }

  /// Failed attempts without a posting.
  private func withoutHost(_ block: JobBlock, _ placed: Set<Int64>) throws -> [FailureCost] {
    var rows: [FailureCost] = []
    for position in 0..<block.attempts.count {
      let attempt = block.attempts[position].id
      guard let failure = block.failed[attempt], !placed.contains(attempt) else { continue }
      unplaced.bind(attempt)
      let row = try unplaced.first { (day: Int64, milliseconds: Int64) in
        FailureCost(attempt: attempt, day: Day(number: Int32(day)), failure: failure, milliseconds: milliseconds)
      }
      if let row { rows.append(row) }
    }
    return rows
  }

  func finish() {}
}

extension Insight {
  static let failures = Insight.ofJobs("failed attempts", tables: ["failed_attempt"], by: .attempt, FailureCosts.self)
}
