import Accounting
import ArgumentParser
import Domain
import Store

/// How the cost of an instance, a capacity reservation, a Fargate task or a job is computed, as `ledger explain` prints
/// it.
struct Explanations {
  let texts: [String]
  /// Whether it has only the sums of many.
  let isShort: Bool

  /// - Parameters:
  ///   - subject: the id of an EC2 instance, a capacity reservation or an ECS task, or a Batch job id or its first digits.
  ///   - all: explain each, however many there are, and not only their sums.
  /// - Throws: `ValidationError` if several jobs begin with `subject`.
  init(of subject: String, all: Bool, _ connection: Connection) throws {
    let jobs = try subject.count < 6 ? [] : Ledger.jobs(beginningWith: subject, connection)
    if jobs.count > 1 {
      throw ValidationError("\(subject): several jobs begin with this: \(jobs.joined(separator: ", "))")
    }
    let job = jobs.first ?? subject
    if jobs.isEmpty, let run = try RunSummary(subject, connection) {
      (texts, isShort) = ([run.text], false)
      return
    }
    let names = try Ledger.resources(ofJob: job, connection)
    let explanations =
      try names.isEmpty ? Ledger.explain([subject], connection) : Ledger.explain(names, job: job, connection)
    let currency = try Self.currency(of: names.first ?? subject, connection)
    let summary =
      explanations.count > 1 ? [ExplanationSummary(job: job, explanations: explanations, currency: currency).text] : []
    isShort = explanations.count > ExplanationSummary.few && !all
    guard !isShort else {
      texts = summary
      return
    }
    texts =
      summary
      + explanations.map { explanation in
        switch explanation {
        case .instance(let instance): ExplanationWriter(explanation: instance, currency: currency).text
        case .fargateTask(let task): FargateExplanationWriter(explanation: task, currency: currency).text
        case .trainingJob(let job): TrainingExplanationWriter(explanation: job, currency: currency).text
        case .reservation(let facts): ReservationExplanationWriter(explanation: facts, currency: currency).text
        }
      }
  }

  /// The currency in which a resource is billed.
  private static func currency(of resource: String, _ connection: Connection) throws -> Currency {
    let rows = try connection.prepare(
      "SELECT a.region FROM resource r JOIN account_region a ON a.id = r.account_region WHERE r.name = ?")
    rows.bind(resource)
    defer { rows.reset() }
    return try Currency(ofRegion: rows.step() ? rows.text(0) : "")
  }

  /// What to say if there is none.
  static func nothing(of subject: String) -> String {
    "\(subject): not in the ledger: no such instance, reservation or task, and no attempt of such a job ran on a known one; "
      + "`batchcost query job-cost` lists jobs"
  }
}
