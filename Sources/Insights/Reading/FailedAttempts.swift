import Accounting
import Domain
import Store

/// Attempts that were retried or failed, why, and who ran them again: all attempts except the last of their job, and
/// the last of a job that is over without success.
struct FailedAttempts: Sendable {
  struct Failure: Equatable, Sendable {
    var outcome: Outcome
    var rerun: Rerun
  }

  /// Who ran a failed attempt again.
  enum Rerun: String, Sendable {
    /// Batch, as another attempt of the job.
    case batch
    /// The client, as another job of the same task.
    case client
    /// Probably the client: another job of the same step began right after.
    case likely
    /// Nobody.
    case none
  }

  private(set) var failures: [Int64: Failure] = [:]
  /// Jobs with a failed attempt, and jobs that ran one again.
  private(set) var jobs: Set<Int64> = []

  /// - Complexity: O(n) in the number of attempts; reads only failed ones from the database.
  init(_ connection: Connection, _ attempts: AttemptTable, _ reruns: ClientReruns, _ scope: InsightScope) throws {
    let row = try connection.prepare("SELECT status_reason, container_reason, exit_code FROM attempt WHERE id = ?")
    func add(_ position: Int, _ rerun: Rerun, endedByUser: Bool = false) throws {
      let id = attempts[position].id
      row.bind(1, id)
      defer { row.reset() }
      guard try row.step() else { return }
      // As in the ledger: an exit code of 0 is no failure, whatever the reason says.
      let exitCode = row.optionalInteger(2)
      var outcome =
        exitCode == 0
        ? .other
        : Outcome(statusReason: row.optionalText(0), containerReason: row.optionalText(1), exitCode: exitCode)
      if endedByUser, !outcome.isLostHost { outcome = .cancelled }
      failures[id] = Failure(outcome: outcome, rerun: rerun)
      jobs.insert(AttemptID.job(of: id))
    }
    for position in 0..<attempts.count where attempts.isRetried(position) { try add(position, .batch) }
    let unsuccessful = try connection.prepare(
      """
      SELECT id, cancelled + terminated > 0 FROM \(scope.isPart ? scope.jobs : "job")
      WHERE status <> 'SUCCEEDED' AND attempts > 0
      """)
    while try unsuccessful.step() {
      let job = unsuccessful.integer(0)
      guard let last = attempts.positions(ofJob: job).last, attempts[last].stopped >= 0 else { continue }
      let link = reruns.links[job]
      if let link { jobs.insert(link.next) }
      try add(
        last, link.map { $0.isSure ? .client : .likely } ?? .none, endedByUser: unsuccessful.integer(1) == 1)
    }
  }

  /// Lost with its host, whatever the reason.
  func isLost(_ attempt: Int64) -> Bool { failures[attempt]?.outcome.isLostHost == true }
}
