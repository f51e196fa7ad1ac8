import Accounting
import Domain
import Store

/// Attempts that were run again, by another attempt of their job or by another job of their client, and what became of
/// each.
struct RetriedAttempts: Sendable {
  private(set) var outcomes: [Int64: Outcome] = [:]
  /// Jobs of which an attempt was run again, and jobs that ran one again.
  private(set) var jobs: Set<Int64> = []
  /// Attempts that another job ran again.
  private(set) var byClient: Set<Int64> = []
  private let reruns: ClientReruns

  /// Reads what only the few attempts that were run again need to be asked: why they ended.
  init(_ connection: Connection, _ attempts: AttemptTable, _ reruns: ClientReruns) throws {
    self.reruns = reruns
    var retried = (0..<attempts.count).filter { attempts.isRetried($0) }
    for (job, link) in reruns.links {
      jobs.insert(link.next)
      guard let last = attempts.positions(ofJob: job).last else { continue }
      retried.append(last)
      byClient.insert(attempts[last].id)
    }
    let row = try connection.prepare(
      "SELECT status_reason, container_reason, exit_code FROM attempt WHERE id = ?")
    for index in retried.sorted() {
      row.bind(1, attempts[index].id)
      guard try row.step() else { continue }
      // As the ledger decides it: an exit code of 0 is no failure, whatever the words.
      let exitCode = row.optionalInteger(2)
      outcomes[attempts[index].id] =
        exitCode == 0
        ? .other
        : Outcome(statusReason: row.optionalText(0), containerReason: row.optionalText(1), exitCode: exitCode)
      jobs.insert(AttemptID.job(of: attempts[index].id))
      row.reset()
    }
  }

  /// Lost with its host, whoever took it.
  func isLost(_ attempt: Int64) -> Bool { outcomes[attempt]?.isLostHost == true }

  /// What all attempts at one work have in common: the id of the first job that tried.
  func work(of attempt: Int64) -> Int64 { reruns.first(of: AttemptID.job(of: attempt)) }

  /// The order of the attempts at one work: jobs one after the other, and the attempts of each.
  func order(of attempt: Int64) -> Int64 {
    AttemptID.make(
      job: reruns.place(of: AttemptID.job(of: attempt)), ordinal: AttemptID.ordinal(of: attempt))
  }

  /// Whether another job tried at its work before.
  func isRerun(job: Int64) -> Bool { reruns.place(of: job) > 0 }

  /// Jobs that failed and those that ran them again, by the former's id.
  var clientLinks: [(key: Int64, value: ClientReruns.Link)] { reruns.links.sorted { $0.key < $1.key } }

  /// The job that tried last at the work of an attempt.
  func lastJob(of attempt: Int64) -> Int64 { reruns.last(of: AttemptID.job(of: attempt)) }
}
