import Accounting
import Store

/// Attempts that ended because their host went away and that were run again.
enum LostHosts {
  /// Reads what only the few attempts that were run again need to be asked: why they ended.
  static func read(_ connection: Connection, _ attempts: AttemptTable) throws -> Set<Int64> {
    var lost: Set<Int64> = []
    let row = try connection.prepare(
      "SELECT status_reason, container_reason, exit_code FROM attempt WHERE id = ?")
    for index in 0..<attempts.count where attempts.isRetried(index) {
      row.bind(1, attempts.id[index])
      guard try row.step() else { continue }
      // As the ledger decides it: an exit code of 0 is no loss, whatever the words.
      let exitCode = row.optionalInteger(2)
      let outcome = Outcome(
        statusReason: row.optionalText(0), containerReason: row.optionalText(1), exitCode: exitCode)
      if exitCode != 0, outcome.isLostHost { lost.insert(attempts.id[index]) }
      row.reset()
    }
    return lost
  }
}
