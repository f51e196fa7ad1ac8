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
  /// - Throws: `ValidationError` if several jobs begin with `subject`, or nothing does; `NowhereKnown` for a job of which no
  ///   host is known.
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
    if explanations.isEmpty {
      if !jobs.isEmpty { throw NowhereKnown(job: job) }
      throw ValidationError(
        "\(subject): no instance, reservation or task, and no job or run, has this name; the query job-cost lists jobs")
    }
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
    let region = try connection.first(
      "SELECT a.region FROM resource r JOIN account_region a ON a.id = r.account_region WHERE r.name = ?", resource,
      of: String.self)
    return Currency(ofRegion: region ?? "")
  }
}

/// A job that was collected, without any instance or task on which it ran.
struct NowhereKnown: Error, CustomStringConvertible {
  let job: String

  var description: String {
    "\(job): the job is known, but no instance or task of it: it has not run, or its hosts were not collected"
  }
}
