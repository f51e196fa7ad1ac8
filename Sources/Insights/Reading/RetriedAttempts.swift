import Accounting
import Store

/// Attempts that another attempt of their job followed, and what became of each.
struct RetriedAttempts: Sendable {
  private(set) var outcomes: [Int64: Outcome] = [:]
  private(set) var jobs: Set<Int64> = []

  /// Reads what only the few attempts that were run again need to be asked: why they ended.
  init(_ connection: Connection, _ attempts: AttemptTable) throws {
    let row = try connection.prepare(
      "SELECT status_reason, container_reason, exit_code FROM attempt WHERE id = ?")
    for index in 0..<attempts.count where attempts.isRetried(index) {
      row.bind(1, attempts[index].id)
      guard try row.step() else { continue }
      // As the ledger decides it: an exit code of 0 is no failure, whatever the words.
      let exitCode = row.optionalInteger(2)
      outcomes[attempts[index].id] =
        exitCode == 0
        ? .other
        : Outcome(statusReason: row.optionalText(0), containerReason: row.optionalText(1), exitCode: exitCode)
      jobs.insert(AttemptTable.job(of: attempts[index].id))
      row.reset()
    }
  }

  /// Lost with its host, whoever took it.
  func isLost(_ attempt: Int64) -> Bool { outcomes[attempt]?.isLostHost == true }
}
