/// Stands in for AWS where nobody is to be asked: counts calls, and answers that there is nothing.
///
/// ```swift
/// let rehearsal = Rehearsal()
/// _ = try await client.rehearsing(rehearsal).send(Batch.describeJobQueues())
/// rehearsal.log[Batch.describeJobQueuesOperation].requests  // 1
/// ```
package struct Rehearsal: Sendable {
  /// What would have been sent; retries cannot be known.
  package let log: CallLog
  private let answers: [Operation: String]

  /// - Parameter answers: what stands in the answers of operations for which an empty one will not do, as JSON.
  package init(log: CallLog = CallLog(), answers: [Operation: String] = [:]) {
    self.log = log
    self.answers = answers
  }

  func answer(_ call: Call, _ region: String) -> Answer {
    log.update(call.operation) { $0.requests += 1 }
    return Answer(
      operation: call.operation, region: region, body: Array((answers[call.operation] ?? "{}").utf8), nextToken: nil,
      requestID: nil)
  }
}
