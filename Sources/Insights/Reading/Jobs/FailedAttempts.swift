import Accounting
import Domain
import Store

/// Attempts of a block that were retried or failed, why, and who ran them again: all attempts except the last of their
/// job, and the last of a job that is over without success.
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

  private var failures: [Int64: Failure] = [:]
  /// Jobs with a failed attempt.
  private(set) var jobs: Set<Int64> = []
  /// Jobs that ran one again for a client; they may be of other blocks.
  private(set) var followers: Set<Int64> = []

  subscript(attempt: Int64) -> Failure? { failures[attempt] }

  /// - Parameter jobs: those without success.
  /// - Complexity: O(n) in the number of attempts; reads only failed ones from the database.
  init(
    _ connection: Connection, _ attempts: AttemptTable, _ jobs: [(id: Int64, failure: JobFailure)],
    _ reruns: ClientReruns
  ) throws {
    let row = try connection.prepare("SELECT \(Ending.list) FROM attempt WHERE id = ?")
    for position in 0..<attempts.count where attempts.isRetried(position) {
      try add(attempts[position].id, .batch, row)
    }
    for (job, failure) in jobs {
      guard let last = attempts.positions(ofJob: job).last, attempts[last].stopped >= 0 else { continue }
      let link = reruns.links[job]
      if let link { followers.insert(link.next) }
      let rerun: Rerun = link.map { $0.isSure ? .client : .likely } ?? .none
      try add(attempts[last].id, rerun, row, endedByUser: failure == .endedByUser)
    }
  }

  private enum Ending: Int32, SelectedColumn { case statusReason, containerReason, exitCode }

  private mutating func add(_ id: Int64, _ rerun: Rerun, _ row: Statement, endedByUser: Bool = false) throws {
    row.bind(id)
    defer { row.reset() }
    guard try row.step() else { return }
    // As in the ledger: an exit code of 0 is no failure, whatever the reason says.
    let exitCode = row.optionalInteger(Ending.exitCode)
    var outcome =
      exitCode == 0
      ? .other
      : Outcome(
        statusReason: row.optionalText(Ending.statusReason), containerReason: row.optionalText(Ending.containerReason),
        exitCode: exitCode)
    if endedByUser, !outcome.isLostHost { outcome = .cancelled }
    failures[id] = Failure(outcome: outcome, rerun: rerun)
    jobs.insert(AttemptID.job(of: id))
  }

  /// Lost with its host, whatever the reason.
  func isLost(_ attempt: Int64) -> Bool { failures[attempt]?.outcome.isLostHost == true }
}
